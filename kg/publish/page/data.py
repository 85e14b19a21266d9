"""What the page tells of a graph, as plain records for its script.

Things (entities, then situations) are numbered, and everything refers to them by number.
Offsets are UTF-16 code units, as the script's strings count. What is not known is left out.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Mapping
from math import sqrt
from typing import Any

import networkx as nx

from kg.model import ROLES, is_a
from kg.publish.addresses import visible

Attributes = Mapping[str, Any]

#: What is put before the words in a situation's box, so that nobody takes it for so.
_MARK = {"Disputed": "disputed: ", "Negated": "not: "}
#: What the legend tells apart, by the topmost class of an entity.
GROUPS = ("Person", "Group", "Organization", "Place", "Work", "Thing")


def page_data(graph: nx.MultiDiGraph) -> dict[str, Any]:
    """Documents, things (entities, then situations) and claims, with all that a reader is shown."""
    kinds: dict[str, list[str]] = {"document": [], "entity": [], "situation": [], "claim": []}
    for node, data in graph.nodes(data=True):
        kinds[data["kind"]].append(node)
    data = _Tables(graph, kinds).all()
    _weigh(data)
    return data


def _weigh(data: Mapping[str, Any]) -> None:
    """Add to each entity how large it is drawn, by the claims that it is in or makes, and how many edges it has."""
    claims = [0] * len(data["entities"])
    edges = [0] * len(claims)
    for claim in data["claims"]:
        for thing in {thing for _, thing in claim["roles"]} | {claim["source"]}:
            if 0 <= thing < len(claims):
                claims[thing] += 1
    for situation in data["situations"]:
        for thing in {thing for _, thing in situation["roles"]}:
            if thing < len(edges):
                edges[thing] += 1
    for entity, weight, degree in zip(data["entities"], claims, edges, strict=True):
        entity |= {"weight": weight, "degree": degree, "radius": min(26, 7 + round(3 * sqrt(weight)))}


class _Tables:
    """Numbers of nodes, and the tables that use them."""

    def __init__(self, graph: nx.MultiDiGraph, kinds: Mapping[str, list[str]]) -> None:
        self.graph = graph
        self.kinds = kinds
        self.number = {node: i for i, node in enumerate([*kinds["entity"], *kinds["situation"]])}
        self.document = {node: i for i, node in enumerate(kinds["document"])}
        self.units = [Units(graph.nodes[node]["text"]) for node in kinds["document"]]

    def all(self) -> dict[str, Any]:
        nodes = self.graph.nodes
        return {
            "documents": [self._document(node, nodes[node]) for node in self.kinds["document"]],
            "entities": [_entity(node, nodes[node]) for node in self.kinds["entity"]],
            "situations": [self._situation(node, nodes[node]) for node in self.kinds["situation"]],
            "claims": [self._claim(node, nodes[node]) for node in self.kinds["claim"]],
            "groups": list(GROUPS),
        }

    def _document(self, node: str, data: Attributes) -> dict[str, Any]:
        units = self.units[self.document[node]]
        mentions = [
            [*units.span(edge["begin"], edge["end"]), self.number[entity]]
            for entity, _, edge in self.graph.in_edges(node, data=True)
            if edge["kind"] == "mention"
        ]
        furniture = [units.span(begin, end) for begin, end, _ in json.loads(data.get("furniture", "[]"))]
        shown = _strings(data, "label", "name", "text", "title", "date", "publisher", "author", "url")
        shown["sha256"] = data["sha256"]
        return {"id": visible(node), **shown, "mentions": sorted(mentions), "furniture": furniture}

    def _situation(self, node: str, data: Attributes) -> dict[str, Any]:
        return {
            "id": visible(node),
            "short": _MARK.get(data["status"], "") + short_label(data),
            "state": data["state"],
            "plain": data["class"] in {"Event", "State"},
            **_strings(data, "label", "class", "predicate", "status", "plover"),
            **_details(data),
            "merged": [visible(str(reason)) for reason in json.loads(data.get("merged_because", "[]"))],
            "roles": self._roles(node),
        }

    def _claim(self, node: str, data: Attributes) -> dict[str, Any]:
        linked = {edge["kind"]: target for _, target, edge in self.graph.out_edges(node, data=True)}
        document = self.document[linked["document"]]
        units = self.units[document]
        source = linked["source"]
        return {
            "id": visible(node),
            "about": self.number[linked["about"]],
            "document": document,
            "source": self.number.get(source, -1),  # -1: the document itself
            "chain": [self.number[relay] for relay in json.loads(data.get("chain", "[]"))],
            "sentence": units.span(data["sentence_begin"], data["sentence_end"]),
            "trigger": units.span(data["trigger_begin"], data["trigger_end"]),
            **({"cueSpan": units.span(data["cue_begin"], data["cue_end"])} if "cue" in data else {}),
            **_strings(data, "class", "predicate", "polarity", "certainty", "rule"),
            "confidence": round(float(data["confidence"]), 4),
            **_details(data),
            "roles": self._roles(node),
        }

    def _roles(self, node: str) -> list[list[Any]]:
        """``[[role, thing], ...]`` in the order of ``ROLES``, each once."""
        found = {
            (ROLES.index(edge["role"]), self.number[target])
            for _, target, edge in self.graph.out_edges(node, data=True)
            if edge["kind"] == "role"
        }
        return [[ROLES[role], thing] for role, thing in sorted(found)]


def _strings(data: Attributes, *names: str) -> dict[str, str]:
    return {name: visible(str(data[name])) for name in names if data.get(name)}


def _details(data: Attributes) -> dict[str, str]:
    shown = _strings(data, "position", "kinship", "amount", "edtf", "earliest", "latest")
    if "time_text" in data:
        shown["time"] = visible(data["time_text"])
    return shown


def _entity(node: str, data: Attributes) -> dict[str, Any]:
    return {
        "id": visible(node),
        "group": group_of(data["class"]),
        "named": data["named"],
        "anonymous": data["anonymous"],
        **_strings(data, "label", "class", "country"),
        "aliases": [visible(alias) for alias in json.loads(data.get("aliases", "[]"))],
        "identifiers": json.loads(data.get("identifiers", "{}")),
    }


def group_of(cls: str) -> str:
    """The group of the legend that an entity class belongs to."""
    return next((group for group in GROUPS if is_a(cls, group)), "Thing")


def words_of(cls: str) -> str:
    """``"AsylumRequest"`` -> ``"asylum request"``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls).lower()


def short_label(data: Attributes) -> str:
    """The few words that stand in a situation's box."""
    cls = data["class"]
    if cls == "Attribute":
        return visible(f"{words_of(data.get('predicate', ''))} {data.get('amount', '')}".strip()) or words_of(cls)
    own = {"Tenure": "position", "Kinship": "kinship", "Event": "predicate", "State": "predicate"}.get(cls)
    return visible(str(data.get(own, ""))) or words_of(cls) if own else words_of(cls)


class Units:
    """From code points to the UTF-16 code units of one text."""

    def __init__(self, text: str) -> None:
        self.wide = [i for i, character in enumerate(text) if character > "\uffff"]

    def span(self, begin: int, end: int) -> list[int]:
        """The same stretch, counted in code units.

        >>> Units("a\U0001f600b").span(1, 3)
        [1, 4]
        """
        return [each + bisect_left(self.wide, each) for each in (begin, end)]
