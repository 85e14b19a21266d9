"""The same as ``kg.pipeline``, with Apache Spark: the stages by their own functions, on many machines.

    reading     documents -> readings         on the workers
    identity    readings  -> who is who       on the workers

What is made of it - situations, the graph, the files - is made by the driver, with the functions that a local build
has. ``kg.scale.spark`` knows Spark and no stage; here they meet. docs/scale.md says what runs where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg import pipeline
from kg.distributed import identity, reading
from kg.model import Failure, Reading
from kg.pipeline import Item, Setup
from kg.scale.spark import Cluster

if TYPE_CHECKING:
    import networkx as nx

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
    items = watch(reading.results(found))
    return pipeline.build(items, judged=judged, resolver=partial(identity.resolve, cluster, found))
