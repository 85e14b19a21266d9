"""The same as ``kg.pipeline``, with Apache Spark: the stages by their own functions, on many machines.

    reading     documents -> readings                  on the workers
    identity    readings  -> who is who                on the workers
    merging     claims    -> situations                on the workers
    writing     all of it -> N-Quads and Parquet       on the workers, in parts

A build whose files are those of a local one gathers what was merged in the driver, which makes the graph and the
files of it. ``kg.scale.spark`` knows Spark and no stage; here they meet. docs/scale.md says what runs where.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg import pipeline
from kg.distributed import merging, reading, writing
from kg.distributed.merging import Fused
from kg.model import Failure, Reading
from kg.pipeline import Item, Setup
from kg.scale.spark import Cluster

if TYPE_CHECKING:
    import networkx as nx
    from pyspark.sql import DataFrame

    from kg.publish.formats import Options
    from kg.publish.summary import Summary

#: Sees each result as it goes by, and passes on what the graph is made of.
Watch = Callable[[Iterator[Reading | Failure]], Iterable[Reading | Failure]]


def read(documents: Iterable[Item], setup: Setup, cluster: Cluster) -> Iterator[Reading | Failure]:
    """Each document's reading or failure, in order, as ``pipeline.read`` gives it."""
    yield from reading.results(reading.readings(documents, setup, cluster))


def build(
    documents: Iterable[Item],
    setup: Setup,
    cluster: Cluster,
    *,
    judged: Path | None = None,
    watch: Watch = iter,
) -> nx.MultiDiGraph:
    """The graph of all documents, as ``pipeline.build`` makes it of their readings."""
    found = reading.readings(documents, setup, cluster)
    deque(map(pipeline.good, watch(reading.results(found))), maxlen=0)
    return pipeline.graph_of(merging.knowledge(_fused(cluster, found, judged)))


def write(
    documents: Iterable[Item],
    setup: Setup,
    cluster: Cluster,
    place: str,
    *,
    formats: Iterable[str],
    options: Options,
    judged: Path | None = None,
) -> tuple[Summary | None, list[str], list[Failure]]:
    """What ``build`` would give, written by the workers in parts, under ``place``: any address that Spark writes to.

    What is in it (``None`` if nothing could be read), the folders that were written, and what could not be read.
    Raises ``OutputError`` if one of them is there already, before anything is read.
    """
    formats = list(formats)
    writing.check(cluster, place, formats)
    found = reading.readings(documents, setup, cluster)
    failures = reading.failures(found)
    if found.count() == len(failures):
        return None, [], failures
    tables = _fused(cluster, found, judged)
    return writing.summary(tables), writing.write(cluster, tables, place, formats, options), failures


def _fused(cluster: Cluster, found: DataFrame, judged: Path | None) -> Fused:
    from kg.fuse import records

    known = records.judgements(judged) if judged else []
    corrections = records.corrections(judged) if judged else []
    return merging.fused(cluster, found, known, corrections)
