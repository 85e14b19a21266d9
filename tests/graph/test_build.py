from __future__ import annotations

import io
import json
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from knowledge import (
    CLAIMS,
    DIPLOMAT,
    ENTITIES,
    FAROL,
    FIRST,
    FLIGHT,
    GONE,
    KIN,
    KNOWLEDGE,
    LISBON,
    NORLAND,
    POST,
    SECOND,
    SITUATIONS,
    VELHO,
)

from kg.graph import build
from kg.graph.label import situation_label
from kg.model import Situation


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return build(KNOWLEDGE)


def claim_of(graph: nx.MultiDiGraph, source: str) -> str:
    return next(a for a, _, data in graph.in_edges(source, data=True) if data["kind"] == "source")


def test_documents_entities_situations_claims_in_this_order(graph: nx.MultiDiGraph) -> None:
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    assert kinds == ["document"] * 2 + ["entity"] * 9 + ["situation"] * len(SITUATIONS) + ["claim"] * len(CLAIMS)


def test_a_document_carries_its_text_and_what_is_known_of_it(graph: nx.MultiDiGraph) -> None:
    first, second = graph.nodes[f"document/{FIRST.key}"], graph.nodes[f"document/{SECOND.key}"]
    assert first["text"] == FIRST.text
    assert first["date"] == "2021-03-04"
    assert first["label"] == "Envoy missing in Lisbon"
    assert json.loads(first["furniture"]) == [[0, 12, "byline"]]
    assert second["label"] == second["name"] == "second.txt"
    assert not {"title", "publisher", "author", "url", "furniture"} & second.keys()


def test_an_entity_carries_its_class_and_names(graph: nx.MultiDiGraph) -> None:
    data = graph.nodes[VELHO.id]
    assert (data["class"], data["label"], data["named"]) == ("Person", "Ana Velho", True)
    assert json.loads(data["aliases"]) == ["Velho", "The ambassador"]
    assert json.loads(graph.nodes[LISBON.id]["identifiers"]) == {"geonames": "2267057"}
    assert graph.nodes[DIPLOMAT.id]["anonymous"] is True


def test_mentions_are_edges_with_offsets_into_the_text(graph: nx.MultiDiGraph) -> None:
    found = [
        graph.nodes[document]["text"][data["begin"] : data["end"]]
        for _, document, data in graph.out_edges(VELHO.id, data=True)
        if data["kind"] == "mention"
    ]
    assert found == ["Ana Velho", "she", "Velho", "Velho", "The ambassador", "his sister"]


def test_a_relayed_claim_has_its_source_its_chain_and_its_words(graph: nx.MultiDiGraph) -> None:
    claim = claim_of(graph, DIPLOMAT.id)
    data = graph.nodes[claim]
    assert (data["polarity"], data["certainty"], data["cue"]) == ("positive", "certain", "citing")
    assert json.loads(data["chain"]) == [FAROL.id]
    assert graph.edges[claim, FAROL.id, "relayed_by:0"]["position"] == 0
    assert graph.has_edge(claim, FLIGHT, "about")
    assert data["sentence"] == FIRST.text[data["sentence_begin"] : data["sentence_end"]]
    assert data["trigger"] == "defected"


def test_the_documents_own_voice_is_the_document(graph: nx.MultiDiGraph) -> None:
    claim = next(c for c in CLAIMS if c.about == GONE)
    assert graph.has_edge(claim.id, f"document/{FIRST.key}", "source")
    assert graph.nodes[claim.id]["time_text"] == "on Monday"
    assert "cue" not in graph.nodes[claim.id]
    assert "chain" not in graph.nodes[claim.id]


def test_situations_carry_status_time_and_the_union_of_roles(graph: nx.MultiDiGraph) -> None:
    data = graph.nodes[GONE]
    assert (data["status"], data["n_claims"], data["edtf"]) == ("Asserted", 3, "2021-03-01")
    assert json.loads(data["merged_because"]) == ["same class and agent"]
    assert graph.edges[GONE, LISBON.id, "role:place"]["role"] == "place"


def test_a_situation_can_be_the_topic_of_a_claim(graph: nx.MultiDiGraph) -> None:
    topics = [(a, b) for a, b, data in graph.edges(data=True) if data.get("role") == "topic" and b in {GONE, FLIGHT}]
    assert len(topics) == 4  # two situations and a claim of each


@pytest.mark.parametrize(
    ("ident", "label"),
    [
        (POST, "Ana Velho, ambassador of Norland to Portugal"),
        (GONE, "Disappearance: Ana Velho – in Lisbon"),
        (FLIGHT, "Defection: Ana Velho – from Norland"),
        (KIN, "Ana Velho, sibling of Rui Velho"),
    ],
)
def test_labels(graph: nx.MultiDiGraph, ident: str, label: str) -> None:
    assert graph.nodes[ident]["label"] == label


@pytest.mark.parametrize(
    ("cls", "predicate", "roles", "label"),
    [
        ("AsylumRequest", "apply", {}, "Asylum request"),
        ("Event", "watch", {"agent": ("a", "b", "c", "d")}, "watch: A, B, C …"),
        ("Event", "", {}, "Event"),
        ("Tenure", "minister", {"agent": ("a",)}, "Tenure: A"),
        ("Attribute", "age", {"agent": ("a",)}, "Attribute: A"),
        ("Attribute", "locatedIn", {"agent": ("a",), "patient": ("b",)}, "A: located in B"),
        ("Kinship", "kin", {"agent": ("a",), "patient": ("b",)}, "A, relative of B"),
        ("Denial", "deny", {"topic": ("situation/x",)}, "Denial"),
    ],
)
def test_labels_without_much_to_go_by(cls: str, predicate: str, roles: dict[str, tuple[str, ...]], label: str) -> None:
    names = {"a": "A", "b": "B", "c": "C", "d": "D"}
    bare = Situation("s", cls, predicate, state=False, status="Asserted", roles=roles, claims=())
    assert situation_label(bare, names) == label


def test_every_attribute_is_a_scalar(graph: nx.MultiDiGraph) -> None:
    values = [value for _, data in graph.nodes(data=True) for value in data.values()]
    values += [value for _, _, data in graph.edges(data=True) for value in data.values()]
    assert {type(value) for value in values} == {str, int, float, bool}


def test_graphml_keeps_everything(graph: nx.MultiDiGraph) -> None:
    buffer = io.BytesIO()
    nx.write_graphml(graph, buffer)
    back = nx.read_graphml(io.BytesIO(buffer.getvalue()), force_multigraph=True)
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert list(back.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))


def test_a_reference_to_nothing_is_refused() -> None:
    broken = replace(KNOWLEDGE, entities=tuple(e for e in ENTITIES if e is not NORLAND))
    with pytest.raises(ValueError, match=r"refers to entity/.*, which is not in the graph"):
        build(broken)


@given(st.permutations(CLAIMS))
def test_what_the_graph_holds_does_not_depend_on_the_order_of_claims(claims: list[object]) -> None:
    other = build(replace(KNOWLEDGE, claims=tuple(claims)))
    assert nx.utils.graphs_equal(other, build(KNOWLEDGE))
