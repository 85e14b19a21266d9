"""What happened, across documents, on the workers of Spark: the steps of ``kg.fuse``, by its own functions.

named       a document's claims by their final names, its mentions, and the keys that its claims can be merged by
stories     the first document of each story that was printed again
merged      claims that a chain of keys joins come together, in reading order, and are merged as they are locally
settled     each claim with its situation
situations  what a situation's claims say together
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.distributed import identity
from kg.distributed import reading as read
from kg.distributed.identity import Identified
from kg.fuse import corrections as corrected
from kg.fuse import foreground, merge, settling, syndication
from kg.fuse.resolve import Naming
from kg.fuse.sources import Independence
from kg.graph.label import situation_label
from kg.model import (
    DOCUMENT_SOURCE,
    Claim,
    Correction,
    Document,
    Entity,
    Judgement,
    Knowledge,
    Mention,
    PlacedMention,
    Situation,
    Status,
)
from kg.scale import packing, spark
from kg.scale.spark import Cluster

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Row = tuple[Any, ...]

#: Claims that one document can have; its place and theirs together are one number.
_CLAIMS = 1 << 20
#: Kinds of rows of one document.
DOCUMENT, LABEL, MENTIONS, CLAIM, _KEY = range(5)

_NAMED = "document string, kind long, number long, root long, profile long, ident string, data binary"
_BANDS = "position long, document string, band binary"
_REPEATED = "later long, document string, earlier long, first string"
_MERGED = "number long, first long, about string, reasons binary"
_SETTLED = "document string, number long, first long, about string, story string, reasons binary, data binary"
_REFERRED = "document string, first long, ident string"
_LABELS = "ident string, data binary"
_SITUATIONS = "first long, ident string, status string, data binary"


class Kept(NamedTuple):
    """A document, and what is said of its claims that do not stand."""

    document: Document
    rejected: tuple[str, ...]


class Label(NamedTuple):
    """What a node is called, and of an entity whether it has a name, of a situation its status."""

    ident: str
    label: str
    named: bool = False
    status: Status | None = None


class Labelled(NamedTuple):
    """A situation with its label."""

    situation: Situation
    label: str


class _Placed(NamedTuple):
    """A claim by its final name, with the words that merging asks for and the day of its document."""

    claim: Claim
    own: str
    words: str
    day: datetime.date | None


class Fused(NamedTuple):
    """``Knowledge`` as tables, each with the columns that tell its order."""

    identified: Identified
    named: DataFrame
    stories: DataFrame
    settled: DataFrame
    situations: DataFrame


def fused(
    cluster: Cluster, readings: DataFrame, judgements: Sequence[Judgement], corrections: Sequence[Correction]
) -> Fused:
    """``kg.fuse.fuse`` of the table of readings."""
    once = spark.kept(cluster, "once", read.once(readings))
    identified = identity.identify(cluster, once, judgements)
    named = _named_table(cluster, once, identified, corrections)
    stories = _stories(cluster, once)
    merged = _merged_table(cluster, named)
    settled = _settled_table(cluster, named, merged, stories)
    return Fused(identified, named, stories, settled, _situations(cluster, settled, identified))


def knowledge(tables: Fused) -> Knowledge:
    """The same in the memory of the driver, as ``kg.fuse.fuse`` gives it."""
    rows = spark.collected(of_kind(tables.named, DOCUMENT).select("number", "data"), "number")
    documents = [packing.unpack(data, Kept) for _, data in rows]
    rows = spark.collected(tables.identified.entities, "root")
    entities = tuple(identity.entity(ident, data) for _, ident, data in rows)
    mentions: dict[str, list[PlacedMention]] = {entity.id: [] for entity in entities}
    of_mentions = of_kind(tables.named, MENTIONS).select("root", "profile", "number", "document", "ident", "data")
    for *_, document, ident, data in spark.collected(of_mentions, "root", "profile", "number"):
        found = packing.unpack(data, tuple[Mention, ...])
        mentions[ident].extend(PlacedMention(document, mention) for mention in found)
    situations = spark.collected(tables.situations.select("first", "data"), "first")
    claims = spark.collected(tables.settled.select("number", "data"), "number")
    log = spark.collected(tables.identified.told, "a", "b")
    by_person = tables.identified.by_person
    return Knowledge(
        documents=tuple(each.document for each in documents),
        entities=entities,
        mentions={ident: tuple(found) for ident, found in mentions.items()},
        situations=tuple(packing.unpack(data, Labelled).situation for _, data in situations),
        claims=tuple(packing.unpack(data, Claim) for _, data in claims),
        judgements=(*by_person, *identity.log(by_person, log)),
        reprints=dict(spark.collected(tables.stories, "document")),
        rejected={each.document.key: each.rejected for each in documents if each.rejected},
    )


def of_kind(named: DataFrame, kind: int) -> DataFrame:
    return named.where(f"kind = {kind}")


# -- claims by their names -----------------------------------------------------------------


def _named_table(
    cluster: Cluster, once: DataFrame, identified: Identified, corrections: Sequence[Correction]
) -> DataFrame:
    """Of each document itself, its mentions by entity, its claims and their keys."""
    of_documents = once.selectExpr(
        *("key", "-1L AS place", "position", "-1L AS profile", "'' AS ident", "'' AS entity", "document", "data")
    )
    of_entities = identified.naming.selectExpr(
        *("document AS key", "place", "root", "profile", "ident", "entity", "X'' AS document", "X'' AS data")
    )
    rows = of_documents.union(of_entities)
    work = partial(_named, tuple(corrections))
    return spark.kept(cluster, "named", spark.grouped(rows, work, _NAMED, by="key", order="place"))


def _named(corrections: Sequence[Correction], rows: Iterator[Row]) -> Iterator[Row]:
    """Of one document: its own row comes first, then its entities."""
    key, _, position, *_, document, data = next(rows)
    found = foreground(read.reading(document, data))
    naming: Naming = {}
    spoken: dict[str, list[Mention]] = {}
    for mention in found.mentions:
        spoken.setdefault(mention.entity, []).append(mention)
    for _, place, root, profile, ident, entity, *_ in rows:
        naming[key, entity] = ident
        yield key, MENTIONS, place, root, profile, ident, packing.pack(spoken[entity])
    named = settling.named(found, naming)
    own = {each.claim.id: each.own for each in named}
    claims, rejected = corrected.apply((each.claim for each in named), corrections)
    whole = found.document
    yield key, DOCUMENT, position, 0, 0, "", packing.pack(Kept(whole, rejected.get(key, ())))
    for n, claim in enumerate(claims):
        placed = _Placed(claim, own[claim.id], merge.around(claim, whole.text), whole.date)
        yield key, CLAIM, position * _CLAIMS + n, 0, 0, claim.id, packing.pack(placed)
    for n, block in merge.blocks(claims):
        digest = hashlib.blake2b(block.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        yield key, _KEY, position * _CLAIMS + n, 0, 0, "", digest


# -- reprints ------------------------------------------------------------------------------


def _stories(cluster: Cluster, once: DataFrame) -> DataFrame:
    """The first document of each story that others tell again: (document, story). The driver follows them back to the
    first, of which it holds nothing but the keys."""
    texts = once.select("position", "document")
    bands = spark.kept(cluster, "bands", spark.mapped(texts, _bands, _BANDS))
    later = bands.selectExpr("position AS later", "band")
    earlier = bands.selectExpr("position AS earlier", "band")
    pairs = later.join(earlier, "band").where("earlier < later").select("later", "earlier").distinct()
    whole = pairs.join(texts.selectExpr("position AS later", "document AS text"), "later")
    whole = whole.join(texts.selectExpr("position AS earlier", "document AS before"), "earlier")
    repeated = spark.mapped(whole.select("later", "text", "earlier", "before"), _repeated, _REPEATED)
    told = repeated.selectExpr("later", "document", "struct(earlier, first) AS told")
    first = told.groupBy("later", "document").agg({"told": "min"}).toDF("later", "document", "told")
    rows = spark.collected(first.selectExpr("later", "document", "told.first"), "later")
    stories = syndication.first_told((document, earlier) for _, document, earlier in rows)
    packed = ((key, story.encode()) for key, story in stories.items())
    return spark.written(cluster, "stories", packed, _LABELS).selectExpr(
        "ident AS document", "CAST(data AS string) AS story"
    )


def _bands(rows: Iterator[Row]) -> Iterator[Row]:
    for position, data in rows:
        document = packing.unpack_document(data)
        for band in syndication.bands(document):
            yield position, document.key, band


def _repeated(rows: Iterator[Row]) -> Iterator[Row]:
    for later, text, earlier, before in rows:
        one, other = packing.unpack_document(text), packing.unpack_document(before)
        if syndication.repeats(one, other):
            yield later, one.key, earlier, other.key


# -- situations ----------------------------------------------------------------------------


def _merged_table(cluster: Cluster, named: DataFrame) -> DataFrame:
    """The situation of each claim, by its first claim's number and by its id; the first claim has the reasons."""
    keys = of_kind(named, _KEY).select("number", "data")
    first = keys.groupBy("data").agg({"number": "min"}).toDF("data", "b")
    edges = keys.join(first, "data").where("number <> b").selectExpr("number AS a", "b").distinct()
    parts = spark.components(cluster, "claim-parts", edges)
    claims = of_kind(named, CLAIM).select("number", "data")
    rows = claims.join(parts.withColumnRenamed("node", "number"), "number", "left")
    rows = rows.selectExpr("coalesce(component, number) AS component", "number", "data")
    return spark.kept(cluster, "merged", spark.grouped(rows, _merged, _MERGED, by="component", order="number"))


def _merged(rows: Iterator[Row]) -> Iterator[Row]:
    """The claims of one part, in reading order, as ``merge.cluster`` puts them together."""
    numbers: dict[str, int] = {}
    found: dict[str, _Placed] = {}
    for _, number, data in rows:
        placed = packing.unpack(data, _Placed)
        found[placed.claim.id] = placed
        numbers[placed.claim.id] = number
    clusters = merge.cluster(
        [each.claim for each in found.values()],
        lambda claim: merge.as_text(claim, found[claim.id].words),
        lambda claim: found[claim.id].day,
    )
    for each in clusters:
        about = settling.situation_id(each.claims[0])
        first = numbers[each.claims[0].id]
        for n, claim in enumerate(each.claims):
            yield numbers[claim.id], first, about, b"" if n else packing.pack(each.reasons)


def _settled_table(cluster: Cluster, named: DataFrame, merged: DataFrame, stories: DataFrame) -> DataFrame:
    claims = of_kind(named, CLAIM).select("document", "number", "data").join(merged, "number")
    rows = claims.join(stories, "document", "left")
    rows = rows.selectExpr(
        "document", "number", "first", "about", "coalesce(story, document) AS story", "reasons", "data"
    )
    return spark.kept(cluster, "settled", spark.grouped(rows, _settled, _SETTLED, by="document", order="number"))


def _settled(rows: Iterator[Row]) -> Iterator[Row]:
    """The claims of one document, each with its situation."""
    found = [(row, packing.unpack(row[-1], _Placed)) for row in rows]
    others = {placed.own: about for (_, _, _, about, *_), placed in found}
    for (document, number, first, about, story, reasons, _), placed in found:
        claim = settling.settled(placed.claim, about, others)
        yield document, number, first, about, story, reasons, packing.pack(claim)


def _situations(cluster: Cluster, settled: DataFrame, identified: Identified) -> DataFrame:
    """What the claims of each situation say together; their entities' names come before them."""
    asked = referred(settled).select("first", "ident").distinct()
    names = labels(identified).join(asked, "ident")
    of_names = names.selectExpr("first", "-1L AS number", "'' AS document", "'' AS story", "X'' AS reasons", "data")
    rows = of_names.union(settled.select("first", "number", "document", "story", "reasons", "data"))
    found = spark.grouped(rows, _situation, _SITUATIONS, by="first", order="number")
    return spark.kept(cluster, "situations", found)


def labels(identified: Identified) -> DataFrame:
    """What each entity is called: (ident, data)."""
    return spark.mapped(identified.entities, _labels, _LABELS)


def _labels(rows: Iterator[Row]) -> Iterator[Row]:
    for _, ident, data in rows:
        entity = packing.unpack(data, Entity)
        yield ident, packing.pack(Label(ident, entity.label, entity.named))


def referred(settled: DataFrame) -> DataFrame:
    """What each claim refers to: (document, first, ident)."""
    return spark.mapped(settled.select("document", "first", "data"), _referred, _REFERRED)


def _referred(rows: Iterator[Row]) -> Iterator[Row]:
    for document, first, data in rows:
        for ident in dict.fromkeys(_nodes(packing.unpack(data, Claim))):
            yield document, first, ident


def _nodes(claim: Claim) -> Iterator[str]:
    """Every node but its document and its situation that a settled claim refers to."""
    if claim.source != DOCUMENT_SOURCE:
        yield claim.source
    yield from claim.relayed_by
    for _, filler in claim.fillers():
        yield filler.entity or filler.situation or ""


def _situation(rows: Iterator[Row]) -> Iterator[Row]:
    """One situation: the names come first, then its claims in their order."""
    names: dict[str, Label] = {}
    claims: list[Claim] = []
    stories: dict[str, str] = {}
    reasons: list[str] = []
    first = -1
    for own, number, document, story, why, data in rows:
        first = own
        if number < 0:
            label = packing.unpack(data, Label)
            names[label.ident] = label
            continue
        claims.append(packing.unpack(data, Claim))
        stories[document] = story
        reasons += packing.unpack(why, list[str]) if why else []
    made = settling.situation(claims, reasons, Independence(stub_entities(names.values()), stories))
    label_of = situation_label(made, {ident: each.label for ident, each in names.items()})
    yield first, made.id, made.status, packing.pack(Labelled(made, label_of))


def stub_entities(found: Iterable[Label]) -> tuple[Entity, ...]:
    """Entities of which only the name is known."""
    return tuple(Entity(each.ident, "", each.label, named=each.named) for each in found)
