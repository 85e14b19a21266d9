from __future__ import annotations

import io
import json
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from knowledge import FIRST, KNOWLEDGE, VELHO

from kg.graph import build
from kg.publish.addresses import visible
from kg.publish.networks import graphml, node_link


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


@pytest.fixture(scope="module")
def written() -> str:
    return graphml(build(KNOWLEDGE))


def test_networkx_reads_the_graphml_back(written: str) -> None:
    graph = build(KNOWLEDGE)
    back = nx.read_graphml(io.BytesIO(written.encode()))
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    before = [(a, b, {**data, "key": key}) for a, b, key, data in graph.edges(keys=True, data=True)]
    assert sorted(back.edges(data=True), key=str) == sorted(before, key=str)


def test_an_edge_of_the_graphml_has_an_id_of_its_own(written: str) -> None:
    edges = ElementTree.fromstring(written).findall(".//{http://graphml.graphdrawing.org/xmlns}edge")
    assert len({edge.get("id") for edge in edges}) == len(edges) == build(KNOWLEDGE).size()


def test_texts_can_be_left_out_of_the_graphml(written: str) -> None:
    assert json.dumps(FIRST.text)[1:-1].partition("\\n")[0] in written
    shorter = nx.read_graphml(io.BytesIO(graphml(build(KNOWLEDGE), text=False).encode()))
    assert not [data for _, data in shorter.nodes(data=True) if "text" in data]


@given(st.text(min_size=1))
def test_any_text_comes_through_xml(label: str) -> None:
    graph = build(KNOWLEDGE)
    graph.nodes[VELHO.id]["label"] = label
    back = nx.read_graphml(io.BytesIO(graphml(graph).encode()))
    assert back.nodes[VELHO.id]["label"] == visible(label)
