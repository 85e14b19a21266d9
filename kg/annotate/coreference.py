"""Which mentions are one entity: sieves from the surest to the least sure."""

from __future__ import annotations

from kg.annotate.mentions import Candidate
from kg.model import Entity, Mention
from kg.syntax import Parse

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})


def resolve(parse: Parse, found: list[Candidate]) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Entities in order of first mention, and every mention that was resolved to one."""
    chains: list[list[tuple[Candidate, str, float]]] = []
    home: dict[int, int] = {}
    for candidate in found:
        at, why, score = _antecedent(parse, candidate, chains, home)
        if at is None:
            if candidate.kind == "pronoun":
                continue
            at, why, score = len(chains), "first mention", 1.0
            chains.append([])
        chains[at].append((candidate, why, score))
        home[candidate.root] = at
    ids = [f"e{n}" for n in range(1, len(chains) + 1)]
    entities = tuple(_entity(parse, ident, [c for c, _, _ in chain]) for ident, chain in zip(ids, chains, strict=True))
    placed = [
        Mention(parse.span(*c.tokens), parse.span(*c.head), ident, c.root, c.tokens, c.kind, why, score)
        for ident, chain in zip(ids, chains, strict=True)
        for c, why, score in chain
    ]
    return entities, tuple(sorted(placed, key=lambda m: (m.span[0], -m.span[1], m.root)))


def _antecedent(
    parse: Parse, c: Candidate, chains: list[list[tuple[Candidate, str, float]]], home: dict[int, int]
) -> tuple[int | None, str, float]:
    if c.kind == "pronoun":
        noun = parse.antecedent_of(c.root)
        if noun is not None:
            return home.get(noun), "relative pronoun", 0.95
        return _person(parse, c, chains), "personal pronoun", 0.6
    if c.name is not None:
        for n, chain in enumerate(chains):
            if any(_same_name(c, other) for other, _, _ in chain):
                return n, "same name", 0.9
    return None, "", 0.0


def _same_name(a: Candidate, b: Candidate) -> bool:
    if a.name is None or b.name is None:
        return False
    if a.name == b.name:
        return True
    words, others = a.name.split(), b.name.split()
    return a.cls == b.cls == "Person" and len(words) == 1 and words[0] in {others[0], others[-1]}


def _person(parse: Parse, c: Candidate, chains: list[list[tuple[Candidate, str, float]]]) -> int | None:
    """The chain of the nearest person before, for "he" and "she"."""
    if parse.lower[c.root] not in _HE | _SHE:
        return None
    recent = [
        (other.root, n)
        for n, chain in enumerate(chains)
        for other, _, _ in chain
        if other.cls == "Person" and c.sentence - other.sentence <= 3
    ]
    return max(recent)[1] if recent else None


def _entity(parse: Parse, ident: str, chain: list[Candidate]) -> Entity:
    names = [c for c in chain if c.name is not None]
    best = max(names or chain, key=lambda c: (len(c.name or ""), -c.root))
    label = best.name or parse.text_of(*best.tokens)
    forms = [x for c in chain if c.kind != "pronoun" for x in (parse.text_of(*c.tokens), c.name or "")]
    aliases = tuple(dict.fromkeys(x for x in forms if x and x != label))
    classes = [c.cls for c in names or chain if c.cls != "Thing"]
    return Entity(ident, classes[0] if classes else "Thing", label, aliases, named=bool(names))


