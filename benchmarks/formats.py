"""Processor time of writing N-Quads, beside rdflib, and of checking a file, beside pySHACL.

    python benchmarks/formats.py write [--copies 20]
    python benchmarks/formats.py check [--copies 4]

``write`` takes the graph of the examples as often as it is told, each time under other addresses, from the graph in
memory to a file; on rdflib's side that is by way of a dataset of its own. ``check`` takes a file of N-Triples;
pySHACL's side parses it with rdflib. All is timed in one process.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from time import process_time

import networkx as nx
from rdflib import Dataset, Graph, URIRef

import kg
from kg.publish import quads, rdf, shapes, validate
from kg.publish.addresses import address
from kg.publish.statements import Statement, statements

EXAMPLES = Path(__file__).parents[1] / "examples"


def main(arguments: Sequence[str] | None = None) -> float:
    """Print both times and their ratio; return the ratio, above 1 where ours is the faster."""
    parser = argparse.ArgumentParser(description="Processor time of writing and checking RDF.")
    parser.add_argument("what", choices=["write", "check"])
    parser.add_argument("--copies", type=int, default=4, help="how often the graph of the examples is taken")
    options = parser.parse_args(arguments)

    graph = kg.build(str(EXAMPLES)).nx
    with tempfile.TemporaryDirectory() as folder:
        measure = _write if options.what == "write" else _check
        count, ours, theirs = measure(graph, options.copies, Path(folder))
    print(f"{count:,} statements: {ours:.2f} s ({count / ours:,.0f} a second), the other {theirs:.2f} s", end="; ")
    print(f"{theirs / ours:.1f} times as fast")
    return theirs / ours


def _said(graph: nx.MultiDiGraph, copies: int) -> Iterator[Statement]:
    for copy in range(copies):
        yield from statements(graph, base=f"https://copy{copy}.example/")


def _write(graph: nx.MultiDiGraph, copies: int, folder: Path) -> tuple[int, float, float]:
    start = process_time()
    with open(folder / "ours.nq", "w", encoding="utf-8") as file:
        file.writelines(quads.nquads(_said(graph, copies)))
    ours = process_time() - start
    start = process_time()
    dataset = Dataset()
    for document, group in groupby(_said(graph, copies), key=lambda each: each.document):
        there = dataset.graph(URIRef(address(document))) if document else dataset
        for triple in rdf.union(group):
            there.add(triple)
    dataset.serialize(folder / "theirs.nq", format="nquads", encoding="utf-8")
    return sum(1 for _ in _said(graph, copies)), ours, process_time() - start


def _check(graph: nx.MultiDiGraph, copies: int, folder: Path) -> tuple[int, float, float]:
    path = folder / "graph.nt"
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(quads.nquads(each._replace(document=None) for each in _said(graph, copies)))
    start = process_time()
    report = validate.validate(path)
    ours = process_time() - start
    start = process_time()
    lines = shapes.validate(Graph().parse(path, format="nt"))
    theirs = process_time() - start
    if bool(lines) != bool(report.groups):
        raise SystemExit(f"the two do not agree: {lines[:3]} {report.groups[:1]}")
    return report.statements, ours, theirs


if __name__ == "__main__":
    main()
