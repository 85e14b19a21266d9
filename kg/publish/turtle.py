"""An RDF graph as Turtle that people can read, the same bytes for the same statements.

rdflib's own writer leaves the order of blank nodes to chance and knows nothing of what a
reader wants to see first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import groupby

from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.errors import OutputError
from kg.publish.addresses import relative
from kg.publish.vocabulary import KG, NIF, term, terms

#: Sections in their order: a heading and the types whose nodes stand under it.
_SECTIONS: tuple[tuple[str, tuple[URIRef, ...]], ...] = (
    ("The vocabulary", (OWL.Ontology,)),
    ("Classes", (OWL.Class,)),
    ("Properties", (OWL.ObjectProperty, OWL.DatatypeProperty)),
    ("Values", (OWL.NamedIndividual,)),
    ("Documents", (KG.Document,)),
    ("Entities", (KG.Entity,)),
    ("Situations", (KG.Event, KG.State)),
    ("Claims", (KG.Claim,)),
    ("Words of the documents", (NIF.RFC5147String,)),
)
_OTHER = "Other"
_FIRST = (RDF.type, RDFS.label, SKOS.altLabel, SKOS.definition, SKOS.example, RDFS.subClassOf, KG.about, KG.status)
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+\Z"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+\Z"),
    XSD.boolean: re.compile(r"true\Z|false\Z"),
}
_IRI_BREAKS = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_BREAKS = re.compile(r'[\\"\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\r": "\\r", "\f": "\\f", "\b": "\\b"}


def turtle(graph: Graph, *, base: str | None = None) -> str:
    """The graph as Turtle, ending in a line break; IRIs under ``base`` are written relative to it.

    The order is that of the sections above and of the IRIs in them, with numbers counted.
    Blank nodes must be those of well-formed lists. Raises ``OutputError`` otherwise.
    """
    return _Writer(graph, base=base if base and base.endswith("/") else None).text()


def header(prefixes: Iterable[tuple[str, str]], *, base: str | None) -> str:
    """The lines that declare a base and prefixes, for a file that is written in pieces."""
    lines = [f"@base <{base}> .\n"] if base and base.endswith("/") else []
    return "".join([*lines, *(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes)])


def body(graph: Graph, *, base: str | None = None) -> str:
    """The same as ``turtle`` without the header, whose prefixes must be all that ``graph`` has bound."""
    return _Writer(graph, base=base if base and base.endswith("/") else None).body()


def natural(text: str) -> list[tuple[int, str]]:
    """A sort key that counts: ``"x9"`` comes before ``"x10"``.

    >>> sorted(["x10", "x9"], key=natural)
    ['x9', 'x10']
    """
    parts = re.split(r"([0-9]+)", text)  # every second one is a number: the more digits, the larger
    return [(len(part.lstrip("0")), part.lstrip("0")) if i % 2 else (0, part) for i, part in enumerate(parts)]


class _Writer:
    """One graph on its way to text."""

    def __init__(self, graph: Graph, *, base: str | None) -> None:
        self.base = base
        self.prefixes = sorted((name, str(iri)) for name, iri in graph.namespaces())
        self.used: set[str] = set()
        self.subjects: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in graph:
            self.subjects[subject][predicate].append(value)

    def text(self) -> str:
        body = self.body()
        return header([each for each in self.prefixes if each[0] in self.used], base=self.base) + body

    def body(self) -> str:
        return "".join(self._body())

    def _body(self) -> Iterator[str]:
        nodes = [node for node in self.subjects if not isinstance(node, BNode)]
        headings = [heading for heading, _ in _SECTIONS] + [_OTHER]
        section = {node: headings.index(self._section(node)) for node in nodes}
        nodes.sort(key=lambda node: (section[node], natural(str(node))))
        for rank, group in groupby(nodes, key=section.__getitem__):
            yield f"\n# {headings[rank]}\n"
            for node in group:
                yield f"\n{self._subject(node)}"

    def _section(self, node: Node) -> str:
        types = self.subjects[node].get(RDF.type, ())
        return next((heading for heading, wanted in _SECTIONS if any(t in types for t in wanted)), _OTHER)

    def _subject(self, node: Node) -> str:
        lines = []
        for predicate in sorted(self.subjects[node], key=_predicate_key):
            name = "a" if predicate == RDF.type else self._node(predicate)
            values = ", ".join(self._node(value) for value in self._sorted(self.subjects[node][predicate]))
            lines.append(f"{name} {values}")
        return f"{self._node(node)} " + " ;\n    ".join(lines) + " .\n"

    def _sorted(self, values: Iterable[Node]) -> list[Node]:
        # own terms last: the most specific class stands after "kg:Event"
        return sorted(values, key=lambda v: (isinstance(v, Literal), v not in _GENERAL, natural(str(v)), repr(v)))

    def _node(self, node: Node) -> str:
        if isinstance(node, Literal):
            return self._literal(node)
        if isinstance(node, BNode):
            return f"({' '.join(self._node(item) for item in self._items(node))})"
        return self._iri(str(node))

    def _items(self, node: Node) -> Sequence[Node]:
        items = []
        while node != RDF.nil:
            cell = self.subjects[node]
            if not isinstance(node, BNode) or {len(cell[RDF.first]), len(cell[RDF.rest])} != {1} or len(cell) != 2:
                raise OutputError(f"a blank node that is no list cannot be written as Turtle: {node}")
            items.append(cell[RDF.first][0])
            node = cell[RDF.rest][0]
        return items

    def _iri(self, iri: str) -> str:
        if self.base and (below := relative(iri, self.base)):
            return f"<{below}>"
        for name, namespace in self._by_length:
            if iri.startswith(namespace) and _LOCAL.match(local := iri[len(namespace) :]):
                self.used.add(name)
                return f"{name}:{local}"
        return f"<{_IRI_BREAKS.sub(_unicode_escape, iri)}>"

    @cached_property
    def _by_length(self) -> list[tuple[str, str]]:
        return sorted(self.prefixes, key=lambda pair: -len(pair[1]))

    def _literal(self, literal: Literal) -> str:
        text, datatype = str(literal), literal.datatype
        if datatype in _BARE and _BARE[datatype].match(text):
            return text
        quoted = _quote(text)
        if literal.language:
            return f"{quoted}@{literal.language}"
        return f"{quoted}^^{self._iri(str(datatype))}" if datatype and datatype != XSD.string else quoted


_GENERAL = frozenset({KG.Entity, KG.Event, KG.State})


@cache
def _ranks() -> dict[Node, int]:
    own = [term(name) for name in terms()]
    return {predicate: rank for rank, predicate in enumerate(dict.fromkeys([*_FIRST, *own]))}


def _predicate_key(predicate: Node) -> tuple[int, str]:
    return _ranks().get(predicate, len(_ranks())), str(predicate)


def _quote(text: str) -> str:
    if "\n" in text:
        return f'"""{_BREAKS.sub(_escape, text)}"""'
    return f'"{_BREAKS.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or _unicode_escape(match)


def _unicode_escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"
