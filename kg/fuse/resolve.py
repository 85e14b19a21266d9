"""Who is who across documents: entities of single readings into entities of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.fuse.features import THRESHOLD, block_keys, compare, name_key
from kg.model import Entity, PlacedMention, Reading

#: (document key, entity id in that document) -> final entity id.
Naming = dict[tuple[str, str], str]


@dataclass(slots=True)
class _Cluster:
    ident: str
    entity: Entity
    mentions: list[PlacedMention] = field(default_factory=list)


def resolve(readings: Sequence[Reading]) -> tuple[list[Entity], dict[str, tuple[PlacedMention, ...]], Naming]:
    """The entities of all readings, their mentions by entity, and which entity became which.

    Only named entities are merged over documents. An unnamed one is kept if a claim speaks
    of it. The result depends on the readings' order alone: an entity has the id of its first
    mention.
    """
    clusters: list[_Cluster] = []
    by_key: dict[str, list[_Cluster]] = {}
    naming: Naming = {}
    idents: set[str] = set()
    for reading in readings:
        key = reading.document.key
        spoken_of = _spoken_of(reading)
        mentions: dict[str, list[PlacedMention]] = {}
        for mention in reading.mentions:
            mentions.setdefault(mention.entity, []).append(PlacedMention(key, mention))
        for entity in reading.entities:
            placed = mentions.get(entity.id, [])
            if not placed or not (entity.named or entity.id in spoken_of):
                continue
            cluster = _match(entity, by_key) if entity.named else None
            if cluster is None:
                cluster = _Cluster(_ident(placed[0], idents), entity)
                clusters.append(cluster)
            else:
                cluster.entity = _together(cluster.entity, entity)
            cluster.mentions += placed
            naming[key, entity.id] = cluster.ident
            if entity.named:
                for block in block_keys(entity):
                    others = by_key.setdefault(block, [])
                    if cluster not in others:
                        others.append(cluster)
    entities = [replace(c.entity, id=c.ident) for c in clusters]
    return entities, {c.ident: tuple(c.mentions) for c in clusters}, naming


def _spoken_of(reading: Reading) -> set[str]:
    """The entities that a claim of the reading refers to."""
    found = {claim.source for claim in reading.claims}
    for claim in reading.claims:
        found.update(claim.relayed_by)
        found.update(filler.entity for _, filler in claim.fillers() if filler.entity)
    return found


def _ident(first: PlacedMention, idents: set[str]) -> str:
    begin, end = first.mention.span
    base = f"entity/{first.document}/{begin}-{end}"
    ident, n = base, 1
    while ident in idents:
        n += 1
        ident = f"{base}-{n}"
    idents.add(ident)
    return ident


def _match(entity: Entity, by_key: dict[str, list[_Cluster]]) -> _Cluster | None:
    """The cluster that the entity belongs to: the best one above the threshold, the oldest of equals."""
    best: tuple[float, _Cluster] | None = None
    for key in block_keys(entity):
        for cluster in by_key.get(key, ()):
            score = compare(entity, cluster.entity).score
            if score >= THRESHOLD and (best is None or score > best[0]):
                best = score, cluster
    return None if best is None else best[1]


def _together(known: Entity, more: Entity) -> Entity:
    """One entity of two: the fuller name as its label, all other forms as aliases."""
    label = max(known.label, more.label, key=lambda name: len(name_key(name).split()))
    forms = dict.fromkeys((known.label, more.label, *known.aliases, *more.aliases))
    forms.pop(label)
    return replace(
        known,
        label=label,
        aliases=tuple(forms),
        country=known.country or more.country,
        gender=known.gender or more.gender,
        identifiers=known.identifiers or more.identifiers,
    )
