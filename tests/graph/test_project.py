from __future__ import annotations

import networkx as nx
import pytest
from knowledge import EMBASSY, FLIGHT, GONE, INSPECTORS, KNOWLEDGE, NORLAND, PORTUGAL, POST, RUI, SEARCH, VELHO

from kg.errors import VocabularyError
from kg.graph import build, project


def graph_of(**situations: dict[str, list[str]]) -> nx.MultiDiGraph:
    """A graph of bare situations: ``name={role: [entities]}``."""
    graph = nx.MultiDiGraph()
    for name, roles in situations.items():
        graph.add_node(
            name, **{"kind": "situation", "class": "Meeting", "label": name, "status": "Asserted", "n_claims": 1}
        )
        for role, fillers in roles.items():
            for each in fillers:
                graph.add_node(each, kind="situation" if each.isupper() else "entity", label=each)
                graph.add_edge(name, each, key=f"role:{role}", kind="role", role=role)
    return graph


@pytest.mark.parametrize(
    ("roles", "edges"),
    [
        ({"agent": ["a"], "patient": ["b"], "place": ["c"]}, [("a", "b", "patient"), ("a", "c", "place")]),
        ({"place": ["c"], "agent": ["a"]}, [("a", "c", "place")]),
        ({"agent": ["a", "b"]}, [("a", "b", "agent")]),
        ({"agent": ["a", "b"], "place": ["c"]}, [("a", "c", "place"), ("b", "c", "place")]),
        ({"patient": ["a"], "place": ["b"]}, [("a", "b", "place")]),
        ({"agent": ["a"], "patient": ["a", "b"]}, [("a", "b", "patient")]),
        ({"agent": ["a"], "topic": ["S"]}, []),
        ({"agent": ["a"]}, []),
        ({"agent": ["a"], "recipient": ["b"], "destination": ["b"]}, [("a", "b", "recipient")]),
    ],
)
def test_who_is_joined_to_whom(roles: dict[str, list[str]], edges: list[tuple[str, str, str]]) -> None:
    graph = graph_of(s=roles)
    graph.nodes.get("S", {}).update({"class": "Event", "status": "Negated"})
    assert list(project(graph).edges(data="role")) == edges


def test_an_edge_says_which_situation_it_stands_for() -> None:
    view = project(build(KNOWLEDGE))
    data = view.edges[VELHO.id, PORTUGAL.id, POST]
    assert data == {
        "situation": POST,
        "label": "Ana Velho, ambassador of Norland to Portugal",
        "role": "destination",
        "class": "Tenure",
        "predicate": "ambassador",
        "status": "Asserted",
        "n_claims": 1,
        "position": "ambassador",
    }
    assert view.nodes[VELHO.id]["label"] == "Ana Velho"


def test_only_what_is_asserted_or_reported_unless_asked_for() -> None:
    graph = build(KNOWLEDGE)
    assert not {FLIGHT, SEARCH} & {key for *_, key in project(graph).edges(keys=True)}
    assert list(project(graph, status=["Disputed"]).edges(keys=True)) == [(VELHO.id, NORLAND.id, FLIGHT)]
    assert list(project(graph, status="Disputed").edges(keys=True)) == [(VELHO.id, NORLAND.id, FLIGHT)]
    assert list(project(graph, status=["Hedged"]).edges(keys=True)) == [(INSPECTORS.id, EMBASSY.id, SEARCH)]


def test_classes_and_plain_events_and_isolated_entities() -> None:
    graph = build(KNOWLEDGE)
    assert set(project(graph, classes=["Kinship"])) == {VELHO.id, RUI.id}
    assert set(project(graph, classes="Kinship")) == {VELHO.id, RUI.id}
    plain = graph_of(s={"agent": ["a"], "patient": ["b"]})
    plain.nodes["s"]["class"] = "Event"
    assert project(plain).size() == 1
    assert project(plain, plain=False).size() == 0
    assert {key for *_, key in project(graph, classes=["Disappearance"]).edges(keys=True)} == {GONE}
    assert len(project(graph, classes=["Kinship"], isolated=True)) == len(KNOWLEDGE.entities)


def test_an_unknown_status_is_an_error() -> None:
    with pytest.raises(VocabularyError, match='"asserted" is no status; there are Asserted'):
        project(build(KNOWLEDGE), status=["asserted"])
