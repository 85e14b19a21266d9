"""The few lines that a build ends with: what is in the graph, and what the sources do not agree on."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import networkx as nx

#: In the order in which a status is given, from the surest.
STATUSES = ("Asserted", "Reported", "Hedged", "Negated", "Disputed")


class Summary(NamedTuple):
    """Counts of a graph, and the labels of the situations that are disputed."""

    rows: list[tuple[str, int]]
    disputed: list[str]


def summary(graph: nx.MultiDiGraph) -> Summary:
    """Documents, entities, situations by status and claims of a graph that ``kg.graph`` built."""
    nodes = [data for _, data in graph.nodes(data=True)]
    kinds = Counter(data["kind"] for data in nodes)
    situations = [data for data in nodes if data["kind"] == "situation"]
    statuses = Counter(data["status"] for data in situations)
    rows = [
        ("documents", kinds["document"]),
        ("entities", kinds["entity"]),
        ("claims", kinds["claim"]),
        ("situations", kinds["situation"]),
        *((f"  {status}", statuses[status]) for status in STATUSES),
    ]
    return Summary(rows, [data["label"] for data in situations if data["status"] == "Disputed"])
