"""``kg build --engine spark``: the machines of Apache Spark read, merge, and write in parts if that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import printing, reading

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.cli.reading import Corpus
    from kg.model import Failure, Reading
    from kg.publish.formats import Options
    from kg.publish.summary import Summary


def build(
    corpus: Corpus,
    failures: list[Failure],
    counted: Callable[[Iterable[Reading]], Iterable[Reading]],
    *,
    master: str | None,
    scratch: str | None,
    base: str | None,
    judged: Path,
) -> Graph:
    """The graph of the corpus; what could not be read is added to ``failures``, and the rest goes by ``counted``."""
    from kg import api, distributed
    from kg.scale import spark

    corpus.check()

    def watched(items: Iterator[Reading | Failure]) -> Iterable[Reading | Failure]:
        return counted(reading.good(items, failures))

    with printing.progress(corpus.inputs) as step, spark.opened(master or "local[*]", scratch) as cluster:
        graph = distributed.build(step(corpus.documents()), corpus.setup, cluster, judged=judged, watch=watched)
    return api.Graph(graph, base=base)


def write(
    corpus: Corpus,
    failures: list[Failure],
    place: str,
    formats: Sequence[str],
    chosen: Options,
    *,
    master: str | None,
    scratch: str | None,
    judged: Path,
) -> tuple[Summary, str]:
    """Let the workers write under ``place``; what is in it, and what was written, in words."""
    from kg import distributed
    from kg.scale import spark

    corpus.check()
    with printing.progress(corpus.inputs) as step, spark.opened(master or "local[*]", scratch) as cluster:
        found, written, failed = distributed.write(
            step(corpus.documents()), corpus.setup, cluster, place, formats=formats, options=chosen, judged=judged
        )
    failures += failed
    if found is None:
        raise reading.nothing_read(failures)
    return found, "Written: " + ", ".join(written)
