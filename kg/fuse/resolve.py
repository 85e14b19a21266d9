"""Who is who across documents: entities of single readings into entities of the whole.

Blocking keys say which profiles are compared, comparators how much speaks for each pair, connected
components which profiles may belong together; inside each component the best pairs are joined
first, and a veto between any two members keeps two clusters apart. A person's judgements come
before all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
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


class _Compared(NamedTuple):
    a: Profile
    b: Profile
    found: Comparison


@dataclass(slots=True)
class _Cluster:
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
    compared = [_Compared(a, b, features.compare(a, b)) for a, b in candidates.pairs(known)]
    home = _clusters(known, compared, by_person)
    clusters = list({id(cluster): cluster for cluster in (home[p.place] for p in known)}.values())
    return _entities(clusters, _log(compared, home, by_person))


def _clusters(
    known: Sequence[Profile], compared: Iterable[_Compared], by_person: Sequence[Judgement]
) -> dict[int, _Cluster]:
    """The cluster of each profile, by the profile's place."""
    home = {profile.place: _Cluster([profile], deepcopy(profile.traits), set()) for profile in known}
    where = {profiles.reference(placed): p.place for p in known for placed in p.mentions}
    # of several judgements on one pair the last one counts
    last = {frozenset((j.a, j.b)): j for j in by_person if j.a in where and j.b in where}
    for judgement in last.values():
        if not judgement.same:
            one, other = where[judgement.a], where[judgement.b]
            home[one].apart.add(other)
            home[other].apart.add(one)
    for judgement in last.values():
        if judgement.same:
            _join(home, where[judgement.a], where[judgement.b])
    likely = [each for each in compared if each.found.score >= THRESHOLD]
    # inside each component the best pair comes first; going through all of them in that order is the same
    for a, b, _ in sorted(likely, key=lambda each: (-each.found.score, each.a.place, each.b.place)):
        first, second = home[a.place], home[b.place]
        if first is not second and not _kept_apart(first, second):
            _join(home, a.place, b.place)
    return home


def _kept_apart(a: _Cluster, b: _Cluster) -> bool:
    judged = any(p.place in a.apart for p in b.members) or any(p.place in b.apart for p in a.members)
    return judged or features.veto(a.traits, b.traits) is not None


def _join(home: dict[int, _Cluster], a: int, b: int) -> None:
    small, large = sorted((home[a], home[b]), key=lambda cluster: len(cluster.members))
    if small is large:
        return
    large.members += small.members
    large.traits.add(small.traits)
    large.apart |= small.apart
    for profile in small.members:
        home[profile.place] = large


def _entities(clusters: Sequence[_Cluster], judgements: tuple[Judgement, ...]) -> Resolved:
    entities: list[Entity] = []
    mentions: dict[str, tuple[PlacedMention, ...]] = {}
    naming: Naming = {}
    idents: set[str] = set()
    for cluster in clusters:
        members = sorted(cluster.members, key=lambda profile: profile.place)
        ident = _ident(members[0].mentions[0], idents)
        entity = members[0].entity
        for member in members[1:]:
            entity = _together(entity, member.entity)
        entities.append(replace(entity, id=ident))
        mentions[ident] = tuple(placed for member in members for placed in member.mentions)
        naming.update((local, ident) for member in members for local in member.members)
    return Resolved(entities, mentions, naming, judgements)


def _log(
    compared: Iterable[_Compared], home: dict[int, _Cluster], by_person: Sequence[Judgement]
) -> tuple[Judgement, ...]:
    """What the rules made of each pair that was at all alike, beside what a person has said."""
    settled = {frozenset((j.a, j.b)) for j in by_person}
    out = list(by_person)
    for a, b, found in compared:
        same = home[a.place] is home[b.place]
        if frozenset((a.first, b.first)) in settled or (found.score < _NEAR and not same and not _alike(a, b)):
            continue
        reasons = found.reasons
        if same and found.score < THRESHOLD:
            reasons = (*reasons, "others of the same cluster join them")
        if not same and found.score >= THRESHOLD:
            reasons = (*reasons, "another member of the cluster forbids it")
        names = (a.entity.label, b.entity.label)
        out.append(Judgement(a.first, b.first, same, names, "rule", found.score, reasons))
    return tuple(out)


def _alike(a: Profile, b: Profile) -> bool:
    """Of one name: that they were kept apart deserves a line."""
    return name_key(a.entity.label) == name_key(b.entity.label)


def _ident(first: PlacedMention, idents: set[str]) -> str:
    begin, end = first.mention.span
    base = f"entity/{first.document}/{begin}-{end}"
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
