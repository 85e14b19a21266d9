"""Who is who across documents, on the workers of Spark: the steps of ``kg.fuse.resolve``, by its own functions.

seen       what a document knows of each of its entities
heads      profiles: what is seen under one key, its first entity's place as its own
blocks     their blocking keys; pairs of one block, by SQL, as ``kg.fuse.candidates`` gives them
compared   each pair, and what is told of it
roots      the clusters inside of each connected component of likely pairs
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.distributed.reading import reading
from kg.fuse import candidates, features, foreground, profiles
from kg.fuse.names import name_key
from kg.fuse.profiles import Profile, Seen
from kg.fuse.resolve import Compared, Settled, clusters, judged, one_of, settled
from kg.model import Entity, Judgement, PlacedMention
from kg.scale import packing, spark
from kg.scale.spark import Cluster

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Row = tuple[Any, ...]

#: Entities that one document can have; its place and theirs together are one number.
_ENTITIES = 1 << 20
_SEEN = "key binary, place long, document string, entity string, judged string, data binary"
_HEADS = "place long, key binary, data binary"
_BLOCKS = "kind string, block binary, place long, name binary, members long, short long"
_COMPARED = "a long, b long, likely long, data binary"
_PARTS = "component long, kind long, data binary"
_ROOTS = "place long, root long"
_ENTITY = "root long, base string, data binary"


class _Head(NamedTuple):
    """A profile without its members: of these, how many there are and the first one's first mention."""

    entity: Entity
    place: int
    posts: tuple[tuple[str, str], ...]
    mention: PlacedMention
    neighbours: dict[str, int]
    members: int


class _Words(NamedTuple):
    """What was found of a pair, and what is told of it if the two are one, or are not."""

    score: float
    apart: Judgement | None
    same: Judgement | None


class Identified(NamedTuple):
    """Who is who, as tables: which entity each document's entity became (document, entity, place, profile, root,
    ident), the entities in the order of their roots (root, ident, data), and what is told of each pair of profiles."""

    naming: DataFrame
    entities: DataFrame
    told: DataFrame
    by_person: tuple[Judgement, ...]


def identify(cluster: Cluster, readings: DataFrame, judgements: Sequence[Judgement]) -> Identified:
    """``kg.fuse.resolve`` of the table of readings, in which each document stands once."""
    by_person = tuple(judgement for judgement in judgements if judgement.by == "person")
    apart = frozenset(ref for judgement in by_person for ref in (judgement.a, judgement.b))
    placed = readings.select("position", "document", "data")
    seen = spark.kept(cluster, "seen", spark.mapped(placed, partial(_seen, apart), _SEEN))
    heads = spark.kept(cluster, "heads", spark.grouped(seen, _heads, _HEADS, by="key", order="place"))
    homes = seen.select("key", "place", "document", "entity", "judged").join(
        heads.selectExpr("key", "place AS profile"), "key"
    )
    said = settled(by_person, _where(homes))
    blocks = spark.kept(cluster, "blocks", spark.mapped(heads, _blocks, _BLOCKS))
    pairs = _with_heads(_pairs(cluster, blocks), heads)
    compared = spark.kept(cluster, "compared", spark.mapped(pairs, _compared, _COMPARED))
    roots = _roots(cluster, heads, compared, said)
    entities = _entities(cluster, heads, roots)
    return Identified(_naming(homes, roots, entities), entities, _told(compared, roots), by_person)


def _where(homes: DataFrame) -> dict[str, int]:
    """The profile of each mention about which a person has judged."""
    found = homes.where("judged <> ''").select("profile", "judged")
    return {ref: place for place, refs in spark.collected(found, "profile") for ref in refs.split()}


# -- pairs, by SQL -------------------------------------------------------------------------

_PAIRS = f"""
WITH alike AS (
    SELECT block, place, members,
        row_number() OVER (PARTITION BY block ORDER BY name, place) AS rank,
        count(*) OVER (PARTITION BY block) AS size
    FROM {{blocks}} WHERE kind = 'alike'),
nearby AS (
    SELECT block, place, explode(sequence(rank + 1,
        least(size, rank + IF(size <= {candidates.FULL}, size, {candidates.WINDOW})))) AS rank
    FROM alike WHERE rank < size),
hubs AS (
    SELECT block, max_by(place, struct(members, -place)) AS hub
    FROM alike WHERE size > {candidates.FULL} GROUP BY block),
longer AS (
    SELECT block, place, row_number() OVER (PARTITION BY block ORDER BY members DESC, place) AS rank
    FROM {{blocks}} WHERE kind = 'short' AND short = 0),
found AS (
    SELECT nearby.place AS a, alike.place AS b FROM nearby JOIN alike USING (block, rank)
    UNION ALL
    SELECT place AS a, hub AS b FROM alike JOIN hubs USING (block)
    UNION ALL
    SELECT short.place AS a, longer.place AS b FROM {{blocks}} AS short JOIN longer USING (block)
    WHERE short.kind = 'short' AND short.short = 1 AND longer.rank <= {candidates.FULL})
SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b FROM found WHERE a <> b
"""


def _pairs(cluster: Cluster, blocks: DataFrame) -> DataFrame:
    """The pairs that ``kg.fuse.candidates.pairs`` gives: (a, b), the places of two profiles."""
    return cluster.spark.sql(_PAIRS, blocks=blocks)


def _with_heads(pairs: DataFrame, heads: DataFrame) -> DataFrame:
    first = heads.selectExpr("place AS a", "data AS first")
    second = heads.selectExpr("place AS b", "data AS second")
    return pairs.join(first, "a").join(second, "b").select("first", "second")


# -- clusters ------------------------------------------------------------------------------


def _roots(cluster: Cluster, heads: DataFrame, compared: DataFrame, said: Sequence[Settled]) -> DataFrame:
    """The first profile of each profile's cluster, where it is another one's: (place, root)."""
    joined = [(one, other) for one, other, same in said if same and one != other]
    likely = compared.where("likely = 1").select("a", "b")
    edges = likely.union(cluster.spark.createDataFrame(joined, "a long, b long"))
    parts = spark.components(cluster, "components", edges)
    members = parts.join(heads, parts.node == heads.place).selectExpr("component", "0L AS kind", "data")
    inside = parts.join(compared.where("likely = 1"), parts.node == compared.a)
    pairs = inside.selectExpr("component", "1L AS kind", "data", "a", "b")
    scored = spark.mapped(pairs, _scored, _PARTS)
    work = partial(_clustered, tuple(said))
    return spark.kept(
        cluster, "roots", spark.grouped(members.union(scored), work, _ROOTS, by="component", order="kind")
    )


def _entities(cluster: Cluster, heads: DataFrame, roots: DataFrame) -> DataFrame:
    """The entities, without their mentions, and their ids: (root, ident, data)."""
    members = heads.join(roots, "place", "left").selectExpr("coalesce(root, place) AS root", "place", "data")
    found = spark.grouped(members, _entity, _ENTITY, by="root", order="place")
    turn = "row_number() OVER (PARTITION BY base ORDER BY root) AS turn"
    numbered = found.selectExpr("root", "base", "data", turn).selectExpr(
        "root", "IF(turn = 1, base, concat(base, '-', turn)) AS ident", "data"
    )
    return spark.kept(cluster, "entities", numbered)


def entity(ident: str, data: bytes) -> Entity:
    """An entity of the table."""
    return replace(packing.unpack(data, Entity), id=ident)


def _naming(homes: DataFrame, roots: DataFrame, entities: DataFrame) -> DataFrame:
    """Which entity each document's entity became, in which profile."""
    rows = homes.join(roots.selectExpr("place AS profile", "root"), "profile", "left")
    rows = rows.selectExpr("document", "entity", "place", "profile", "coalesce(root, profile) AS root")
    return rows.join(entities.select("root", "ident"), "root")


def _told(compared: DataFrame, roots: DataFrame) -> DataFrame:
    """What may be told of each pair, and whether the two came to be one: (a, b, same, data)."""
    first = roots.selectExpr("place AS a", "root AS first")
    second = roots.selectExpr("place AS b", "root AS second")
    rows = compared.join(first, "a", "left").join(second, "b", "left")
    same = "CAST(coalesce(first, a) = coalesce(second, b) AS long) AS same"
    return rows.selectExpr("a", "b", same, "data")


def log(by_person: Collection[Judgement], rows: Iterable[Row]) -> Iterator[Judgement]:
    """What is told of the pairs that were compared, but for those of which a person has judged."""
    known = {frozenset((j.a, j.b)) for j in by_person}
    for _, _, is_same, data in rows:
        told = packing.unpack(data, _Words)
        judgement = told.same if is_same else told.apart
        if judgement is not None and frozenset((judgement.a, judgement.b)) not in known:
            yield judgement


# -- in the processes of the workers -------------------------------------------------------


def _seen(apart: Collection[str], rows: Iterator[Row]) -> Iterator[Row]:
    for position, document, data in rows:
        for number, each in enumerate(profiles.seen(foreground(reading(document, data)), apart)):
            refs = " ".join(ref for ref in map(profiles.reference, each.mentions) if ref in apart)
            packed = packing.pack(each._replace(key=(), mentions=each.mentions[:1]))
            key = repr(each.key).encode("utf-8", "surrogatepass")
            yield key, position * _ENTITIES + number, *each.local, refs, packed


def _heads(rows: Iterator[Row]) -> Iterator[Row]:
    """One profile of all rows of its key."""
    key, place, *_, data = next(rows)
    first = packing.unpack(data, Seen)
    profile = profiles.begun(first.entity, place, first.posts)
    members = 0
    for each in chain([first], (packing.unpack(row[-1], Seen) for row in rows)):
        profiles.add(profile, each)
        profile.members.clear()  # there may be millions of both
        profile.mentions.clear()
        members += 1
    posts = tuple(sorted(profile.posts))
    head = _Head(profile.entity, place, posts, first.mentions[0], dict(profile.neighbours), members)
    yield place, key, packing.pack(head)


def _profile(data: bytes) -> Profile:
    head = packing.unpack(data, _Head)
    profile = profiles.begun(head.entity, head.place, frozenset(head.posts))
    profile.mentions.append(head.mention)
    profile.neighbours.update(head.neighbours)
    return profile


def _blocks(rows: Iterator[Row]) -> Iterator[Row]:
    for place, _, data in rows:
        members, profile = packing.unpack(data, _Head).members, _profile(data)
        name = name_key(profile.entity.label).encode("utf-8", "surrogatepass")
        for kind, keys in (("alike", candidates.block_keys(profile)), ("short", candidates.short_keys(profile))):
            short = int(kind == "short" and candidates.is_short(profile))
            for key in keys:
                yield kind, key.encode("utf-8", "surrogatepass"), place, name, members, short


def _compared(rows: Iterator[Row]) -> Iterator[Row]:
    for first, second in rows:
        a, b = _profile(first), _profile(second)
        each = Compared(a, b, features.compare(a, b))
        told = _Words(each.found.score, judged(each, same=False), judged(each, same=True))
        yield a.place, b.place, int(each.found.score >= features.THRESHOLD), packing.pack(told)


def _scored(rows: Iterator[Row]) -> Iterator[Row]:
    """A likely pair with its score alone, for whoever clusters its component."""
    for component, kind, data, a, b in rows:
        yield component, kind, packing.pack((a, b, packing.unpack(data, _Words).score))


def _clustered(said: Sequence[Settled], rows: Iterator[Row]) -> Iterator[Row]:
    """The clusters of one component: its profiles come first, then its likely pairs."""
    known: dict[int, Profile] = {}
    pairs: list[Compared] = []
    for _, kind, data in rows:
        if kind == 0:
            profile = _profile(data)
            known[profile.place] = profile
        else:
            a, b, score = packing.unpack(data, tuple[int, int, float])
            pairs.append(Compared(known[a], known[b], features.Comparison(score, ())))
    for place, cluster in clusters(list(known.values()), pairs, said).items():
        yield place, min(profile.place for profile in cluster.members)


def _entity(rows: Iterator[Row]) -> Iterator[Row]:
    """The one entity of a cluster, whose profiles come in their order."""
    found = [(root, _profile(data)) for root, _, data in rows]
    root, first = found[0]
    base = f"entity/{first.first}"
    yield root, base, packing.pack(one_of([profile for _, profile in found]))
