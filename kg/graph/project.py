"""The entity-to-entity view of a graph, which centrality, communities and paths are computed on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations, product

import networkx as nx

from kg.errors import VocabularyError
from kg.model import ROLES

STATUSES = ("Asserted", "Reported", "Hedged", "Disputed", "Negated")
_KEPT = ("class", "predicate", "status", "n_claims", "position", "kinship", "amount", "edtf", "earliest", "latest")


def project(
    graph: nx.MultiDiGraph,
    *,
    status: str | Collection[str] = ("Asserted", "Reported"),
    classes: str | Collection[str] | None = None,
    plain: bool = True,
    isolated: bool = False,
) -> nx.MultiDiGraph:
    """One edge per situation between its participants.

    From each agent to each other participant; between each two participants where there is
    no agent, or nothing but agents. An edge has the situation's ``class``, ``predicate``,
    ``status``, ``n_claims``, ``situation`` (its node in ``graph``) and ``label``, the ``role``
    that its target plays, and position, kinship, amount and time where they are known; its
    key is the situation's id. Nodes keep their attributes.

    ``status`` says which situations count, one or several, ``classes`` of which class (``None``: all),
    ``plain`` whether events that the ontology has no class for do, and ``isolated`` whether
    entities without any edge are kept. Raises ``VocabularyError`` for an unknown status.
    """
    status = [status] if isinstance(status, str) else status
    classes = [classes] if isinstance(classes, str) else classes
    for each in status:
        if each not in STATUSES:
            raise VocabularyError(f'"{each}" is no status; there are {", ".join(STATUSES)}.')
    view = nx.MultiDiGraph(**graph.graph)
    if isolated:
        view.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if data["kind"] == "entity")
    for node, data in graph.nodes(data=True):
        if data["kind"] == "situation" and data["status"] in status and _wanted(data["class"], classes, plain):
            _add(view, graph, node)
    return view


def _wanted(cls: str, classes: Collection[str] | None, plain: bool) -> bool:
    return (classes is None or cls in classes) and (plain or cls not in {"Event", "State"})


def _add(view: nx.MultiDiGraph, graph: nx.MultiDiGraph, situation: str) -> None:
    data = graph.nodes[situation]
    kept = {name: data[name] for name in _KEPT if name in data}
    for begin, end, role in _pairs(participants(graph, situation)):
        for node in (begin, end):
            view.add_node(node, **graph.nodes[node])
        view.add_edge(begin, end, key=situation, situation=situation, label=data["label"], role=role, **kept)


def participants(graph: nx.MultiDiGraph, situation: str) -> list[tuple[str, str]]:
    """(role, entity) of a situation, in the order of ``ROLES``; situations that fill a role are left out."""
    found = [
        (data["role"], filler)
        for _, filler, data in graph.out_edges(situation, data=True)
        if data["kind"] == "role" and graph.nodes[filler]["kind"] == "entity"
    ]
    return sorted(found, key=lambda pair: ROLES.index(pair[0]))


def _pairs(found: list[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """(from, to, role of the latter), each two entities once."""
    role_of: dict[str, str] = {}
    for role, entity in found:
        role_of.setdefault(entity, role)
    agents = [entity for entity, role in role_of.items() if role == "agent"]
    others = [entity for entity in role_of if entity not in agents]
    for begin, end in product(agents, others) if agents and others else combinations(role_of, 2):
        yield begin, end, role_of[end]
