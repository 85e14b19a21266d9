"""Mentions in chains: the joins that were made, why, and what keeps two chains apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.annotate import matching
from kg.annotate.candidates import Candidate, Resources
from kg.annotate.classes import broad
from kg.annotate.genders import COLLECTIVE, REFLEXIVES
from kg.model import is_a
from kg.syntax import Parse

_CO_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "attr", "oprd"})


#: From this score on a link holds wherever its mentions stand: one name twice in a clause.
_SURE = 0.95


class Link(NamedTuple):
    """A judgement that two mentions are of one entity: by their indices, with reason and score."""

    mention: int
    antecedent: int
    reason: str
    score: float


@dataclass(slots=True)
class Chain:
    """The mentions that are one entity so far, and what they say together."""

    members: list[int]
    cls: str
    keys: list[tuple[str, ...]] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    kinds: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    nominal: bool = True


class Chains:
    """All chains of one text. At first each mention is one of its own."""

    def __init__(self, parse: Parse, found: Sequence[Candidate], resources: Resources) -> None:
        self.parse = parse
        self.found = found
        self.lexicon = resources.lexicon
        self.gazetteer = resources.gazetteer
        self.words = resources.nominals
        self.at_root = {c.root: n for n, c in enumerate(found)}
        self._home = list(range(len(found)))
        self._chains = {n: _chain_of(n, c) for n, c in enumerate(found)}
        self.links: dict[int, Link] = {}
        self._apart = _pairs_apart(parse, found, self.at_root)

    # ------------------------------------------------------------------ asking
    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Chain]:
        """The chains in order of their first mentions."""
        return iter(sorted(self._chains.values(), key=lambda c: c.members[0]))

    def of(self, mention: int) -> Chain:
        """The chain that a mention is in."""
        return self._chains[self._home[mention]]

    def are_one(self, a: int, b: int) -> bool:
        """Whether two mentions are in one chain."""
        return self._home[a] == self._home[b]

    def conflict(self, a: int, b: int, vetoes: Sequence[Veto] | None = None) -> str | None:
        """Why the chains of two mentions cannot be one, ``None`` if nothing speaks against it."""
        one, other = self.of(a), self.of(b)
        for veto in VETOES if vetoes is None else vetoes:
            reason = veto(self, one, other)
            if reason is not None:
                return reason
        return None

    def inside(self, c: Candidate) -> Iterator[int]:
        """The mentions directly before a mention's head or behind "of" and "in": "the Oslo police"."""
        parse = self.parse
        own = [k for k in parse.children[c.root] if parse.deps[k] in {"amod", "compound", "nmod", "poss"}]
        if c.owner is not None and c.owner not in own:
            own.append(c.owner)
        behind = [c.root]
        for i in behind:
            after = [k for p in parse.children[i] if parse.lower[p] in {"of", "in"} for k in parse.children[p]]
            behind += [k for k in after if parse.pos[k] == "NOUN"]
            own += after
        yield from (n for k in own if (n := self.at_root.get(k)) is not None)

    def are_apart(self, one: Chain, other: Chain) -> bool:
        """Whether the text has mentions of both side by side, or one inside the other."""
        few, many = sorted((one, other), key=lambda c: len(c.members))
        rest = set(many.members)
        return any(not rest.isdisjoint(self._apart.get(m, ())) for m in few.members)

    # ------------------------------------------------------------------ joining
    def join(self, link: Link) -> bool:
        """Put the two chains together unless something speaks against it; whether it was done."""
        if self.are_one(link.mention, link.antecedent):
            return True
        vetoes = VETOES if link.score < _SURE else VETOES[1:]
        if self.conflict(link.mention, link.antecedent, vetoes) is not None:
            return False
        keep, gone = sorted((self._home[link.mention], self._home[link.antecedent]))
        kept, lost = self._chains[keep], self._chains.pop(gone)
        kept.cls = self._class_of(kept, lost)
        for member in lost.members:
            self._home[member] = keep
        kept.members = sorted(kept.members + lost.members)
        kept.keys += [k for k in lost.keys if k not in kept.keys]
        kept.roles |= lost.roles
        kept.genders |= lost.genders
        kept.countries |= lost.countries
        for noun, sorts in lost.kinds.items():
            kept.kinds.setdefault(noun, []).extend(sorts)
        kept.nominal = kept.nominal and lost.nominal
        self.links.setdefault(link.mention, link)
        return True

    def _class_of(self, one: Chain, other: Chain) -> str:
        """The class of two chains together: a name's before a noun's, the narrower one."""
        if one.cls == "Thing" or (one.nominal and not other.nominal and other.cls != "Thing"):
            return other.cls
        if other.cls == "Thing" or (other.nominal and not one.nominal):
            return one.cls
        return other.cls if one.cls == broad(other.cls) else one.cls


def _chain_of(n: int, c: Candidate) -> Chain:
    chain = Chain([n], c.cls, roles=set(c.roles), nominal=c.name is None)
    if c.key:
        chain.keys.append(c.key)
    if c.gender:
        chain.genders.add(c.gender)
    if c.country and c.kind != "pronoun":
        chain.countries.add(c.country)
    if is_a(c.cls, "Organization"):
        noun = matching.head_of(c.key) if c.name is not None else c.noun
        sort = frozenset(c.key[:-1]) if c.name is not None and c.key[-1] == noun else c.qualities
        if sort:
            chain.kinds[noun] = [sort]
    return chain


# ---------------------------------------------------------------------- side by side
def _pairs_apart(parse: Parse, found: Sequence[Candidate], at_root: dict[int, int]) -> dict[int, set[int]]:
    """For each mention those that cannot be the same for where they stand."""
    apart: dict[int, set[int]] = {}

    def keep(a: int, b: int) -> None:
        apart.setdefault(a, set()).add(b)
        apart.setdefault(b, set()).add(a)

    open_: list[int] = []
    for n, c in enumerate(found):
        open_ = [m for m in open_ if found[m].tokens[1] > c.tokens[0]]
        for m in open_:
            outer = found[m]
            if outer.tokens[0] <= c.root < outer.tokens[1] and not _may_nest(parse, outer, c):
                keep(m, n)
        open_.append(n)
        for k in _beside(parse, c):
            other = at_root.get(k)
            if other is not None and other != n:
                keep(other, n)
    return apart


def _may_nest(parse: Parse, outer: Candidate, inner: Candidate) -> bool:
    """Whether the inner phrase can be the same as the outer: an apposition, "the Greek government"."""
    if outer.cls == inner.cls == "Country" and outer.country == inner.country:
        return True
    return parse.deps[inner.root] == "appos" and parse.heads[inner.root] == outer.root


def _beside(parse: Parse, c: Candidate) -> Iterator[int]:
    """The heads of phrases that stand beside a mention as other participants of the same verb,
    or coordinated with it."""
    i = c.root
    if parse.deps[i] == "conj" or any(parse.deps[k] == "conj" for k in parse.children[i]):
        yield from (k for k in parse.conjuncts(i) if k != i)
    head = parse.heads[i]
    if parse.lower[i] in REFLEXIVES or head == i:
        return
    if (
        parse.deps[i] in _CO_ARGUMENTS
        and parse.pos[head] in {"VERB", "AUX"}
        and parse.lemmas[head] not in {"be", "become"}
    ):
        yield from (
            k
            for k in parse.children[head]
            if k != i and parse.deps[k] in _CO_ARGUMENTS - {"attr", "oprd"} and parse.lower[k] not in REFLEXIVES
        )
        for prep in parse.children[head]:
            if parse.deps[prep] in {"prep", "agent", "dative"}:
                yield from (
                    k for k in parse.children[prep] if parse.deps[k] == "pobj" and parse.lower[k] not in REFLEXIVES
                )


# ---------------------------------------------------------------------- vetoes
def _places_of_standing(chains: Chains, one: Chain, other: Chain) -> str | None:
    return "stand side by side" if chains.are_apart(one, other) else None


def _genders(chains: Chains, one: Chain, other: Chain) -> str | None:
    both = one.genders | other.genders
    return "male and female" if len(both) > 1 else None


def _classes(chains: Chains, one: Chain, other: Chain) -> str | None:
    a, b = broad(one.cls), broad(other.cls)
    if a == b or "Thing" in (a, b):
        return None
    if {a, b} in _LOOSE and (one.nominal or other.nominal):
        return None
    return f"{one.cls} and {other.cls}"


#: Broad classes that a noun and a name of one entity may differ in.
_LOOSE: tuple[set[str], ...] = ({"Group", "Organization"}, {"Place", "Organization"}, {"Work", "Organization"})


def _given_names(chains: Chains, one: Chain, other: Chain) -> str | None:
    if "Person" not in (one.cls, other.cls):
        return None
    full = [k for k in one.keys if len(k) > 1], [k for k in other.keys if len(k) > 1]
    if any(not matching.may_be_one_person(a, b) for a in full[0] for b in full[1]):
        return "other given name"
    return None


def _countries(chains: Chains, one: Chain, other: Chain) -> str | None:
    if not one.countries or not other.countries or one.countries & other.countries:
        return None
    if one.cls in {"Person", "City", "Region", "Place", "Facility"} and not (one.nominal or other.nominal):
        return None
    return "other country"


def _kinds(chains: Chains, one: Chain, other: Chain) -> str | None:
    """ "the appeals court" and "the Supreme Court": one noun, other qualities."""
    if is_a(one.cls, "Organization") and is_a(other.cls, "Organization"):
        for noun, sorts in one.kinds.items():
            if any(a.isdisjoint(b) for a in sorts for b in other.kinds.get(noun, ())):
                return "of another kind"
    return None


def _number(chains: Chains, one: Chain, other: Chain) -> str | None:
    a, b = _number_of(chains, one), _number_of(chains, other)
    if a and b and a != b and not {one.cls, other.cls} & COLLECTIVE:
        return "one and several"
    return None


def _number_of(chains: Chains, chain: Chain) -> str | None:
    return next((n for m in chain.members if (n := chains.found[m].number) is not None), None)


Veto = Callable[[Chains, Chain, Chain], "str | None"]
#: The first one asks where mentions stand, the others who they are.
VETOES: tuple[Veto, ...] = (
    _places_of_standing,
    _genders,
    _classes,
    _given_names,
    _countries,
    _kinds,
    _number,
)
