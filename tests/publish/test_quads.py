from __future__ import annotations

import pyoxigraph as ox
import pytest
from hostile import HOSTILE, hostile
from hypothesis import given
from hypothesis import strategies as st
from knowledge import FIRST, KNOWLEDGE, SECOND
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg.graph import build
from kg.publish import quads, rdf
from kg.publish.statements import STRING, Statement, Text, statements
from kg.publish.vocabulary import KG, NIF

WRITERS = {"nquads": quads.nquads, "trig": quads.trig}
FORMATS = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}


def written(kind: str) -> str:
    return "".join(WRITERS[kind](statements(build(KNOWLEDGE))))


def read_by_oxigraph(text: str, kind: str) -> ox.Store:
    store = ox.Store()
    store.bulk_load(text.encode("utf-8"), format=FORMATS[kind])
    return store


def union(store: ox.Store) -> Graph:
    triples = (ox.Quad(q.subject, q.predicate, q.object) for q in store)
    return Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


@pytest.mark.parametrize("kind", WRITERS)
def test_the_union_of_the_graphs_is_the_turtle(kind: str) -> None:
    turtle = Graph().parse(data=rdf.to_turtle(build(KNOWLEDGE)), format="turtle")
    assert isomorphic(union(read_by_oxigraph(written(kind), kind)), turtle)
    theirs = Graph()
    for subject, predicate, value, _ in Dataset().parse(data=written(kind), format=kind).quads():
        theirs.add((subject, predicate, value))
    assert isomorphic(theirs, turtle)


@pytest.mark.parametrize("kind", WRITERS)
def test_what_a_document_says_is_in_its_graph_and_what_was_merged_in_none(kind: str) -> None:
    store = read_by_oxigraph(written(kind), kind)
    graphs = {graph.value for graph in store.named_graphs()}
    assert graphs == {str(rdf.iri(f"document/{document.key}")) for document in (FIRST, SECOND)}
    kinds = "SELECT DISTINCT ?kind {{ {} ?x a ?kind {} }} ORDER BY ?kind"
    named = {row["kind"].value for row in store.query(kinds.format("GRAPH ?g {", "}"))}
    merged = {row["kind"].value for row in store.query(kinds.format("", ""))}
    assert named == {str(KG.Claim), str(KG.Document), str(NIF.Context), str(NIF.RFC5147String)}
    assert {str(KG.Entity), str(KG.Person), str(KG.Event), str(KG.Tenure)} <= merged
    assert not named & merged
    [row] = store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?c <https://kg.example/ontology#status> ?s } }")
    assert row["n"].value == "0"


@pytest.mark.parametrize("kind", WRITERS)
def test_no_statement_stands_twice(kind: str) -> None:
    found = list(ox.parse(written(kind).encode(), format=FORMATS[kind]))
    assert len(found) == len(set(found)) == len(list(statements(build(KNOWLEDGE))))


def test_many_lines_come_in_pieces_and_none_is_lost() -> None:
    said = [Statement(None, "https://x.example/s", "https://x.example/p", Text(str(n), STRING)) for n in range(2500)]
    pieces = list(quads.nquads(said))
    assert [piece.count("\n") for piece in pieces] == [1000, 1000, 500]
    assert "".join(pieces).splitlines()[-1].endswith('"2499" .')


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_literal(kind: str, text: str) -> None:
    check(text, kind)


@given(st.text(min_size=1, max_size=12), st.sampled_from(sorted(WRITERS)))
def test_any_text_is_one_literal(text: str, kind: str) -> None:
    check(text, kind)


def check(text: str, kind: str) -> None:
    said = list(statements(build(hostile(text, text))))
    store = read_by_oxigraph("".join(WRITERS[kind](said)), kind)
    values = {quad.object.value for quad in store if isinstance(quad.object, ox.Literal)}
    assert values == {each.value.text for each in said if isinstance(each.value, Text)}
    assert len(store) == len(said)
