"""What an entity is called: label, other names, and what its mentions say of it together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, cast

from kg.annotate.candidates import Candidate
from kg.annotate.chains import Chain, Chains
from kg.model import Entity, is_a

#: Bodies of which a country or place has one, so that its name and the noun name them.
_UNIQUE = frozenset({"GovernmentBody", "Embassy", "Military", "PoliticalParty"})
_NEVER_NAMED = frozenset(
    {"troops", "force", "forces", "official", "soldier", "authority", "authorities", "agency", "agencies"}
)


def entities(chains: Chains, kept: Sequence[Chain], ids: Mapping[int, str]) -> tuple[Entity, ...]:
    """The entities of the chains that are kept, in their order."""
    return tuple(_entity(chains, chain, ids[chain.members[0]]) for chain in kept)


def _entity(chains: Chains, chain: Chain, ident: str) -> Entity:
    members = [chains.found[m] for m in chain.members if chains.found[m].kind != "pronoun"]
    best = _best(chains, chain, members)
    named = any(_is_name(chains, chain, c) for c in members)
    label = _label(chains, best, named)
    forms = [form for c in members for form in _forms(chains, c)]
    aliases = tuple(dict.fromkeys(f for f in forms if f and f != label))
    return Entity(
        ident,
        chain.cls,
        label,
        aliases,
        named=named,
        anonymous=not named and _is_source(chains, chain, members),
        country=_country(chains, chain, members),
        gender=cast("Literal['female', 'male'] | None", next(iter(sorted(chain.genders)), None)),
        plural=chain.cls == "Group" or all(c.number == "plur" for c in members),
        identifiers=_identifiers(chain, members),
    )


def _best(chains: Chains, chain: Chain, members: Sequence[Candidate]) -> Candidate:
    """The mention that gives the label: the fullest name, else the most telling phrase."""
    names = [c for c in members if c.name is not None and not c.adjective] or [c for c in members if c.name is not None]
    if names and chain.cls == "Country":
        return min(
            names,
            key=lambda c: (_is_capital(c), c.entry is not None and c.entry.kind == "demonym", -len(c.key), c.root),
        )
    if names:
        return max(names, key=lambda c: (len(c.key), sum(map(len, c.key)), -c.root))
    unique = [c for c in members if _is_name(chains, chain, c)]
    return max(
        unique or members,
        key=lambda c: (c.tokens[1] - c.tokens[0] > 1, len(c.modifiers) + (c.owner is not None), -c.root),
    )


def _is_capital(c: Candidate) -> bool:
    return c.entry is not None and c.entry.kind in {"capital", "metonym"}


def _is_name(chains: Chains, chain: Chain, c: Candidate) -> bool:
    """Whether a mention is a proper name of a person, body, place, work or product, or says which one
    it is of the bodies of that kind of which a country or place has one: "the Greek embassy in Oslo"."""
    if c.name is not None:
        if chain.cls in {"Group", "Person"} and c.name.entries and c.name.entries[0].kind == "demonym":
            return False
        if chain.cls == "Group" and c.name.label == "NORP":
            return False
        return chain.cls != "Thing" or c.name.label == "PRODUCT" or _is_users(c)
    if chain.cls == "Country" and c.entry is not None:
        return True
    if chain.cls not in _UNIQUE or c.noun in _NEVER_NAMED:
        return False
    if c.number == "plur" and c.noun not in chains.words.phrases.bare_bodies:
        return False
    if c.determiner in {"indef", "quant", "other", "none"}:
        return False
    inside = (chains.found[n] for n in chains.inside(c))
    return any(a.name is not None and a.cls not in {"Person", "Group", "Thing"} for a in inside)


def _is_users(c: Candidate) -> bool:
    return c.entry is not None and c.entry.kind == "user"


def _label(chains: Chains, c: Candidate, named: bool) -> str:
    parse = chains.parse
    if c.name is not None:
        if c.entry is not None and c.cls == "Country" and c.name.entries[0].kind in {"demonym", "capital"}:
            return c.entry.name
        return parse.text_of(*c.head)
    start, end = c.tokens
    if named and parse.tags[start] == "DT" and start < c.root:
        return parse.text_of(start + 1, end - (parse.tags[end - 1] == "POS"))
    return _with_owner(chains, c)


def _with_owner(chains: Chains, c: Candidate) -> str:
    """The phrase, a possessive pronoun in it replaced by its owner: "Jo Song Gil's wife"."""
    parse = chains.parse
    start, end = c.tokens
    if end > start + 1 and parse.tags[end - 1] == "POS":
        end -= 1
    text = parse.text_of(start, end)
    owner = c.owner
    if owner is None or parse.tags[owner] != "PRP$" or owner != start:
        return text
    n = chains.at_root.get(owner)
    if n is None:
        return text
    chain = chains.of(n)
    members = [chains.found[m] for m in chain.members if chains.found[m].kind != "pronoun"]
    if not members or any(m is c for m in members):
        return text
    best = _best(chains, chain, members)
    name = parse.text_of(*best.head) if best.name is not None else parse.text_of(best.tokens[0], best.root + 1)
    return f"{name}{_possessive(name, parse.text)}{text[len(parse.words[owner]) :]}"


def _possessive(name: str, text: str) -> str:
    """The ending that makes a name a possessor, with the apostrophe that the text uses."""
    mark = "’" if "’s" in text else "'"
    return mark if name.endswith("s") else f"{mark}s"


def _forms(chains: Chains, c: Candidate) -> Iterator[str]:
    """The surface forms of a mention: whole, without what follows the head, the name alone."""
    parse = chains.parse
    start, end = c.tokens
    while end > start + 1 and parse.tags[end - 1] == "POS":
        end -= 1
    yield parse.text_of(start, end)
    if c.head[1] < end:
        yield parse.text_of(start, c.head[1])
    yield parse.text_of(*c.head)
    if c.name is not None and not c.name.is_whole:
        yield parse.text_of(c.name.start, c.name.core)  # "Evin" of "the Evin prison"
    if c.name is None and parse.tags[start] in {"DT", "PRP$"} and start < c.root:
        yield parse.text_of(start + 1, end)


def _is_source(chains: Chains, chain: Chain, members: Sequence[Candidate]) -> bool:
    """Whether an unnamed entity is one that news quotes without a name."""
    if chain.cls not in {"Person", "Group"}:
        return False
    parse, lexicon = chains.parse, chains.lexicon
    for c in members:
        if c.modifiers & lexicon.anonymous:
            return True
        person = lexicon.person(parse.lower[c.tokens[0] : c.root + 1])
        verb = parse.heads[c.root]
        speaks = parse.deps[c.root] == "nsubj" and parse.lemmas[verb] in chains.words.verbs.speaking
        if (
            person is not None
            and person.source
            and (speaks or parse.lower[verb] == "to" or parse.lemmas[verb] == "cite")
        ):
            return True
    return False


def _country(chains: Chains, chain: Chain, members: Sequence[Candidate]) -> str | None:
    """The code of the country that the entity is or belongs to: in its words, or by its owner."""
    settled = [c.entry.country for c in members if c.entry is not None and c.entry.kind == "user" and c.entry.country]
    if settled:
        return settled[0]  # the user says so
    if chain.cls == "Thing":
        return None
    own = [c.country for c in members if c.country is not None]
    if own:
        return own[0]
    owners = [chains.of(n) for c in members if c.owner is not None and (n := chains.at_root.get(c.owner)) is not None]
    return next((min(o.countries) for o in owners if o.cls == "Country" and o.countries), None)


def _identifiers(chain: Chain, members: Sequence[Candidate]) -> tuple[tuple[str, str], ...]:
    for c in members:
        if c.entry is not None and not c.entry.weak and c.entry.identifiers and is_a(chain.cls, c.entry.cls):
            return c.entry.identifiers
    return ()
