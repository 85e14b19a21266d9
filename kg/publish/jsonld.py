"""The graph as JSON-LD that reads like plain JSON: situations with their claims in them, short keys, ISO dates.

The statements are those of every other RDF format. What is written in several places (the words of a sentence
with two claims) is one node, written out in each of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kg.publish.addresses import BASE, relative
from kg.publish.statements import BOOLEAN, FIRST, INTEGER, NIL, REST, STRING, TYPE, Statement, Text, own
from kg.publish.vocabulary import ALL_PREFIXES, KG, terms

Properties = dict[str, list[str | Text]]
Context = dict[str, Any]

_LINK = {"@type": "@id"}
_LINKS = {"@type": "@id", "@container": "@set"}
_VALUE = {"@type": "@vocab"}


def _claims_context() -> Context:
    roles = {name: {"@id": f"kg:{name}", **_LINKS} for name, term in terms().items() if term.kind == "role"}
    return {
        "label": "rdfs:label",
        "comment": "rdfs:comment",
        "aliases": {"@id": "skos:altLabel", "@container": "@set"},
        "sameAs": {"@id": "schema:sameAs", **_LINKS},
        "identifier": "schema:identifier",
        "title": "schema:headline",
        "publisher": "schema:publisher",
        "author": "schema:author",
        "date": {"@id": "schema:datePublished", "@type": "xsd:date"},
        "url": {"@id": "schema:url", **_LINK},
        "text": {"@id": "kg:text", **_LINK},
        "string": "nif:isString",
        "begin": "nif:beginIndex",
        "end": "nif:endIndex",
        "quote": "nif:anchorOf",
        "in": {"@id": "nif:referenceContext", **_LINK},
        "mentions": {"@id": "kg:mention", **_LINKS},
        **roles,
        **{name: {"@id": f"kg:{name}", **_LINKS} for name in ("nationality", "locatedIn", "partOf", "relayedBy")},
        **{name: {"@id": f"kg:{name}", **_VALUE} for name in ("status", "polarity", "certainty")},
        **{name: {"@id": f"kg:{name}", "@type": "xsd:date"} for name in ("earliest", "latest")},
        **{name: {"@id": f"kg:{name}", **_LINK} for name in ("about", "source", "evidence", "trigger")},
        "confidence": {"@id": "kg:confidence", "@type": "xsd:decimal"},
        "document": {"@id": "prov:wasDerivedFrom", **_LINK},
        "chain": {"@id": "kg:chain", "@type": "@id", "@container": "@list"},
        "claims": {"@reverse": "kg:about", "@container": "@set"},
    }


def _standard_context() -> Context:
    links = (
        "sem:hasActor sem:hasPlace sem:hasTime schema:fromLocation schema:toLocation schema:location "
        "schema:instrument schema:about schema:sameAs schema:nationality schema:spouse schema:parent schema:children "
        "schema:sibling schema:relatedTo schema:owns org:member org:organization org:role org:holds org:postIn "
        "org:linkedTo org:memberDuring dcterms:isPartOf prov:wasDerivedFrom foaf:based_near rdf:subject "
        "rdf:predicate rdf:object"
    ).split()
    dates = "schema:datePublished sem:hasTimeStamp sem:hasEarliestBeginTimeStamp sem:hasLatestEndTimeStamp".split()
    plain = "schema:name schema:alternateName schema:headline schema:publisher schema:author rdfs:label".split()
    return {
        **{name.partition(":")[2]: name for name in plain},
        **{name.partition(":")[2]: {"@id": name, **_LINKS} for name in links},
        **{name.partition(":")[2]: {"@id": name, "@type": "xsd:date"} for name in dates},
        "eventType": {"@id": "sem:eventType", **_VALUE},
        "url": {"@id": "schema:url", **_LINK},
    }


class _Key(NamedTuple):
    """A key of the context: what it is called, what type it gives its values, and whether they stand in a list."""

    name: str
    type: str | None
    container: str | None


#: What is written where it is named, and not as an address alone.
_INLINE = {f"{KG}{name}" for name in ("evidence", "trigger", "mention", "text")}
_FIRST_KINDS = ("Document", "Event", "State", "Entity")


def jsonld(said: Iterable[Statement], *, base: str = BASE, view: str = "claims") -> Iterator[str]:
    """The statements as JSON-LD, a node at a time; what is not of the claims' view is written flat."""
    context = _claims_context() if view == "claims" else _standard_context()
    nodes: dict[str, Properties] = {}
    for each in said:
        nodes.setdefault(each.subject, {}).setdefault(each.predicate, []).append(each.value)
    writer = _Writer(nodes, context, base)
    yield '{"@context": ' + _json(_head(nodes, context, base)) + ',\n"@graph": ['
    for i, subject in enumerate(writer.top()):
        yield (",\n" if i else "\n") + _json(writer.node(subject))
    yield "\n]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _head(nodes: Mapping[str, Properties], context: Context, base: str) -> Context:
    """The context, with the prefixes that it needs itself or that keys and types of the nodes begin with."""
    prefixes = {name: iri for name, iri in ALL_PREFIXES.items() if name not in context}
    located = {"@base": base} if base.endswith("/") else {}
    return {**located, "@vocab": str(KG), "id": "@id", "type": "@type", **prefixes, **context}


class _Writer:
    """One graph on its way to JSON."""

    def __init__(self, nodes: dict[str, Properties], context: Context, base: str) -> None:
        self.nodes = nodes
        self.base = base
        self.keys = {_expanded(name, definition): _key(name, definition) for name, definition in context.items()}
        self.claims: dict[str, list[str]] = {}
        self.nested: set[str] = set()
        if "claims" in context:
            self._nest()

    def _nest(self) -> None:
        for subject, properties in self.nodes.items():
            for situation in properties.get(own("about"), ()):
                self.claims.setdefault(str(situation), []).append(subject)
                self.nested.add(subject)
            for predicate in _INLINE & properties.keys():
                self.nested.update(value for value in properties[predicate] if isinstance(value, str))

    def top(self) -> list[str]:
        """What stands at the top: documents, situations, entities, in their order."""
        ranks = {own(name): rank for rank, name in enumerate(_FIRST_KINDS)}
        found = [name for name in self.nodes if name not in self.nested and not name.startswith("_:")]
        return sorted(
            found, key=lambda name: min((ranks.get(str(t), 9) for t in self.nodes[name].get(TYPE, ())), default=9)
        )

    def node(self, subject: str) -> dict[str, object]:
        properties = self.nodes[subject]
        written: dict[str, object] = {"id": self._id(subject)}
        if TYPE in properties:
            written["type"] = _one([self._short(str(value)) for value in properties[TYPE]])
        for predicate, values in properties.items():
            nested_in = predicate == own("about") and subject in self.nested
            if predicate != TYPE and not nested_in:
                key = self.keys.get(predicate) or _Key(self._short(predicate), None, None)
                written[key.name] = self._values(predicate, key, values)
        if subject in self.claims:
            written["claims"] = [self.node(claim) for claim in self.claims[subject]]
        return written

    def _values(self, predicate: str, key: _Key, values: list[str | Text]) -> object:
        if key.container == "@list":
            return [self._value(item, key) for item in self._items(str(values[0]))]
        if predicate in _INLINE:
            found: list[object] = [self.node(str(value)) for value in values]
        else:
            found = [self._value(value, key) for value in values]
        return found if key.container == "@set" else _one(found)

    def _items(self, cell: str) -> Iterator[str | Text]:
        while cell != NIL:
            yield self.nodes[cell][FIRST][0]
            cell = str(self.nodes[cell][REST][0])

    def _value(self, value: str | Text, key: _Key) -> object:
        if isinstance(value, Text):
            return self._literal(value, key.type)
        if key.type == "@vocab":
            return self._short(value)
        return self._id(value) if key.type == "@id" else {"id": self._id(value)}

    def _literal(self, value: Text, expected: str | None) -> object:
        text, datatype = value
        if expected and datatype == _iri(expected):
            return text
        if datatype == STRING:
            return {"@value": text} if expected else text
        if datatype == BOOLEAN and text in {"true", "false"} and not expected:
            return text == "true"
        if datatype == INTEGER and not expected and str(int(text)) == text:
            return int(text)
        return {"@value": text, "@type": self._short(datatype)}

    def _id(self, iri: str) -> str:
        return relative(iri, self.base) or iri

    def _short(self, iri: str) -> str:
        """The name under the own vocabulary, else ``prefix:name``, else the address."""
        if iri.startswith(str(KG)):
            return iri[len(str(KG)) :]
        for prefix, namespace in ALL_PREFIXES.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri


def _one(values: list[Any]) -> object:
    return values[0] if len(values) == 1 else values


def _key(name: str, definition: object) -> _Key:
    table = definition if isinstance(definition, dict) else {}
    return _Key(name, table.get("@type"), table.get("@container"))


def _expanded(name: str, definition: object) -> str:
    """The address of the property that a key of the context stands for; a reversed one is none."""
    table: Context = definition if isinstance(definition, dict) else {"@id": definition}
    return _iri(table["@id"]) if "@id" in table else f"reverse of {name}"


def _iri(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return ALL_PREFIXES[prefix] + local if colon and prefix in ALL_PREFIXES else name
