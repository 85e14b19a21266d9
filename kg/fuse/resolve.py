"""Who is who across documents: entities of single readings into entities of the whole.

Blocking keys say which profiles are compared, comparators how much speaks for each pair, connected
components which profiles may belong together; inside each component the best pairs are joined
first, and a veto between any two members keeps two clusters apart. A person's judgements come
before all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import reduce
from typing import NamedTuple

from kg.fuse import candidates, features, profiles
from kg.fuse.features import THRESHOLD, Comparison
from kg.fuse.names import name_key
from kg.fuse.profiles import Local, Profile, Traits
from kg.model import Entity, Judgement, PlacedMention, Reading

#: (document key, entity id in that document) -> final entity id.
Naming = dict[Local, str]
#: A pair below the threshold, but not by so much, is told in the log of judgements.
_NEAR = 0.6


class Resolved(NamedTuple):
    """The entities of the whole, their mentions by entity, which entity became which, and every judgement."""

    entities: list[Entity]
    mentions: dict[str, tuple[PlacedMention, ...]]
    naming: Naming
    judgements: tuple[Judgement, ...]


class Compared(NamedTuple):
    """Two profiles, the earlier one first, and what was found."""

    a: Profile
    b: Profile
    found: Comparison


@dataclass(slots=True)
class Cluster:
    """Profiles that are one entity, what is known of them all, and the places of those that people keep apart."""

    members: list[Profile]
    traits: Traits
    apart: set[int]


def resolve(readings: Sequence[Reading], judgements: Sequence[Judgement] = ()) -> Resolved:
    """The entities of all readings. ``judgements`` are a person's, and stand over the rules'.

    Only named entities are merged over documents, and unnamed ones if a person says so; an unnamed one
    is kept if a claim speaks of it. The result depends on the readings' order and the judgements
    alone: an entity has the id of its first mention.
    """
    by_person = [judgement for judgement in judgements if judgement.by == "person"]
    known = profiles.profiles(readings, {ref for judgement in by_person for ref in (judgement.a, judgement.b)})
    compared = [Compared(a, b, features.compare(a, b)) for a, b in candidates.pairs(known)]
    compared.sort(key=lambda each: (each.a.place, each.b.place))
    where = {profiles.reference(placed): p.place for p in known for placed in p.mentions}
    home = clusters(known, compared, settled(by_person, where))
    found = list({id(cluster): cluster for cluster in (home[p.place] for p in known)}.values())
    return _entities(found, _log(compared, home, by_person))


#: Two profiles by their places, and whether a person says that they are one.
Settled = tuple[int, int, bool]


def settled(by_person: Iterable[Judgement], where: Mapping[str, int]) -> list[Settled]:
    """What people say of profiles; ``where`` is the place of each mention's profile. Of several judgements on
    one pair the last one counts."""
    last = {frozenset((j.a, j.b)): j for j in by_person if j.a in where and j.b in where}
    return [(where[j.a], where[j.b], j.same) for j in last.values()]


def clusters(known: Sequence[Profile], compared: Iterable[Compared], said: Sequence[Settled]) -> dict[int, Cluster]:
    """The cluster of each profile, by the profile's place: of all profiles, or of one connected component."""
    home = {profile.place: Cluster([profile], deepcopy(profile.traits), set()) for profile in known}
    here = [(one, other, same) for one, other, same in said if one in home and other in home]
    for one, other, same in here:
        if not same:
            home[one].apart.add(other)
            home[other].apart.add(one)
    for one, other, same in here:
        if same:
            _join(home, one, other)
    likely = [each for each in compared if each.found.score >= THRESHOLD]
    # inside each component the best pair comes first; going through all of them in that order is the same
    for a, b, _ in sorted(likely, key=lambda each: (-each.found.score, each.a.place, each.b.place)):
        first, second = home[a.place], home[b.place]
        if first is not second and not _kept_apart(first, second):
            _join(home, a.place, b.place)
    return home


def _kept_apart(a: Cluster, b: Cluster) -> bool:
    judged = any(p.place in a.apart for p in b.members) or any(p.place in b.apart for p in a.members)
    return judged or features.veto(a.traits, b.traits) is not None


def _join(home: dict[int, Cluster], a: int, b: int) -> None:
    small, large = sorted((home[a], home[b]), key=lambda cluster: len(cluster.members))
    if small is large:
        return
    large.members += small.members
    large.traits.add(small.traits)
    large.apart |= small.apart
    for profile in small.members:
        home[profile.place] = large


def _entities(found: Sequence[Cluster], judgements: tuple[Judgement, ...]) -> Resolved:
    entities: list[Entity] = []
    mentions: dict[str, tuple[PlacedMention, ...]] = {}
    naming: Naming = {}
    idents: set[str] = set()
    for cluster in found:
        members = sorted(cluster.members, key=lambda profile: profile.place)
        ident = _ident(members[0].mentions[0], idents)
        entities.append(replace(one_of(members), id=ident))
        mentions[ident] = tuple(placed for member in members for placed in member.mentions)
        naming.update((local, ident) for member in members for local in member.members)
    return Resolved(entities, mentions, naming, judgements)


def one_of(members: Iterable[Profile]) -> Entity:
    """The one entity that the profiles are, which come in the order of their places."""
    return reduce(_together, (member.entity for member in members))


def _log(
    compared: Iterable[Compared], home: Mapping[int, Cluster], by_person: Sequence[Judgement]
) -> tuple[Judgement, ...]:
    """What the rules made of each pair that was at all alike, beside what a person has said."""
    known = {frozenset((j.a, j.b)) for j in by_person}
    found = (judged(each, same=home[each.a.place] is home[each.b.place]) for each in compared)
    return (*by_person, *(each for each in found if each is not None and frozenset((each.a, each.b)) not in known))


def judged(each: Compared, *, same: bool) -> Judgement | None:
    """What is told of a pair that was found to be the ``same``, or not; ``None`` if it is not worth telling."""
    a, b, found = each
    if found.score < _NEAR and not same and not _alike(a, b):
        return None
    reasons = found.reasons
    if same and found.score < THRESHOLD:
        reasons = (*reasons, "others of the same cluster join them")
    if not same and found.score >= THRESHOLD:
        reasons = (*reasons, "another member of the cluster forbids it")
    return Judgement(a.first, b.first, same, (a.entity.label, b.entity.label), "rule", found.score, reasons)


def _alike(a: Profile, b: Profile) -> bool:
    """Of one name: that they were kept apart deserves a line."""
    return name_key(a.entity.label) == name_key(b.entity.label)


def _ident(first: PlacedMention, idents: set[str]) -> str:
    base = f"entity/{profiles.reference(first)}"
    ident, n = base, 1
    while ident in idents:
        n += 1
        ident = f"{base}-{n}"
    idents.add(ident)
    return ident


def _together(known: Entity, more: Entity) -> Entity:
    """One entity of two: the fuller name as its label, all other forms as aliases."""
    label = max(known.label, more.label, key=lambda name: len(name_key(name).split()))
    forms = dict.fromkeys((known.label, more.label, *known.aliases, *more.aliases))
    forms.pop(label)
    return replace(
        known,
        label=label,
        aliases=tuple(forms),
        named=known.named or more.named,
        country=known.country or more.country,
        gender=known.gender or more.gender,
        identifiers=known.identifiers or more.identifiers,
    )
