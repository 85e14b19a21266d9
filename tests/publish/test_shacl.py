from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge import CLAIMS, GONE, KNOWLEDGE, VELHO
from rdflib import XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph import build
from kg.publish import shacl, shapes
from kg.publish.rdf import iri, to_rdf
from kg.publish.vocabulary import KG, NIF

GOOD = to_rdf(build(KNOWLEDGE))
CLAIM = iri(next(c.id for c in CLAIMS if c.about == GONE))
TRIPLES = sorted(GOOD)
VALUES: list[Node] = [
    Literal("x"),
    Literal(""),
    Literal(-1),
    Literal("0.5", datatype=XSD.decimal),
    Literal("1.5", datatype=XSD.decimal),
    Literal("2019-01-03", datatype=XSD.date),
    Literal("x", lang="en"),
    KG.positive,
    KG.Person,
    KG.Asserted,
    CLAIM,
    iri(GONE),
    iri(VELHO.id),
    URIRef("https://elsewhere.example/x"),
]
#: As offsets these make rdflib's SPARQL engine, and so pySHACL, break down.
CRASHING = {"0.5", "1.5"}
Change = tuple[str, int, int]
CHANGES = st.tuples(
    st.sampled_from(["remove", "add", "replace"]),
    st.integers(0, len(TRIPLES) - 1),
    st.integers(0, len(VALUES) - 1),
)


def changed(changes: list[Change]) -> Graph:
    graph = Graph()
    for triple in GOOD:
        graph.add(triple)
    for how, which, value in changes:
        subject, predicate, before = TRIPLES[which]
        if predicate in {NIF.beginIndex, NIF.endIndex} and str(VALUES[value]) in CRASHING:
            continue
        if how != "add":
            graph.remove((subject, predicate, before))
        if how != "remove":
            graph.add((subject, predicate, VALUES[value]))
    return graph


def found(graph: Graph) -> set[str]:
    store = ox.Store()
    store.bulk_load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return {f"{fault.node}: {fault.message}" for fault in shacl.faults(store)}


def expected(graph: Graph) -> set[str]:
    """What pySHACL finds, without the values."""
    return {re.sub(r" \(found: .*\)\Z", "", line, flags=re.DOTALL) for line in shapes.validate(graph)}


def test_a_good_graph_has_no_fault() -> None:
    assert found(GOOD) == set()


def test_there_is_a_question_for_every_constraint() -> None:
    graph = Graph().parse(shapes.SHAPES)
    known = {*shacl._COMPONENTS, *shacl._BESIDE}
    used = {p for _, p, _ in graph if str(p).startswith("http://www.w3.org/ns/shacl#")}
    beside = {"declare", "prefix", "namespace", "prefixes", "select", "inversePath"}
    assert {str(p).partition("#")[2] for p in used - known} == beside
    assert len(shacl.questions()) > 60


@pytest.mark.parametrize("part", range(4))
def test_without_some_properties_pyshacl_finds_the_same(part: int) -> None:
    gone = set(sorted({predicate for _, predicate, _ in TRIPLES})[part::4])
    graph = Graph()
    for triple in GOOD:
        if triple[1] not in gone:
            graph.add(triple)
    assert found(graph) == expected(graph) != set()


@pytest.mark.parametrize("value", range(len(VALUES)))
def test_whatever_stands_there_pyshacl_finds_the_same(value: int) -> None:
    """Every property of some node has this value, instead of its own or beside it."""
    firsts = {predicate: i for i, (_, predicate, _) in enumerate(TRIPLES)}
    changes = [(("replace", "add")[(n + value) % 2], i, value) for n, i in enumerate(firsts.values())]
    graph = changed(changes)
    assert found(graph) == expected(graph) != set()


@given(st.lists(CHANGES, min_size=4, max_size=16))
@settings(max_examples=8)
def test_however_a_graph_is_broken_pyshacl_finds_the_same(changes: list[Change]) -> None:
    graph = changed(changes)
    assert found(graph) == expected(graph)


def test_a_fault_says_what_was_found() -> None:
    graph = changed([])
    graph.set((CLAIM, KG.confidence, Literal("1.5", datatype=XSD.decimal)))
    store = ox.Store()
    store.bulk_load(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    [fault] = shacl.faults(store)
    assert fault == shacl.Fault(
        str(CLAIM), str(KG.confidence), "a claim needs one kg:confidence, a decimal from 0 to 1", "1.5"
    )


@pytest.mark.parametrize(
    ("predicate", "datatype", "message"),
    [
        (KG.earliest, XSD.date, "kg:earliest is one xsd:date and not after kg:latest"),
        (KG.confidence, XSD.decimal, "a claim needs one kg:confidence, a decimal from 0 to 1"),
        (KG.named, XSD.boolean, "an entity needs kg:named, true or false"),
        (NIF.beginIndex, XSD.integer, "nif:beginIndex must be one integer that is not negative"),
    ],
)
def test_a_text_that_is_none_of_its_type_is_found(predicate: URIRef, datatype: URIRef, message: str) -> None:
    """PySHACL breaks down at some of these."""
    graph = changed([])
    subject = next(s for s, p, _ in TRIPLES if p == predicate)
    graph.set((subject, predicate, Literal("soon", datatype=datatype, normalize=False)))
    assert f"{subject}: {message}" in found(graph)
