"""The graph as an RDF graph of rdflib, and as Turtle; what it says is told in ``kg.publish.statements``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

import networkx as nx
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.publish.addresses import BASE, address, check_base, visible
from kg.publish.statements import STRING, Statement, Text, statements
from kg.publish.turtle import turtle
from kg.publish.vocabulary import PREFIXES


def to_rdf(
    graph: nx.MultiDiGraph, *, base: str = BASE, text: bool = True, classes: Collection[str] | None = None
) -> Graph:
    """The graph as RDF, node IRIs under ``base``; ``text=False`` leaves the documents' texts out.

    ``classes`` are the classes of events and states that may occur; by default those of the
    rules that ship. Characters that RDF cannot hold are replaced one for one (see
    ``visible``), so that offsets stay right. Raises ``VocabularyError`` for a term that the
    vocabulary does not have and ``InputError`` for a base that is no absolute address.
    """
    return union(statements(graph, base=base, text=text, classes=classes))


def union(said: Iterable[Statement], prefixes: dict[str, str] = PREFIXES) -> Graph:
    """The statements as one graph of rdflib, whichever document they are from."""
    rdf = Graph(bind_namespaces="none")
    for prefix, namespace in prefixes.items():
        rdf.bind(prefix, namespace)
    for each in said:
        rdf.add((_node(each.subject), _node(each.predicate), _node(each.value)))
    return rdf


def to_turtle(
    graph: nx.MultiDiGraph, *, base: str = BASE, text: bool = True, classes: Collection[str] | None = None
) -> str:
    """The same as Turtle: the same bytes for the same graph."""
    return turtle(to_rdf(graph, base=base, text=text, classes=classes), base=base)


def iri(ident: str, *, base: str = BASE) -> URIRef:
    """The address of the node ``ident``.

    >>> str(iri("entity/0a/0-4"))
    'https://kg.example/id/entity/0a/0-4'
    """
    return URIRef(address(ident, base=base))


def _node(value: str | Text) -> Node:
    if not isinstance(value, Text):
        return _named(value)
    if value.datatype == STRING:
        return Literal(value.text)
    return Literal(value.text, datatype=_named(value.datatype), normalize=False)


@lru_cache(maxsize=4096)  # predicates, classes, and nodes that come many times in a row
def _named(address: str) -> URIRef | BNode:
    return BNode(address.removeprefix("_:")) if address.startswith("_:") else URIRef(address)


__all__ = ["BASE", "check_base", "iri", "to_rdf", "to_turtle", "union", "visible"]
