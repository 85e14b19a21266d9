from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest
from knowledge import KNOWLEDGE, VELHO

from kg.graph import build
from kg.publish.tables import CLAIM_COLUMNS, claims_csv, node_link


def test_node_link_json_gives_the_graph_back() -> None:
    graph = build(KNOWLEDGE)
    text = node_link(graph)
    back = nx.node_link_graph(json.loads(text), edges="edges")
    assert nx.utils.graphs_equal(back, graph)
    assert isinstance(back, nx.MultiDiGraph)
    assert list(back) == list(graph)
    assert len(text.splitlines()) == len(graph) + graph.size() + 3


@pytest.mark.parametrize("label", ["\ud800", '\x00\u2028"\\', "é😀"])
def test_node_link_json_can_hold_any_text(label: str) -> None:
    graph = build(KNOWLEDGE)
    graph.nodes[VELHO.id]["label"] = label
    raw = node_link(graph).encode("utf-8")
    assert nx.node_link_graph(json.loads(raw), edges="edges").nodes[VELHO.id]["label"] == label


def test_an_empty_graph_is_json_too() -> None:
    assert json.loads(node_link(nx.MultiDiGraph())) == {
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": [],
        "edges": [],
    }


def test_claims_as_rows() -> None:
    rows = list(csv.DictReader(io.StringIO(claims_csv(build(KNOWLEDGE)), newline="")))
    assert list(rows[0]) == CLAIM_COLUMNS
    assert len(rows) == len(KNOWLEDGE.claims)
    relayed = next(row for row in rows if row["source"] == "a diplomat")
    assert relayed["relayed_by"] == "Farol"
    assert relayed["status"] == "Disputed"
    assert relayed["about"] == "Defection: Ana Velho – from Norland"
    assert relayed["document"] == "Envoy missing in Lisbon"
    assert relayed["date"] == "2021-03-04"
    assert relayed["origin"] == ""
    warning = next(row for row in rows if row["class"] == "Warning")
    assert (warning["agent"], warning["recipient"]) == ("Portugal", "Norland")
    assert warning["topic"] == "Disappearance: Ana Velho – in Lisbon"
