"""What a graph says, statement by statement, in the terms of the vocabulary: every RDF format is made of these.

What the nodes and edges of the graph carry is said in ``kg.graph.build``; how it is said here, in
docs/vocabulary.md and the ontology. Statements are plain strings, not objects of an RDF library, because there
are very many of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

import networkx as nx

from kg.publish.addresses import BASE, address, broken, check_base, visible, web_address
from kg.publish.vocabulary import NIF, PREFIXES, SCHEMA, shipped_classes, situation_class, term

Attributes = Mapping[str, Any]


class Text(NamedTuple):
    """A literal: its text and the address of its datatype."""

    text: str
    datatype: str


class Statement(NamedTuple):
    """``document`` is the node of the document that says it, ``None`` for what was merged over documents.

    Subject and predicate are addresses, or ``_:name`` for a blank node; so is the value, unless it is a ``Text``.
    """

    document: str | None
    subject: str
    predicate: str
    value: str | Text


Statements = Iterator[Statement]

#: Predicates of asserted ``Attribute`` states that are also published as plain triples.
SHORTCUTS = ("nationality", "represents", "locatedIn", "partOf", "age")
#: Where an identifier leads, by register.
_REGISTERS = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
}
_RDF, _XSD, _RDFS = PREFIXES["rdf"], PREFIXES["xsd"], PREFIXES["rdfs"]
TYPE, FIRST, REST, NIL = (f"{_RDF}{name}" for name in ("type", "first", "rest", "nil"))
_NIF, _SCHEMA = str(NIF), str(SCHEMA)
SAME_AS = f"{_SCHEMA}sameAs"
LABEL, COMMENT = f"{_RDFS}label", f"{_RDFS}comment"
ALSO_CALLED = PREFIXES["skos"] + "altLabel"
DERIVED = PREFIXES["prov"] + "wasDerivedFrom"
STRING, DATE, BOOLEAN, INTEGER, DECIMAL = (
    f"{_XSD}{name}" for name in ("string", "date", "boolean", "integer", "decimal")
)
#: Attributes that a situation and a claim share: property and datatype.
_CONTENT = {
    "position": ("position", STRING),
    "kinship": ("kinship", STRING),
    "amount": ("amount", STRING),
    "time_text": ("timeText", STRING),
    "edtf": ("edtf", STRING),
    "earliest": ("earliest", DATE),
    "latest": ("latest", DATE),
}


def statements(
    graph: nx.MultiDiGraph,
    *,
    base: str = BASE,
    text: bool = True,
    classes: Collection[str] | None = None,
    only: Collection[str] | None = None,
) -> Statements:
    """All that the graph says, node addresses under ``base``; ``text=False`` leaves the documents' texts out.

    First what was merged (entities and situations), then document by document what it says: its own
    particulars, the mentions in it, its claims and their words. No statement comes twice.
    ``classes`` are the classes of events and states that may occur; by default those of the
    rules that ship; ``only`` are the nodes (entities, situations, documents with their claims) of which it is said what
    the graph says of them. Characters that RDF cannot hold are replaced one for one (see
    ``visible``), so that offsets stay right. Raises ``VocabularyError`` for a term that the
    vocabulary does not have and ``InputError`` for a base that is no absolute address.
    """
    check_base(base)
    writer = _Statements(graph, base=base, text=text, classes=shipped_classes() if classes is None else classes)
    told = [(node, data) for node, data in graph.nodes(data=True) if only is None or node in only]
    for node, data in told:
        if data["kind"] in {"entity", "situation"}:
            yield from (Statement(None, *triple) for triple in writer.merged(node, data))
    for node, data in told:
        if data["kind"] == "document":
            # claims of one sentence share its words, and one role can be filled twice by one entity
            yield from (Statement(node, *triple) for triple in dict.fromkeys(writer.document(node, data)))


def identifiers(data: Attributes) -> Iterator[str]:
    """The addresses of an entity in public registers."""
    for register, key in json.loads(data.get("identifiers", "{}")).items():
        if register in _REGISTERS:
            yield _REGISTERS[register].format(quote(str(key), safe=""))


def literal(value: object, datatype: str = STRING) -> Text:
    if datatype == STRING:
        return Text(visible(str(value)), STRING)
    return Text(str(value).lower() if isinstance(value, bool) else str(value), datatype)


def link(url: str) -> str | Text:
    """A web address as an address; anything else stays text."""
    return web_address(url) or literal(url)


@cache
def own(name: str) -> str:
    """The address of one of the vocabulary's own terms, as a plain string."""
    return str(term(name))


def _decimal(value: float) -> Text:
    """Canonical (``0.9``, ``1``), so that every store gives it back as it was."""
    return Text(f"{value:.4f}".rstrip("0").rstrip("."), DECIMAL)


Triple = tuple[str, str, str | Text]


class _Statements:
    """The statements of one graph, kind by kind."""

    def __init__(self, graph: nx.MultiDiGraph, *, base: str, text: bool, classes: Collection[str]) -> None:
        self.graph = graph
        self.base = base
        self.text = text
        self.classes = classes
        self.shortcuts: set[Triple] = set()

    def _address(self, ident: str) -> str:
        return address(ident, base=self.base)

    def _out(self, node: str, kind: str) -> Iterator[tuple[str, Attributes]]:
        for _, target, data in self.graph.out_edges(node, data=True):
            if data["kind"] == kind:
                yield target, data

    # -------------------------------------------------------------- what was merged
    def merged(self, node: str, data: Attributes) -> Iterator[Triple]:
        """An entity or a situation."""
        if data["kind"] == "entity":
            yield from self._entity(node, data)
        else:
            yield from dict.fromkeys(self._situation(node, data))

    def _entity(self, node: str, data: Attributes) -> Iterator[Triple]:
        entity = self._address(node)
        yield entity, TYPE, own("Entity")
        yield entity, TYPE, own(data["class"])
        yield entity, LABEL, literal(data["label"])
        yield entity, own("named"), literal(data["named"], BOOLEAN)
        for alias in dict.fromkeys(map(visible, json.loads(data.get("aliases", "[]")))):
            if alias != visible(data["label"]):
                yield entity, ALSO_CALLED, literal(alias)
        if data["anonymous"]:
            yield entity, own("anonymous"), literal(True, BOOLEAN)
        if "country" in data and data["class"] in {"Country", "City"}:
            yield entity, own("isoCode"), literal(data["country"])
        for identifier in identifiers(data):
            yield entity, SAME_AS, identifier

    def _situation(self, node: str, data: Attributes) -> Iterator[Triple]:
        situation = self._address(node)
        yield situation, TYPE, own("State" if data["state"] else "Event")
        yield situation, TYPE, str(situation_class(data["class"], self.classes))
        yield situation, LABEL, literal(data["label"])
        yield situation, own("status"), own(data["status"])
        yield situation, own("independentSources"), literal(data["independent_sources"], INTEGER)
        if data.get("predicate"):
            yield situation, own("predicate"), literal(data["predicate"])
        if "plover" in data:
            yield situation, own("plover"), literal(data["plover"])
        yield from self._content(situation, node, data)
        for shortcut in self._shortcut(node, data):
            if shortcut not in self.shortcuts:
                self.shortcuts.add(shortcut)
                yield shortcut

    def _content(self, subject: str, node: str, data: Attributes) -> Iterator[Triple]:
        """Roles and literals, of a situation or a claim."""
        for name, (predicate, datatype) in _CONTENT.items():
            if name in data:
                yield subject, own(predicate), literal(data[name], datatype)
        for filler, role in self._out(node, "role"):
            yield subject, own(role["role"]), self._address(filler)

    def _shortcut(self, node: str, data: Attributes) -> Iterator[Triple]:
        """``entity kg:nationality country`` and the like, while the state behind it is asserted."""
        name = data.get("predicate")
        if data["class"] != "Attribute" or data["status"] != "Asserted" or name not in SHORTCUTS:
            return
        fillers = [(role["role"], filler) for filler, role in self._out(node, "role")]
        for agent in (filler for role, filler in fillers if role == "agent"):
            yield from (
                (self._address(agent), own(name), self._address(filler))
                for role, filler in fillers
                if role == "patient"
            )
            if name == "age" and str(data.get("amount", "")).isdecimal():
                yield self._address(agent), own(name), literal(int(data["amount"]), INTEGER)

    # -------------------------------------------------------------- what a document says
    def document(self, node: str, data: Attributes) -> Iterator[Triple]:
        """The document itself, the mentions in it and its claims."""
        yield from self._particulars(node, data)
        for other, _, edge in self.graph.in_edges(node, data=True):
            if edge["kind"] == "mention":
                yield self._address(other), own("mention"), self._words_address(node, edge["begin"], edge["end"])
                yield from self._words(node, edge["begin"], edge["end"])
            elif edge["kind"] == "document":
                yield from self._claim(other, self.graph.nodes[other])

    def _particulars(self, node: str, data: Attributes) -> Iterator[Triple]:
        document, text = self._address(node), data["text"]
        context = self._words_address(node, 0, len(text))
        yield document, TYPE, own("Document")
        yield document, LABEL, literal(data["label"])
        yield document, _SCHEMA + "identifier", literal(data["name"])
        for name, predicate in (("title", "headline"), ("publisher", "publisher"), ("author", "author")):
            if name in data:
                yield document, _SCHEMA + predicate, literal(data[name])
        if "date" in data:
            yield document, _SCHEMA + "datePublished", literal(data["date"], DATE)
        if "url" in data:
            yield document, _SCHEMA + "url", link(data["url"])
        yield document, own("sha256"), literal(data["sha256"])
        yield document, own("text"), context
        if "reprint_of" in data:
            yield document, own("reprintOf"), self._address(data["reprint_of"])
        for rejected in json.loads(data.get("rejected", "[]")):
            yield document, own("rejectedClaim"), literal(rejected)
        yield from self._context(context, text)
        replaced = broken(text)
        if replaced:
            yield document, COMMENT, literal(f"characters of the text that RDF cannot hold, replaced: {replaced}")

    def _context(self, context: str, text: str) -> Iterator[Triple]:
        yield context, TYPE, _NIF + "Context"
        yield context, TYPE, _NIF + "RFC5147String"
        yield context, _NIF + "beginIndex", literal(0, INTEGER)
        yield context, _NIF + "endIndex", literal(len(text), INTEGER)
        if self.text:
            yield context, _NIF + "isString", literal(text)

    def _words_address(self, document: str, begin: int, end: int) -> str:
        return f"{self._address(document)}#char={begin},{end}"

    def _words(self, document: str, begin: int, end: int) -> Iterator[Triple]:
        """A stretch of a document's text as a NIF string."""
        text = self.graph.nodes[document]["text"]
        node = self._words_address(document, begin, end)
        yield node, TYPE, _NIF + "RFC5147String"
        yield node, _NIF + "beginIndex", literal(begin, INTEGER)
        yield node, _NIF + "endIndex", literal(end, INTEGER)
        yield node, _NIF + "anchorOf", literal(text[begin:end])
        yield node, _NIF + "referenceContext", self._words_address(document, 0, len(text))

    def _claim(self, node: str, data: Attributes) -> Iterator[Triple]:
        claim = self._address(node)
        (document, _), (about, _), (source, _) = (
            next(self._out(node, kind)) for kind in ("document", "about", "source")
        )
        yield claim, TYPE, own("Claim")
        yield claim, own("about"), self._address(about)
        yield claim, DERIVED, self._address(document)
        yield claim, own("source"), self._address(source)
        yield claim, own("polarity"), own(data["polarity"])
        yield claim, own("certainty"), own(data["certainty"])
        yield claim, own("confidence"), _decimal(data["confidence"])
        for name in ("cue", "rule", "corrected"):
            if data.get(name):
                yield claim, own(name), literal(data[name])
        for name, predicate in (("sentence", "evidence"), ("trigger", "trigger")):
            begin, end = data[f"{name}_begin"], data[f"{name}_end"]
            yield claim, own(predicate), self._words_address(document, begin, end)
            yield from self._words(document, begin, end)
        yield from self._content(claim, node, data)
        yield from self._chain(claim, node, json.loads(data.get("chain", "[]")))

    def _chain(self, claim: str, node: str, chain: list[str]) -> Iterator[Triple]:
        if not chain:
            return
        name = hashlib.sha256(node.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        cells = [*(f"_:chain{name}n{i}" for i in range(len(chain))), NIL]
        yield claim, own("chain"), cells[0]
        for i, relay in enumerate(chain):
            yield claim, own("relayedBy"), self._address(relay)
            yield cells[i], FIRST, self._address(relay)
            yield cells[i], REST, cells[i + 1]
