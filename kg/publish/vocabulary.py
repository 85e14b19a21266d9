"""Every term that the graph may use, as a closed set, and the ontology file that defines them.

``python -m kg.publish.vocabulary`` writes ``ontology.ttl`` anew from ``terms.toml`` and the rules.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from kg.errors import VocabularyError

if TYPE_CHECKING:
    from kg.rules.schema import EventClass, EventRules

KG = Namespace("https://kg.example/ontology#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
SCHEMA = Namespace("https://schema.org/")

#: The prefixes of everything that is written, and those that a query may use undeclared.
PREFIXES: dict[str, str] = {
    "kg": str(KG),
    "nif": str(NIF),
    "owl": str(OWL),
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "skos": str(SKOS),
    "xsd": str(XSD),
}
_LINKED = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "time": "http://www.w3.org/2006/time#",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
ALL_PREFIXES = PREFIXES | _LINKED
_MATCHES = ("closeMatch", "relatedMatch")
_FOLDER = Path(__file__).parent
ONTOLOGY = _FOLDER / "ontology.ttl"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary: ``kind`` is class, value, property, role or links."""

    name: str
    kind: str
    table: Mapping[str, Any]


@cache
def terms() -> Mapping[str, Term]:
    """The terms of ``terms.toml`` by name, in its order."""
    tables = tomllib.loads((_FOLDER / "terms.toml").read_text(encoding="utf-8"))
    tables.pop("links")
    return {name: Term(name, kind, table) for kind, group in tables.items() for name, table in group.items()}


@cache
def term(name: str) -> URIRef:
    """The IRI of one of the vocabulary's own terms.

    >>> term("agent")
    rdflib.term.URIRef('https://kg.example/ontology#agent')

    Raises ``VocabularyError`` for a name that is not a term.
    """
    if name not in terms():
        raise VocabularyError(f'"{name}" is no term of the vocabulary{suggest(name, terms())}')
    return KG[name]


def situation_class(name: str, classes: Collection[str]) -> URIRef:
    """The IRI of a class of events or states; ``classes`` are those that the rules define.

    Raises ``VocabularyError`` for a name that is neither one of them nor ``Event`` or ``State``.
    """
    if name not in classes and name not in {"Event", "State"}:
        raise VocabularyError(f'"{name}" is no class of events or states{suggest(name, classes)}')
    return KG[name]


def suggest(name: str, known: Iterable[str], *, prefix: str = "") -> str:
    """The end of a sentence about an unknown name: the known one that is most like it, or a full stop.

    >>> suggest("agnet", ["agent", "patient"])
    '; did you mean "agent"?'
    """
    folded = {each.casefold(): each for each in sorted(known)}
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return f'; did you mean "{prefix}{folded[close[0]]}"?' if close else "."


def shipped_classes() -> frozenset[str]:
    """The classes of events and states of the rules that ship with the package."""
    from kg.rules import schema

    return frozenset(schema.load().classes)


# ------------------------------------------------------------------ the ontology
def expand(name: str) -> URIRef:
    """``"schema:Person"`` or a term's bare name as an IRI."""
    prefix, colon, local = name.partition(":")
    return URIRef(ALL_PREFIXES[prefix] + local) if colon else term(name)


def ontology(rules: EventRules) -> Graph:
    """The vocabulary as OWL: the own terms, and the classes of events and states of ``rules``."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in ALL_PREFIXES.items():
        graph.bind(prefix, namespace)
    whole = URIRef(str(KG).rstrip("#"))
    graph.add((whole, RDF.type, OWL.Ontology))
    graph.add((whole, RDFS.label, Literal("Who says that what happened: the vocabulary of kg")))
    graph.add((whole, RDFS.comment, Literal(_ABOUT)))
    for each in terms().values():
        _KINDS[each.kind](graph, each)
    links = tomllib.loads((_FOLDER / "terms.toml").read_text(encoding="utf-8"))["links"]
    for event_class in rules.classes.values():
        _add_situation_class(graph, event_class, links.get(event_class.name, {}))
    return graph


_ABOUT = (
    "Documents make claims, claims are about situations, and situations have entities in their roles. "
    "A situation is what is spoken of, not what is so: read kg:status and the claims before taking it for true. "
    "Links from situations and roles to other vocabularies are SKOS matches, from which no reasoner concludes anything."
)


def _describe(graph: Graph, node: URIRef, name: str, table: Mapping[str, Any]) -> None:
    graph.add((node, RDFS.label, Literal(spoken(name))))
    graph.add((node, SKOS.definition, Literal(table["definition"])))
    graph.add((node, RDFS.isDefinedBy, URIRef(str(KG).rstrip("#"))))
    if "example" in table:
        graph.add((node, SKOS.example, Literal(table["example"])))
    _add_matches(graph, node, table)


def _add_matches(graph: Graph, node: URIRef, table: Mapping[str, Any]) -> None:
    for match in _MATCHES:
        for other in table.get(match, ()):
            graph.add((node, SKOS[match], expand(other)))


def spoken(name: str) -> str:
    """``"AsylumRequest"`` -> ``"asylum request"``."""
    return "".join(f" {c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def _add_class(graph: Graph, each: Term) -> None:
    node = term(each.name)
    graph.add((node, RDF.type, OWL.Class))
    _describe(graph, node, each.name, each.table)
    if "broader" in each.table:
        graph.add((node, RDFS.subClassOf, term(each.table["broader"])))
    for above in each.table.get("subClassOf", ()):
        graph.add((node, RDFS.subClassOf, expand(above)))


def _add_value(graph: Graph, each: Term) -> None:
    node = term(each.name)
    graph.add((node, RDF.type, OWL.NamedIndividual))
    graph.add((node, RDF.type, term(each.table["of"])))
    _describe(graph, node, each.name, each.table)


def _add_property(graph: Graph, each: Term) -> None:
    node = term(each.name)
    literal = each.table.get("range", "").startswith("xsd:")
    graph.add((node, RDF.type, OWL.DatatypeProperty if literal else OWL.ObjectProperty))
    _describe(graph, node, each.name, each.table)
    # schema.org's two say where a property is used; rdfs:domain and rdfs:range would conclude from its use
    for domain in each.table.get("domain", ()):
        graph.add((node, SCHEMA.domainIncludes, expand(domain)))
    if "range" in each.table:
        graph.add((node, SCHEMA.rangeIncludes, expand(each.table["range"])))


def _add_role(graph: Graph, each: Term) -> None:
    table = {"domain": ["Situation", "Claim"], **each.table}
    _add_property(graph, Term(each.name, "property", table))
    for filler in ("Entity", "Situation"):
        graph.add((term(each.name), SCHEMA.rangeIncludes, term(filler)))


_KINDS = {"class": _add_class, "value": _add_value, "property": _add_property, "role": _add_role}


def _add_situation_class(graph: Graph, each: EventClass, links: Mapping[str, Any]) -> None:
    node = KG[each.name]
    graph.add((node, RDF.type, OWL.Class))
    graph.add((node, RDFS.subClassOf, term("State" if each.state else "Event")))
    _describe(graph, node, each.name, {"definition": each.definition, "example": each.example, **links})
    if each.plover:
        graph.add((node, term("plover"), Literal(each.plover)))
    for role in each.roles:
        graph.add((node, term("hasRole"), term(role)))


def main() -> None:
    """Write ``ontology.ttl`` from the rules that ship."""
    from kg.publish.turtle import turtle
    from kg.rules import schema

    ONTOLOGY.write_bytes(turtle(ontology(schema.load())).encode("utf-8"))


if __name__ == "__main__":
    main()
