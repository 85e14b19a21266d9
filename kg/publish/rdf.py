"""The graph as RDF, in the terms of the vocabulary.

What the nodes and edges of the graph carry is said in ``kg.graph.build``; how it is said
here, in docs/vocabulary.md and the ontology.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import networkx as nx
from rdflib import PROV, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import InputError
from kg.publish.turtle import turtle
from kg.publish.vocabulary import NIF, PREFIXES, SCHEMA, shipped_classes, situation_class, term

BASE = "https://kg.example/id/"

Triple = tuple[Node, Node, Node]
Attributes = Mapping[str, Any]

#: Predicates of asserted ``Attribute`` states that are also published as plain triples.
SHORTCUTS = ("nationality", "represents", "locatedIn", "partOf", "age")
#: Where an identifier leads, by register.
_REGISTERS = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
}
#: Attributes that a situation and a claim share: property and datatype.
_CONTENT = {
    "position": ("position", XSD.string),
    "kinship": ("kinship", XSD.string),
    "amount": ("amount", XSD.string),
    "time_text": ("timeText", XSD.string),
    "edtf": ("edtf", XSD.string),
    "earliest": ("earliest", XSD.date),
    "latest": ("latest", XSD.date),
}
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def to_rdf(
    graph: nx.MultiDiGraph, *, base: str = BASE, text: bool = True, classes: Collection[str] | None = None
) -> Graph:
    """The graph as RDF, node IRIs under ``base``; ``text=False`` leaves the documents' texts out.

    ``classes`` are the classes of events and states that may occur; by default those of the
    rules that ship. Characters that RDF cannot hold are replaced one for one (see
    ``visible``), so that offsets stay right. Raises ``VocabularyError`` for a term that the
    vocabulary does not have and ``InputError`` for a base that is no absolute address.
    """
    check_base(base)
    rdf = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        rdf.bind(prefix, namespace)
    writer = _Statements(graph, base=base, text=text, classes=shipped_classes() if classes is None else classes)
    for triple in writer.all():
        rdf.add(triple)
    return rdf


def to_turtle(
    graph: nx.MultiDiGraph, *, base: str = BASE, text: bool = True, classes: Collection[str] | None = None
) -> str:
    """The same as Turtle: the same bytes for the same graph."""
    return turtle(to_rdf(graph, base=base, text=text, classes=classes), base=base)


def check_base(base: str) -> None:
    """Raise ``InputError`` unless ``base`` is an absolute address that can go before a node's id."""
    parts = urlsplit(base)
    if not parts.scheme or not (parts.netloc or parts.path) or re.search(r'[\x00-\x20<>"{}|^`\\]', base):
        raise InputError(f'"{base}" cannot stand before the addresses of nodes; give a web address such as {BASE}')


def iri(ident: str, *, base: str = BASE) -> URIRef:
    """The address of the node ``ident``.

    >>> str(iri("entity/0a/0-4"))
    'https://kg.example/id/entity/0a/0-4'
    """
    return URIRef(base + quote(ident.encode("utf-8", "surrogatepass"), safe="/-._~"))


def visible(text: str) -> str:
    """Characters that RDF or XML cannot hold, each as one that can be seen in its place.

    Control characters become their pictures (U+2400 and on), all others U+FFFD.

    >>> visible("a\\x00b\\ud800")
    'a␀b�'
    """
    return _BROKEN.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x7F:
        return "\u2421"
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def _literal(value: object, datatype: URIRef = XSD.string) -> Literal:
    if datatype == XSD.string:
        return Literal(visible(str(value)))
    return Literal(str(value).lower() if isinstance(value, bool) else str(value), datatype=datatype, normalize=False)


def _decimal(value: float) -> Literal:
    """Canonical (``0.9``, ``1``), so that every store gives it back as it was."""
    return Literal(f"{value:.4f}".rstrip("0").rstrip("."), datatype=XSD.decimal, normalize=False)


def _address(url: str) -> Node:
    """A web address as an IRI; anything else stays text."""
    cleaned = quote(visible(url), safe=":/?#[]@!$&'()*+,;=%-._~")
    return URIRef(cleaned) if cleaned.startswith(("http://", "https://")) else _literal(url)


class _Statements:
    """The statements of one graph, kind by kind."""

    def __init__(self, graph: nx.MultiDiGraph, *, base: str, text: bool, classes: Collection[str]) -> None:
        self.graph = graph
        self.base = base
        self.text = text
        self.classes = classes

    def all(self) -> Iterator[Triple]:
        kinds = {
            "document": self._document,
            "entity": self._entity,
            "situation": self._situation,
            "claim": self._claim,
        }
        for node, data in self.graph.nodes(data=True):
            yield from kinds[data["kind"]](node, data)

    def _iri(self, ident: str) -> URIRef:
        return iri(ident, base=self.base)

    def _out(self, node: str, kind: str) -> Iterator[tuple[str, Attributes]]:
        for _, target, data in self.graph.out_edges(node, data=True):
            if data["kind"] == kind:
                yield target, data

    # -------------------------------------------------------------- documents and their words
    def _document(self, node: str, data: Attributes) -> Iterator[Triple]:
        document, text = self._iri(node), data["text"]
        context = self._words_iri(node, 0, len(text))
        yield document, RDF.type, term("Document")
        yield document, RDFS.label, _literal(data["label"])
        for name, predicate in (("title", "headline"), ("publisher", "publisher"), ("author", "author")):
            if name in data:
                yield document, SCHEMA[predicate], _literal(data[name])
        if "date" in data:
            yield document, SCHEMA.datePublished, _literal(data["date"], XSD.date)
        if "url" in data:
            yield document, SCHEMA.url, _address(data["url"])
        yield document, term("sha256"), _literal(data["sha256"])
        yield document, term("text"), context
        if "reprint_of" in data:
            yield document, term("reprintOf"), self._iri(data["reprint_of"])
        for rejected in json.loads(data.get("rejected", "[]")):
            yield document, term("rejectedClaim"), _literal(rejected)
        yield from self._context(context, text)
        broken = len(_BROKEN.findall(text))
        if broken:
            yield document, RDFS.comment, _literal(f"characters of the text that RDF cannot hold, replaced: {broken}")

    def _context(self, context: URIRef, text: str) -> Iterator[Triple]:
        yield context, RDF.type, NIF.Context
        yield context, RDF.type, NIF.RFC5147String
        yield context, NIF.beginIndex, _literal(0, XSD.integer)
        yield context, NIF.endIndex, _literal(len(text), XSD.integer)
        if self.text:
            yield context, NIF.isString, _literal(text)

    def _words_iri(self, document: str, begin: int, end: int) -> URIRef:
        return URIRef(f"{self._iri(document)}#char={begin},{end}")

    def _words(self, document: str, begin: int, end: int) -> Iterator[Triple]:
        """A stretch of a document's text as a NIF string."""
        text = self.graph.nodes[document]["text"]
        node = self._words_iri(document, begin, end)
        yield node, RDF.type, NIF.RFC5147String
        yield node, NIF.beginIndex, _literal(begin, XSD.integer)
        yield node, NIF.endIndex, _literal(end, XSD.integer)
        yield node, NIF.anchorOf, _literal(text[begin:end])
        yield node, NIF.referenceContext, self._words_iri(document, 0, len(text))

    # -------------------------------------------------------------- entities
    def _entity(self, node: str, data: Attributes) -> Iterator[Triple]:
        entity = self._iri(node)
        yield entity, RDF.type, term("Entity")
        yield entity, RDF.type, term(data["class"])
        yield entity, RDFS.label, _literal(data["label"])
        yield entity, term("named"), _literal(data["named"], XSD.boolean)
        for alias in json.loads(data.get("aliases", "[]")):
            if alias != data["label"]:
                yield entity, SKOS.altLabel, _literal(alias)
        if data["anonymous"]:
            yield entity, term("anonymous"), _literal(True, XSD.boolean)
        if "country" in data and data["class"] in {"Country", "City"}:
            yield entity, term("isoCode"), _literal(data["country"])
        for register, key in json.loads(data.get("identifiers", "{}")).items():
            if register in _REGISTERS:
                yield entity, SCHEMA.sameAs, URIRef(_REGISTERS[register].format(quote(str(key), safe="")))
        for document, place in self._out(node, "mention"):
            yield entity, term("mention"), self._words_iri(document, place["begin"], place["end"])
            yield from self._words(document, place["begin"], place["end"])

    # -------------------------------------------------------------- situations
    def _situation(self, node: str, data: Attributes) -> Iterator[Triple]:
        situation = self._iri(node)
        yield situation, RDF.type, term("State" if data["state"] else "Event")
        yield situation, RDF.type, situation_class(data["class"], self.classes)
        yield situation, RDFS.label, _literal(data["label"])
        yield situation, term("status"), term(data["status"])
        yield situation, term("independentSources"), _literal(data["independent_sources"], XSD.integer)
        if data.get("predicate"):
            yield situation, term("predicate"), _literal(data["predicate"])
        if "plover" in data:
            yield situation, term("plover"), _literal(data["plover"])
        yield from self._content(situation, node, data)
        yield from self._shortcut(node, data)

    def _content(self, subject: URIRef, node: str, data: Attributes) -> Iterator[Triple]:
        """Roles and literals, of a situation or a claim."""
        for name, (predicate, datatype) in _CONTENT.items():
            if name in data:
                yield subject, term(predicate), _literal(data[name], datatype)
        for filler, role in self._out(node, "role"):
            yield subject, term(role["role"]), self._iri(filler)

    def _shortcut(self, node: str, data: Attributes) -> Iterator[Triple]:
        """``entity kg:nationality country`` and the like, while the state behind it is asserted."""
        name = data.get("predicate")
        if data["class"] != "Attribute" or data["status"] != "Asserted" or name not in SHORTCUTS:
            return
        fillers = [(role["role"], filler) for filler, role in self._out(node, "role")]
        for agent in (filler for role, filler in fillers if role == "agent"):
            yield from (
                (self._iri(agent), term(name), self._iri(filler)) for role, filler in fillers if role == "patient"
            )
            if name == "age" and str(data.get("amount", "")).isdecimal():
                yield self._iri(agent), term(name), _literal(int(data["amount"]), XSD.integer)

    # -------------------------------------------------------------- claims
    def _claim(self, node: str, data: Attributes) -> Iterator[Triple]:
        claim = self._iri(node)
        (document, _), (about, _), (source, _) = (
            next(self._out(node, kind)) for kind in ("document", "about", "source")
        )
        yield claim, RDF.type, term("Claim")
        yield claim, term("about"), self._iri(about)
        yield claim, PROV.wasDerivedFrom, self._iri(document)
        yield claim, term("source"), self._iri(source)
        yield claim, term("polarity"), term(data["polarity"])
        yield claim, term("certainty"), term(data["certainty"])
        yield claim, term("confidence"), _decimal(data["confidence"])
        for name in ("cue", "rule", "corrected"):
            if data.get(name):
                yield claim, term(name), _literal(data[name])
        for name, predicate in (("sentence", "evidence"), ("trigger", "trigger")):
            begin, end = data[f"{name}_begin"], data[f"{name}_end"]
            yield claim, term(predicate), self._words_iri(document, begin, end)
            yield from self._words(document, begin, end)
        yield from self._content(claim, node, data)
        yield from self._chain(claim, node, json.loads(data.get("chain", "[]")))

    def _chain(self, claim: URIRef, node: str, chain: list[str]) -> Iterator[Triple]:
        if not chain:
            return
        name = hashlib.sha256(node.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        cells: list[Node] = [*(BNode(f"chain{name}n{i}") for i in range(len(chain))), RDF.nil]
        yield claim, term("chain"), cells[0]
        for i, relay in enumerate(chain):
            yield claim, term("relayedBy"), self._iri(relay)
            yield cells[i], RDF.first, self._iri(relay)
            yield cells[i], RDF.rest, cells[i + 1]


__all__ = ["BASE", "check_base", "iri", "to_rdf", "to_turtle", "visible"]
