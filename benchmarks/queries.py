"""What a query that ships costs through kg, beside the same query put to pyoxigraph directly.

    python benchmarks/queries.py [--documents 5000] [--rounds 21] [NAME ...]

The store holds the graph of generated readings (those of ``fuse.py``), about a million triples of 5,000 documents. Each
query is put to it in turns, directly with all its rows taken, and through ``kg.publish.sparql``, which checks it first
and makes an answer of it that can be printed; the best of each counts: processor time, so
that others may use the machine meanwhile.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import fuse as generated
import pyoxigraph as ox

from kg.fuse import fuse
from kg.graph import build
from kg.publish import formats, parameters, sparql, stored
from kg.publish.vocabulary import ALL_PREFIXES

#: Answered from a few lines to tens of thousands of rows.
_NAMES = ("overview", "disputed", "posts", "contradictions", "timeline")


def measure(store: ox.Store, names: Sequence[str], rounds: int) -> float:
    """Prints a line a query; the largest of the ratios."""
    worst = 0.0
    for name in names:
        text = parameters.one_question(store, None, name=name, values={})
        rows = len(sparql.query(store, text, max_rows=None, timeout=None).rows)
        direct, through = _best(
            lambda text=text: list(store.query(text, prefixes=ALL_PREFIXES)),  # type: ignore[misc]
            lambda text=text: sparql.query(store, text, max_rows=None, timeout=None),  # type: ignore[misc]
            rounds,
        )
        worst = max(worst, through / direct)
        times = f"{1000 * direct:10.1f} ms directly{1000 * through:10.1f} ms here"
        print(f"{name:<16}{rows:>8,} rows{times}{through / direct:8.2f}")
    return worst


def _best(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = [], []
    for _ in range(rounds):
        for work, spent in zip((one, other), times, strict=True):
            began = process_time()
            work()
            spent.append(process_time() - began)
    return min(times[0]), min(times[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which queries; by default {', '.join(_NAMES)}")
    parser.add_argument("--documents", type=int, default=5000, metavar="N")
    parser.add_argument("--rounds", type=int, default=21, metavar="N")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = build(fuse(generated.readings(chosen.documents)))
        stored.write(graph, Path(folder), "benchmark", formats.options(base=None, text=True))
        store = stored.load(Path(folder))
        print(f"{len(store):,} triples of {chosen.documents:,} documents")
        measure(store, chosen.names or _NAMES, chosen.rounds)


if __name__ == "__main__":
    main()
