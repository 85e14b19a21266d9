"""What is known of an entity when it is compared: the same entity of many documents, as one profile.

Entities of different documents that nothing tells apart share a profile, so that a name that
stands in every article is compared once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kg.fuse.names import is_everyones, name_key
from kg.model import DOCUMENT_SOURCE, Entity, PlacedMention, Reading, is_a
from kg.rules import resolving

#: (document key, entity id in that document).
Local = tuple[str, str]

_BROAD = ("Person", "Group", "Organization", "Place", "Work", "Thing")
#: What every other article speaks of says nothing about who is meant.
_COMMON = frozenset({"Country", "NewsOutlet"})
#: As many neighbours of an entity are kept.
_NEIGHBOURS = 200


@dataclass(slots=True)
class Traits:
    """What entities that are one must not contradict; of a cluster, all that its profiles have.

    Every set is empty where nothing is known.
    """

    broad: set[str] = field(default_factory=set)
    country: set[str] = field(default_factory=set)
    gender: set[str] = field(default_factory=set)
    generation: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    registers: dict[str, set[str]] = field(default_factory=dict)

    def add(self, other: Traits) -> None:
        """Take the other's in."""
        for mine, theirs in trait_pairs(self, other):
            mine |= theirs
        for register, idents in other.registers.items():
            self.registers.setdefault(register, set()).update(idents)


def _traits(entity: Entity, posts: frozenset[tuple[str, str]]) -> Traits:
    person = entity.cls == "Person"
    words = set(name_key(entity.label).split())
    return Traits(
        broad={broad_class(entity.cls)},
        country={entity.country} if entity.country else set(),
        gender={entity.gender} if entity.gender else set(),
        generation=words & resolving.load().generations if person else set(),
        offices={whose for _, whose in posts if len(whose) == 3 and whose.isupper()} if person else set(),
        registers={register: {ident} for register, ident in entity.identifiers},
    )


def trait_pairs(a: Traits, b: Traits) -> Iterator[tuple[set[str], set[str]]]:
    """What both have of each trait but the registers, in a fixed order."""
    yield from (
        (a.broad, b.broad),
        (a.country, b.country),
        (a.gender, b.gender),
        (a.generation, b.generation),
        (a.offices, b.offices),
    )


@dataclass(slots=True)
class Profile:
    """Entities of documents that are one for certain, and what the comparators ask about them.

    ``posts`` are (words of the position, country or name whose office it is); ``neighbours`` count, by
    folded name, the named entities that the same documents speak of; ``place`` is the order of first
    appearance.
    """

    entity: Entity
    place: int
    posts: frozenset[tuple[str, str]]
    traits: Traits
    members: list[Local] = field(default_factory=list)
    mentions: list[PlacedMention] = field(default_factory=list)
    neighbours: Counter[str] = field(default_factory=Counter)

    @property
    def first(self) -> str:
        """The first mention: "KEY/BEGIN-END"."""
        return reference(self.mentions[0])


def broad_class(cls: str) -> str:
    """The class at the top, above ``cls``, that two entities must share to be one.

    >>> broad_class("Embassy"), broad_class("City")
    ('Organization', 'Place')
    """
    return next((top for top in _BROAD if is_a(cls, top)), "Thing")


def reference(placed: PlacedMention) -> str:
    """How judgements name a mention: "KEY/BEGIN-END"."""
    begin, end = placed.mention.span
    return f"{placed.document}/{begin}-{end}"


class Seen(NamedTuple):
    """An entity of one document: the key that it shares with those that are it for certain, its
    mentions, the posts that it holds there, and the folded names of what else is named there.
    """

    key: tuple[Any, ...]
    local: Local
    entity: Entity
    posts: frozenset[tuple[str, str]]
    mentions: list[PlacedMention]
    company: list[str]


def profiles(readings: Sequence[Reading], apart: Collection[str] = ()) -> list[Profile]:
    """Every entity of the readings that is named, or that a claim speaks of, in reading order.

    ``apart`` are mentions ("KEY/BEGIN-END") about which a person has judged: their entities share a
    profile with no other, so that the judgement is about them alone.
    """
    found: dict[tuple[object, ...], Profile] = {}
    for reading in readings:
        for each in seen(reading, apart):
            profile = found.get(each.key)
            if profile is None:
                profile = found[each.key] = begun(each.entity, len(found), each.posts)
            add(profile, each)
    return list(found.values())


def seen(reading: Reading, apart: Collection[str] = ()) -> Iterator[Seen]:
    """The entities of one document that get a profile, in their order."""
    mentions = _mentions(reading)
    spoken_of = _spoken_of(reading)
    posts = _posts(reading)
    company = _company(reading)
    for entity in reading.entities:
        placed = mentions.get(entity.id, [])
        if not placed or not (entity.named or entity.id in spoken_of):
            continue
        local = (reading.document.key, entity.id)
        held = posts.get(entity.id, frozenset())
        alone = _is_ambiguous(entity) or any(reference(each) in apart for each in placed)
        yield Seen(local if alone else _same(entity, held), local, entity, held, placed, company)


def begun(entity: Entity, place: int, posts: frozenset[tuple[str, str]]) -> Profile:
    """A profile without members."""
    return Profile(entity, place, posts, _traits(entity, posts))


def add(profile: Profile, each: Seen) -> None:
    """Take an entity of one more document in."""
    profile.members.append(each.local)
    profile.mentions += each.mentions
    if each.entity.named and len(profile.neighbours) < _NEIGHBOURS:
        own = name_key(each.entity.label)
        profile.neighbours.update(name for name in each.company if name != own)


def _is_ambiguous(entity: Entity) -> bool:
    """Whether the name alone does not tell who is meant: a single name of a person, a body that every
    country has, something without a name."""
    if not entity.named:
        return True
    if entity.cls == "Person":
        return len(name_key(entity.label).split()) < 2
    return broad_class(entity.cls) == "Organization" and entity.country is None and is_everyones(entity.label)


def _same(entity: Entity, posts: frozenset[tuple[str, str]]) -> tuple[object, ...]:
    return (
        entity.cls,
        name_key(entity.label),
        entity.country,
        entity.gender,
        entity.identifiers,
        tuple(sorted(posts)),
    )


def _mentions(reading: Reading) -> dict[str, list[PlacedMention]]:
    mentions: dict[str, list[PlacedMention]] = {}
    for mention in reading.mentions:
        mentions.setdefault(mention.entity, []).append(PlacedMention(reading.document.key, mention))
    return mentions


def _spoken_of(reading: Reading) -> set[str]:
    """The entities that a claim of the reading refers to."""
    found = {claim.source for claim in reading.claims if claim.source != DOCUMENT_SOURCE}
    for claim in reading.claims:
        found.update(claim.relayed_by)
        found.update(filler.entity for _, filler in claim.fillers() if filler.entity)
    return found


def _posts(reading: Reading) -> dict[str, frozenset[tuple[str, str]]]:
    """The posts that the document gives each entity."""
    entities = {entity.id: entity for entity in reading.entities}
    found: dict[str, set[tuple[str, str]]] = {}
    for claim in reading.claims:
        if claim.cls != "Tenure" or claim.polarity == "negative" or not claim.position:
            continue
        offices = [entities[f.entity] for f in claim.roles.get("represents", ()) if f.entity in entities]
        whose = next((office.country or name_key(office.label) for office in offices), "")
        for filler in claim.roles.get("agent", ()):
            if filler.entity:
                found.setdefault(filler.entity, set()).add((claim.position.casefold(), whose))
    return {entity: frozenset(posts) for entity, posts in found.items()}


def _company(reading: Reading) -> list[str]:
    """The folded names of whom and what the document names, but for what every article names."""

    def names() -> Iterator[str]:
        for entity in reading.entities:
            if entity.named and entity.cls not in _COMMON:
                yield name_key(entity.label)

    return list(dict.fromkeys(names()))
