"""What was merged as N-Quads and Parquet, in parts, by the workers of Spark: nobody holds the graph.

A worker makes the graph of one document, entity or situation, with nothing but names of what is around it, and says of
it what a local build says, by the same functions.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.distributed import identity, merging
from kg.distributed.merging import Fused, Kept, Label, Labelled
from kg.errors import OutputError
from kg.fuse import records
from kg.graph import build
from kg.graph.build import document_id
from kg.model import Claim, Document, Entity, Judgement, Knowledge, Mention, PlacedMention, Situation
from kg.publish import quads, statements, tables
from kg.publish.formats import Options
from kg.publish.summary import STATUSES, Summary
from kg.scale import packing, spark
from kg.scale.spark import Cluster

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Row = tuple[Any, ...]

_TYPES = {str: "string", int: "long", float: "double", datetime.date: "date"}
_LINE = "value string"
_CLAIMS = ", ".join(f"`{name}` {_TYPES[kind]}" for name, kind in tables.COLUMNS.items())
#: The folder of each format, and that of what is told of who is who.
FOLDERS = {"nq": "graph.nq", "parquet": "claims.parquet"}
_LOG = "judgements.jsonl"


def check(cluster: Cluster, place: str, formats: Iterable[str]) -> None:
    """Raise ``OutputError`` if something is at one of the places already: half of it would be old."""
    for name in (*(FOLDERS[each] for each in formats), _LOG):
        if spark.exists(cluster, f"{place.rstrip('/')}/{name}"):
            raise OutputError(f"{place}: there is a {name} already; take it away, or name another place.")


def write(cluster: Cluster, fused: Fused, place: str, formats: Iterable[str], options: Options) -> list[str]:
    """Write the formats and the log of who is who; the folders, each with a ``_SUCCESS`` once it is whole."""
    place = place.rstrip("/")
    documents = spark.kept(cluster, "documents", _documents(fused))
    written = []
    for name in formats:
        written.append(f"{place}/{FOLDERS[name]}")
        if name == "nq":
            _lines(fused, documents, options).write.text(written[-1])
        else:
            rows = spark.grouped(documents, _claims, _CLAIMS, by="document", order="kind number")
            rows.write.option("compression", "zstd").parquet(written[-1])
    written.append(f"{place}/{_LOG}")
    _log(cluster, fused).write.text(written[-1])
    return written


def summary(fused: Fused) -> Summary:
    """What ``kg.publish.summary`` says of the graph."""
    found = {row[0]: row[1] for row in fused.situations.groupBy("status").count().collect()}
    disputed = fused.situations.where("status = 'Disputed'").select("first", "data")
    rows = [
        ("documents", merging.of_kind(fused.named, merging.DOCUMENT).count()),
        ("entities", fused.identified.entities.count()),
        ("claims", fused.settled.count()),
        ("situations", sum(found.values())),
        *((f"  {status}", found.get(status, 0)) for status in STATUSES),
    ]
    return Summary(rows, [packing.unpack(data, Labelled).label for _, data in spark.collected(disputed, "first")])


def _knowledge(
    *,
    documents: Iterable[Document] = (),
    entities: Iterable[Entity] = (),
    mentions: Mapping[str, Sequence[PlacedMention]] | None = None,
    situations: Iterable[Situation] = (),
    claims: Iterable[Claim] = (),
    reprints: Mapping[str, str] | None = None,
    rejected: Mapping[str, tuple[str, ...]] | None = None,
) -> Knowledge:
    return Knowledge(
        tuple(documents),
        tuple(entities),
        {ident: tuple(found) for ident, found in (mentions or {}).items()},
        tuple(situations),
        tuple(claims),
        reprints=dict(reprints or {}),
        rejected=dict(rejected or {}),
    )


# -- statements ----------------------------------------------------------------------------


def _lines(fused: Fused, documents: DataFrame, options: Options) -> DataFrame:
    entities = spark.mapped(fused.identified.entities, partial(_entity_lines, options), _LINE)
    situations = spark.mapped(fused.situations.select("data"), partial(_situation_lines, options), _LINE)
    work = partial(_document_lines, options)
    of_documents = spark.grouped(documents, work, _LINE, by="document", order="kind number")
    return entities.union(situations).union(of_documents)


def _said(graph: nx.MultiDiGraph, node: str, options: Options) -> Iterator[tuple[str]]:
    said = statements.statements(
        graph, base=options.base, text=options.text, classes=options.classes, only=frozenset([node])
    )
    for block in quads.nquads(said, base=options.base):
        yield from ((line,) for line in block.split("\n") if line)


def _entity_lines(options: Options, rows: Iterator[Row]) -> Iterator[tuple[str]]:
    for _, ident, data in rows:
        yield from _said(build(_knowledge(entities=[identity.entity(ident, data)])), ident, options)


def _situation_lines(options: Options, rows: Iterator[Row]) -> Iterator[tuple[str]]:
    for (data,) in rows:
        situation, label = packing.unpack(data, Labelled)
        around = dict.fromkeys(filler for fillers in situation.roles.values() for filler in fillers)
        entities = merging.stub_entities(Label(ident, "") for ident in around)
        graph = build(_knowledge(entities=entities, situations=[situation]))
        graph.nodes[situation.id]["label"] = label
        yield from _said(graph, situation.id, options)


def _document_lines(options: Options, rows: Iterator[Row]) -> Iterator[tuple[str]]:
    key, graph = _document(rows)
    yield from _said(graph, document_id(key), options)


def _claims(rows: Iterator[Row]) -> Iterator[Row]:
    _, graph = _document(rows)
    for row in tables.typed(graph):
        yield tuple(row.values())


# -- one document --------------------------------------------------------------------------


def _documents(fused: Fused) -> DataFrame:
    """Of each document itself, the names of what its claims are about and refer to, its mentions and its claims."""
    own = fused.named.where(f"kind IN ({merging.DOCUMENT}, {merging.MENTIONS})")
    own = own.join(fused.stories, "document", "left")
    own = own.selectExpr("document", "kind", "number", "ident", "coalesce(story, '') AS story", "data")
    claims = fused.settled.selectExpr("document", f"{merging.CLAIM}L AS kind", "number", "'' AS ident", "story", "data")
    asked = merging.referred(fused.settled).select("document", "ident")
    asked = asked.union(fused.settled.selectExpr("document", "about AS ident")).distinct()
    situations = spark.mapped(fused.situations.select("ident", "status", "data"), _labels, "ident string, data binary")
    names = merging.labels(fused.identified).union(situations).join(asked, "ident")
    told = names.selectExpr("document", f"{merging.LABEL}L AS kind", "0L AS number", "ident", "'' AS story", "data")
    return own.union(told).union(claims)


def _labels(rows: Iterator[Row]) -> Iterator[Row]:
    for ident, status, data in rows:
        yield ident, packing.pack(Label(ident, packing.unpack(data, Labelled).label, status=status))


def _document(rows: Iterator[Row]) -> tuple[str, nx.MultiDiGraph]:
    """The document's key, and its graph: of entities and situations there are only the names."""
    key, _, _, _, story, data = next(rows)
    document, rejected = packing.unpack(data, Kept)
    names: dict[str, Label] = {}
    mentions: dict[str, list[PlacedMention]] = {}
    claims: list[Claim] = []
    for _, kind, _, ident, _, data in rows:
        if kind == merging.LABEL:
            names[ident] = packing.unpack(data, Label)
        elif kind == merging.MENTIONS:
            names.setdefault(ident, Label(ident, ""))
            found = packing.unpack(data, tuple[Mention, ...])
            mentions.setdefault(ident, []).extend(PlacedMention(key, each) for each in found)
        else:
            claims.append(packing.unpack(data, Claim))
    told = [
        (each.label, Situation(each.ident, "Event", "", False, each.status, {}, ()))
        for each in names.values()
        if each.status is not None
    ]
    graph = build(
        _knowledge(
            documents=[document],
            entities=merging.stub_entities(each for each in names.values() if not each.status),
            mentions=mentions,
            situations=[situation for _, situation in told],
            claims=claims,
            reprints={key: story} if story else {},
            rejected={key: rejected},
        )
    )
    for label, situation in told:
        graph.nodes[situation.id]["label"] = label
    return key, graph


# -- who is who ----------------------------------------------------------------------------


def _log(cluster: Cluster, fused: Fused) -> DataFrame:
    """The lines of ``judgements.jsonl``: those of people first."""
    by_person = fused.identified.by_person
    own = cluster.spark.createDataFrame([(line,) for line in _log_lines(by_person)], _LINE)
    return own.union(spark.mapped(fused.identified.told, partial(_told, by_person), _LINE))


def _told(by_person: Sequence[Judgement], rows: Iterator[Row]) -> Iterator[tuple[str]]:
    yield from ((line,) for line in _log_lines(identity.log(by_person, rows)))


def _log_lines(found: Iterable[Judgement]) -> Iterator[str]:
    for each in found:
        yield records.judgement_lines([each]).rstrip("\n")
