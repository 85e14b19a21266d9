"""What is asserted as entities of followthemoney, a line of JSON each, for Aleph, OpenAleph, Yente and the like.

FollowTheMoney has no place for who says something and how sure he is, so that only what an article asserts in its own
voice becomes a relation or an event, each with its article as proof. People and bodies become entities whether
anything is asserted of them or not, and every mention is kept. Each entity is checked by the followthemoney package.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.model import is_a
from kg.publish.addresses import visible, web_address

if TYPE_CHECKING:
    from followthemoney.proxy import EntityProxy

Attributes = Mapping[str, Any]
Fillers = dict[str, list[str]]

#: Class of an entity, and the schema that it has; others (works, things) are no entities of followthemoney.
_SCHEMAS = {
    "Person": "Person",
    "Group": "LegalEntity",
    "Organization": "Organization",
    "GovernmentBody": "PublicBody",
    "Embassy": "PublicBody",
    "Military": "Organization",
    "PoliticalParty": "Organization",
    "Company": "Company",
    "NewsOutlet": "Organization",
    "InternationalOrganization": "Organization",
    # a country here is who acts for it too: its government
    "Country": "PublicBody",
    "Place": "Address",
    "City": "Address",
    "Region": "Address",
    "Facility": "Address",
}
_KINSHIP = {"spouse": "spouse", "parent": "parent", "child": "child", "sibling": "sibling", "relative": "relative"}


def ftm(graph: nx.MultiDiGraph) -> Iterator[str]:
    """The entities, a line each, in the graph's order."""
    writer = _Writer(graph)
    writers = {"document": writer.document, "entity": writer.entity, "situation": writer.situation}
    for node, data in graph.nodes(data=True):
        if data["kind"] in writers:
            for entity in writers[data["kind"]](node, data):
                yield json.dumps(entity.to_dict(), ensure_ascii=False, sort_keys=True) + "\n"


def identifier(node: str) -> str:
    """A node's id in followthemoney, which allows no slashes.

    >>> identifier("entity/0a/0-4")
    'kg-a649ca240d79c68cac67f157680a73dc9337d249'
    """
    return "kg-" + hashlib.sha256(node.encode("utf-8", "surrogatepass")).hexdigest()[:40]


class _Writer:
    """One graph on its way."""

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self.graph = graph

    def _make(self, schema: str, node: str) -> EntityProxy:
        from followthemoney import model

        entity = model.make_entity(schema)
        entity.id = identifier(node)
        return entity

    # -------------------------------------------------------------- documents and entities
    def document(self, node: str, data: Attributes) -> Iterator[EntityProxy]:
        entity = self._make("Article", node)
        _add(entity, fileName=data["name"], title=data.get("title"), author=data.get("author"))
        _add(entity, publisher=data.get("publisher"), publishedAt=data.get("date"), name=data["label"])
        _add(entity, sourceUrl=web_address(data["url"]) if "url" in data else None)
        yield entity

    def entity(self, node: str, data: Attributes) -> Iterator[EntityProxy]:
        schema = _SCHEMAS.get(data["class"])
        if schema is None:
            return
        entity = self._make(schema, node)
        _add(entity, name=data["label"], country=data.get("country"))
        for alias in json.loads(data.get("aliases", "[]")):
            _add(entity, alias=alias)
        if schema == "Address":
            _add(entity, full=data["label"], city=data["label"] if data["class"] == "City" else None)
        if schema == "Person":
            _add(entity, gender=data.get("gender"))
        _add(entity, wikidataId=json.loads(data.get("identifiers", "{}")).get("wikidata"))
        yield entity
        if schema != "Address":
            yield from self._mentions(node, data, schema)

    def _mentions(self, node: str, data: Attributes, schema: str) -> Iterator[EntityProxy]:
        """One a document: its names for the entity."""
        names: dict[str, list[str]] = {}
        for _, document, edge in self.graph.out_edges(node, data=True):
            if edge["kind"] == "mention" and edge["form"] != "pronoun":
                words = self.graph.nodes[document]["text"][edge["begin"] : edge["end"]]
                names.setdefault(document, []).append(words)
        for document, words in names.items():
            mention = self._make("Mention", f"mention {node} {document}")
            _add(mention, detectedSchema=schema, contextCountry=data.get("country"))
            self._link(mention, document=document, resolved=node)
            for each in words:
                _add(mention, name=each)
            if mention.has("name"):
                yield mention

    # -------------------------------------------------------------- what is asserted
    def situation(self, node: str, data: Attributes) -> Iterator[EntityProxy]:
        if data["status"] != "Asserted":
            return
        fillers: Fillers = {}
        for _, filler, edge in self.graph.out_edges(node, data=True):
            fillers.setdefault(edge["role"], []).append(filler)
        writers = {"Tenure": self._tenure, "Kinship": self._kinship, "Affiliation": self._membership}
        writer = writers.get(data["class"], self._nothing if data["state"] else self._event)
        for entity in writer(node, data, fillers):
            if entity.schema.is_a("Interval"):
                self._provenance(entity, node, data)
            yield entity

    def _nothing(self, node: str, data: Attributes, fillers: Fillers) -> Iterator[EntityProxy]:
        yield from ()

    def _tenure(self, node: str, data: Attributes, fillers: Fillers) -> Iterator[EntityProxy]:
        holders = self._of(fillers, "agent", "Person")
        position = data.get("position")
        if not holders or not position:
            return
        post = self._make("Position", f"post {node}")
        bodies = self._of(fillers, "represents", "Organization") + self._of(fillers, "represents", "Country")
        names = [self.graph.nodes[body]["label"] for body in bodies]
        _add(post, name=" of ".join([position, *names[:1]]))
        for body in bodies:
            _add(post, country=self.graph.nodes[body].get("country"))
            self._link(post, organization=body)
        yield post
        for nth, holder in enumerate(holders):
            occupancy = self._make("Occupancy", node if nth == 0 else f"{node} {nth}")
            self._link(occupancy, holder=holder)
            occupancy.add("post", post.id)
            yield occupancy

    def _kinship(self, node: str, data: Attributes, fillers: Fillers) -> Iterator[EntityProxy]:
        pairs = [(a, b) for a in self._of(fillers, "agent", "Person") for b in self._of(fillers, "patient", "Person")]
        for nth, (person, relative) in enumerate(pairs):
            family = self._make("Family", node if nth == 0 else f"{node} {nth}")
            # followthemoney's relationship is what the relative is to the person; the agent is that to the patient
            self._link(family, person=relative, relative=person)
            _add(family, relationship=_KINSHIP.get(data.get("kinship", "")))
            yield family

    def _membership(self, node: str, data: Attributes, fillers: Fillers) -> Iterator[EntityProxy]:
        members = [filler for filler in fillers.get("agent", ()) if self._schema(filler) not in {None, "Address"}]
        bodies = self._of(fillers, "patient", "Organization") + self._of(fillers, "patient", "Country")
        for nth, (member, body) in enumerate((m, b) for m in members for b in bodies):
            membership = self._make("Membership", node if nth == 0 else f"{node} {nth}")
            self._link(membership, member=member, organization=body)
            _add(membership, role=data.get("position"))
            yield membership

    def _event(self, node: str, data: Attributes, fillers: Fillers) -> Iterator[EntityProxy]:
        event = self._make("Event", node)
        _add(event, name=data["label"], keywords=data["class"])
        for role, filled in fillers.items():
            for filler in filled:
                label = self.graph.nodes[filler]["label"]
                if role == "place":
                    _add(event, location=label)
                elif self._schema(filler) not in {None, "Address"}:
                    self._link(event, involved=filler)
        yield event

    def _provenance(self, entity: EntityProxy, node: str, data: Attributes) -> None:
        """When, in which articles, and in which sentences."""
        earliest, latest = data.get("earliest"), data.get("latest")
        if earliest == latest:
            _add(entity, date=earliest)
        else:
            _add(entity, startDate=earliest, endDate=latest)
        for claim, _, edge in self.graph.in_edges(node, data=True):
            if edge["kind"] != "about":
                continue
            linked = {each["kind"]: target for _, target, each in self.graph.out_edges(claim, data=True)}
            claimed = self.graph.nodes[claim]
            if linked["source"] == linked["document"] and claimed["polarity"] == "positive":
                self._link(entity, proof=linked["document"])
                _add(entity, description=claimed["sentence"])

    # -------------------------------------------------------------- helpers
    def _schema(self, node: str) -> str | None:
        data = self.graph.nodes[node]
        return _SCHEMAS.get(data["class"]) if data["kind"] == "entity" else None

    def _of(self, fillers: Fillers, role: str, cls: str) -> list[str]:
        """Those entities in a role that are of a class."""
        nodes = ((filler, self.graph.nodes[filler]) for filler in fillers.get(role, ()))
        return [filler for filler, data in nodes if data["kind"] == "entity" and is_a(data["class"], cls)]

    def _link(self, entity: EntityProxy, **nodes: str) -> None:
        for name, node in nodes.items():
            entity.add(name, identifier(node))


def _add(entity: EntityProxy, **values: str | None) -> None:
    """Add values to an entity; followthemoney cleans them, and leaves out what is not of a property's type."""
    for name, value in values.items():
        if value is not None:
            entity.add(name, visible(value))
