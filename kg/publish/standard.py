"""What is asserted, and nothing else, in the terms of schema.org, the W3C's ORG and SEM.

For tools that know nothing of claims. Who said it, how sure, and what others deny is lost; which documents
it comes from is kept (``prov:wasDerivedFrom``). Asserted does not mean true: see docs/honesty.md. What has no term
in these vocabularies (reasons, purposes, ages, amounts) is left out.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx

from kg.model import is_a
from kg.publish.addresses import BASE, address, check_base, visible
from kg.publish.statements import DATE, LABEL, SAME_AS, TYPE, Statement, Statements, Triple, identifiers, link, literal
from kg.publish.statements import DERIVED as DERIVED_FROM
from kg.publish.vocabulary import ALL_PREFIXES, KG

Attributes = Mapping[str, Any]
Fillers = dict[str, list[str]]


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "standard.toml").read_text(encoding="utf-8"))


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return ALL_PREFIXES[prefix] + local


def statements(graph: nx.MultiDiGraph, *, base: str = BASE) -> Statements:
    """The asserted situations of a graph, who and what takes part in them, and the documents that assert them.

    All is in the default graph. Raises ``InputError`` for a base that is no absolute address.
    """
    check_base(base)
    writer = _Standard(graph, base)
    for node, data in graph.nodes(data=True):
        if data["kind"] == "situation" and data["status"] == "Asserted":
            yield from (Statement(None, *triple) for triple in dict.fromkeys(writer.situation(node, data)))
    for node, data in graph.nodes(data=True):
        if node in writer.used:
            triples = writer.entity(node, data) if data["kind"] == "entity" else writer.document(node, data)
            yield from (Statement(None, *triple) for triple in triples)


class _Standard:
    """One graph, and which of its entities and documents have been spoken of so far."""

    def __init__(self, graph: nx.MultiDiGraph, base: str) -> None:
        self.graph = graph
        self.base = base
        self.used: set[str] = set()

    def _address(self, node: str) -> str:
        if self.graph.nodes[node]["kind"] in {"entity", "document"}:
            self.used.add(node)
        return address(node, base=self.base)

    # -------------------------------------------------------------- who, what and where from
    def entity(self, node: str, data: Attributes) -> Iterator[Triple]:
        entity = self._address(node)
        for each in _tables()["entities"][data["class"]]:
            yield entity, TYPE, _iri(each)
        yield entity, _iri("schema:name"), literal(data["label"])
        for alias in dict.fromkeys(map(visible, json.loads(data.get("aliases", "[]")))):
            if alias != visible(data["label"]):
                yield entity, _iri("schema:alternateName"), literal(alias)
        for identifier in identifiers(data):
            yield entity, SAME_AS, identifier

    def document(self, node: str, data: Attributes) -> Iterator[Triple]:
        document = self._address(node)
        yield document, TYPE, _iri("schema:Article")
        yield document, LABEL, literal(data["label"])
        for name, predicate in (("title", "headline"), ("publisher", "publisher"), ("author", "author")):
            if name in data:
                yield document, _iri(f"schema:{predicate}"), literal(data[name])
        if "date" in data:
            yield document, _iri("schema:datePublished"), literal(data["date"], DATE)
        if "url" in data:
            yield document, _iri("schema:url"), link(data["url"])

    # -------------------------------------------------------------- situations
    def situation(self, node: str, data: Attributes) -> Iterator[Triple]:
        fillers: Fillers = {}
        for _, filler, edge in self.graph.out_edges(node, data=True):
            fillers.setdefault(edge["role"], []).append(filler)
        if data["class"] in {"Tenure", "Affiliation"}:
            written = list(self._membership(node, data, fillers))
        elif data["state"]:
            written = list(self._relation(node, data, fillers))
        else:
            written = list(self._event(node, data, fillers))
        if written:
            yield from written
            situation = self._address(node)
            yield situation, LABEL, literal(data["label"])
            yield from self._time(situation, data)
            for document in self._documents(node):
                yield situation, DERIVED_FROM, self._address(document)

    def _event(self, node: str, data: Attributes, fillers: Fillers) -> Iterator[Triple]:
        event = self._address(node)
        yield event, TYPE, _iri("sem:Event")
        yield event, _iri("sem:eventType"), str(KG[data["class"]])
        for role, filled in fillers.items():
            for filler in filled:
                if predicate := self._role(role, filler):
                    yield event, _iri(predicate), self._address(filler)

    def _role(self, role: str, filler: str) -> str | None:
        data = self.graph.nodes[filler]
        if data["kind"] == "situation":  # one that is only alleged has no place here
            return "schema:about" if role == "topic" and data["status"] == "Asserted" and not data["state"] else None
        found: str | None = _tables()["roles"].get(role)
        return _tables()["places"].get(role, found) if is_a(data["class"], "Place") else found

    def _membership(self, node: str, data: Attributes, fillers: Fillers) -> Iterator[Triple]:
        """Who holds an office or belongs to a body: an ``org:Membership``, with an ``org:Post`` if it is named."""
        bodies = self._entities(fillers, "represents" if data["class"] == "Tenure" else "patient")
        members, position = self._entities(fillers, "agent"), data.get("position")
        if not members or not (bodies or position):
            return
        membership = self._address(node)
        yield membership, TYPE, _iri("org:Membership")
        for member in members:
            yield membership, _iri("org:member"), self._address(member)
        for body in bodies:
            yield membership, _iri("org:organization"), self._address(body)
        if position is None:
            return
        role, post = f"{membership}#role", f"{membership}#post"
        yield membership, _iri("org:role"), role
        yield role, TYPE, _iri("org:Role")
        yield role, _iri("skos:prefLabel"), literal(position)
        yield post, TYPE, _iri("org:Post")
        yield post, _iri("skos:prefLabel"), literal(position)
        yield post, _iri("org:role"), role
        for body in bodies:
            yield post, _iri("org:postIn"), self._address(body)
        for place in self._entities(fillers, "destination"):
            yield post, _iri("schema:location"), self._address(place)
        for member in members:
            yield self._address(member), _iri("org:holds"), post

    def _relation(self, node: str, data: Attributes, fillers: Fillers) -> Iterator[Triple]:
        """A triple from one entity to another, and an ``rdf:Statement`` that says where it comes from."""
        tables = _tables()
        names = {"Kinship": ("kinship", data.get("kinship")), "Attribute": ("attributes", data.get("predicate"))}
        table, name = names.get(data["class"], ("states", data["class"]))
        predicate = tables[table].get(name or "")
        others = self._entities(fillers, "patient") or self._entities(fillers, "place")
        pairs = [(agent, other) for agent in self._entities(fillers, "agent") for other in others]
        if predicate is None or len(pairs) != 1:  # an rdf:Statement is of one triple
            return
        [(agent, other)] = pairs
        statement, subject, value = self._address(node), self._address(agent), self._address(other)
        yield subject, _iri(predicate), value
        yield statement, TYPE, _iri("rdf:Statement")
        yield statement, _iri("rdf:subject"), subject
        yield statement, _iri("rdf:predicate"), _iri(predicate)
        yield statement, _iri("rdf:object"), value

    def _entities(self, fillers: Fillers, role: str) -> list[str]:
        return [filler for filler in fillers.get(role, ()) if self.graph.nodes[filler]["kind"] == "entity"]

    def _time(self, situation: str, data: Attributes) -> Iterator[Triple]:
        if "time_text" not in data:
            return
        time = f"{situation}#time"
        yield situation, _iri("sem:hasTime"), time
        yield time, TYPE, _iri("sem:Time")
        yield time, LABEL, literal(data["time_text"])
        earliest, latest = data.get("earliest"), data.get("latest")
        if earliest and earliest == latest:
            yield time, _iri("sem:hasTimeStamp"), literal(earliest, DATE)
            return
        if earliest:
            yield time, _iri("sem:hasEarliestBeginTimeStamp"), literal(earliest, DATE)
        if latest:
            yield time, _iri("sem:hasLatestEndTimeStamp"), literal(latest, DATE)

    def _documents(self, node: str) -> Iterator[str]:
        """The documents that say it in their own voice, and for certain."""
        for claim, _, edge in self.graph.in_edges(node, data=True):
            data = self.graph.nodes[claim]
            if edge["kind"] == "about" and (data["polarity"], data["certainty"]) == ("positive", "certain"):
                linked = {e["kind"]: target for _, target, e in self.graph.out_edges(claim, data=True)}
                if linked["source"] == linked["document"]:
                    yield linked["document"]
