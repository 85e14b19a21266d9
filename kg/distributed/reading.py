"""Documents into readings, on the workers of Spark; the readings stay there as a table."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from kg import pipeline
from kg.model import Failure, Reading
from kg.pipeline import Item, Setup
from kg.scale import packing, spark
from kg.scale.spark import Cluster

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: A document to read, or why there is none; and what was read: its place in the input, its key, its
#: document and reading, or the failure.
_INPUTS = "position long, what string, data binary"
_READ = "position long, key string, what string, document binary, data binary"

Row = tuple[Any, ...]


def results(readings: DataFrame) -> Iterator[Reading | Failure]:
    """What is in the table, in the order of the inputs."""
    for _, _, what, document, data in spark.collected(readings, "position"):
        yield packing.unpack(data, Failure) if what == FAILED else reading(document, data)


def reading(document: bytes, data: bytes) -> Reading:
    return packing.unpack_reading(data, packing.unpack_document(document))


def readings(documents: Iterable[Item], setup: Setup, cluster: Cluster) -> DataFrame:
    """Each document's reading or failure as a table in the scratch folder, by the same function as locally.

    Raises like ``pipeline.read``.
    """
    pipeline.check(setup)
    inputs = spark.written(cluster, "inputs", _input_rows(documents), _INPUTS)
    tasks = spark.in_tasks(inputs, inputs.count())
    return spark.kept(cluster, "readings", spark.mapped(tasks, partial(_read_rows, setup), _READ))


GOOD, FAILED = "document", "failure"


def table(cluster: Cluster, found: Iterable[Reading]) -> DataFrame:
    """What was read elsewhere, as if it had been read there."""
    rows = (_row(position, each) for position, each in enumerate(found))
    return spark.written(cluster, "readings", rows, _READ)


def once(found: DataFrame) -> DataFrame:
    """The readings without failures: (position, key, document, data); of a document that came twice, the last
    reading in the first one's place."""
    return (
        found.where(f"what = '{GOOD}'")
        .selectExpr(
            "min(position) OVER (PARTITION BY key) AS position",
            "key",
            "document",
            "data",
            "row_number() OVER (PARTITION BY key ORDER BY position DESC) AS turn",
        )
        .where("turn = 1")
        .drop("turn")
    )


def failures(found: DataFrame) -> list[Failure]:
    """What could not be read, in the order of the inputs."""
    rows = found.where(f"what = '{FAILED}'").select("position", "data")
    return [packing.unpack(data, Failure) for _, data in spark.collected(rows, "position")]


def _input_rows(documents: Iterable[Item]) -> Iterator[Row]:
    for position, item in enumerate(documents):
        if isinstance(item, Failure):
            yield position, FAILED, packing.pack(item)
        else:
            yield position, GOOD, packing.pack_document(item)


# -- in the processes of the workers -------------------------------------------------------


def _read_rows(setup: Setup, rows: Iterator[Row]) -> Iterator[Row]:
    """One row a document. In a task that is tried again, as its process has died, documents are read in
    processes of their own, so that the one which does that costs itself alone."""
    positions: deque[int] = deque()
    for result in pipeline.read(_items(rows, positions), setup, jobs=1 if spark.attempt() == 0 else 2):
        position = positions.popleft()
        yield _row(position, result)


def _row(position: int, result: Reading | Failure) -> Row:
    if isinstance(result, Failure):
        return position, "", FAILED, b"", packing.pack(result)
    document = result.document
    return position, document.key, GOOD, packing.pack_document(document), packing.pack_reading(result)


def _items(rows: Iterator[Row], positions: deque[int]) -> Iterator[Item]:
    for position, what, data in rows:
        positions.append(position)
        yield packing.unpack_document(data) if what == GOOD else packing.unpack(data, Failure)
