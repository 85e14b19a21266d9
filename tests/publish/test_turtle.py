from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from kg.errors import OutputError
from kg.publish.turtle import turtle
from kg.publish.vocabulary import KG

BASE = "https://kg.example/id/"
A, P = URIRef(BASE + "a"), KG.about


def graph_of(*triples: tuple[URIRef | BNode, URIRef, URIRef | BNode | Literal]) -> Graph:
    graph = Graph(bind_namespaces="none")
    graph.bind("kg", KG)
    graph.bind("xsd", XSD)
    for triple in triples:
        graph.add(triple)
    return graph


def read(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Literal("plain"), '"plain"'),
        (Literal('say "no" \\ never'), r'"say \"no\" \\ never"'),
        (Literal("two\nlines\r"), '"""two\nlines\\r"""'),
        (Literal('""" at\nthe end"'), '"""\\"\\"\\" at\nthe end\\""""'),
        (Literal("\x00\x1b"), '"\\u0000\\u001B"'),
        (Literal("hallo", lang="de"), '"hallo"@de'),
        (Literal(7), "7"),
        (Literal("0.75", datatype=XSD.decimal), "0.75"),
        (Literal("7", datatype=XSD.decimal, normalize=False), '"7"^^xsd:decimal'),
        (Literal(True), "true"),
        (Literal("2020-01-02", datatype=XSD.date), '"2020-01-02"^^xsd:date'),
        (KG.agent, "kg:agent"),
        (URIRef(KG + "a.b"), "<https://kg.example/ontology#a.b>"),
        (URIRef(BASE + "entity/k/0-4"), "<entity/k/0-4>"),
        (URIRef(BASE + "document/k#char=0,4"), "<document/k#char=0,4>"),
        (URIRef(BASE), f"<{BASE}>"),
        (URIRef(BASE + "../x"), f"<{BASE}../x>"),
        (URIRef(BASE + "a/."), f"<{BASE}a/.>"),
        (URIRef(BASE + "/x"), f"<{BASE}/x>"),
        (URIRef(BASE + "a:b"), f"<{BASE}a:b>"),
    ],
)
def test_how_a_value_is_written(value: URIRef | Literal, written: str) -> None:
    text = turtle(graph_of((A, P, value)), base=BASE)
    assert f"kg:about {written} ." in text
    assert list(read(text)) == [(A, P, value)]


def test_only_the_prefixes_that_are_used_are_declared() -> None:
    text = turtle(graph_of((A, P, Literal("x"))))
    assert text == (f'@prefix kg: <https://kg.example/ontology#> .\n\n# Other\n\n<{BASE}a> kg:about "x" .\n')


def test_a_base_that_is_no_folder_is_not_used() -> None:
    assert "@base" not in turtle(graph_of((A, P, A)), base="https://kg.example/id#")


def test_numbers_in_addresses_are_counted_and_kinds_stand_together() -> None:
    nodes = [URIRef(f"{BASE}entity/{n}") for n in (10, 9, 2)]
    graph = graph_of(*((node, RDF.type, KG.Entity) for node in nodes), (A, RDF.type, KG.Document), (A, RDF.type, KG.X))
    lines = [line for line in turtle(graph, base=BASE).splitlines() if line and not line.startswith("@")]
    assert lines == [
        "# Documents",
        "<a> a kg:Document, kg:X .",
        "# Entities",
        *(f"<entity/{n}> a kg:Entity ." for n in (2, 9, 10)),
    ]


def test_lists_are_written_as_lists() -> None:
    graph = graph_of((A, P, head := BNode()))
    Collection(graph, head, [KG.agent, Literal("x")])
    text = turtle(graph, base=BASE)
    assert 'kg:about (kg:agent "x") .' in text
    assert isomorphic(read(text), graph)


def test_other_blank_nodes_are_refused() -> None:
    with pytest.raises(OutputError, match="a blank node that is no list"):
        turtle(graph_of((A, P, BNode("x")), (BNode("x"), P, A)))


texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c/d"]), texts), max_size=8))
def test_any_text_comes_back_the_same(pairs: list[tuple[str, str]]) -> None:
    graph = graph_of(*((URIRef(BASE + name), P, Literal(text)) for name, text in pairs))
    text = turtle(graph, base=BASE)
    assert set(read(text)) == set(graph)
    assert len(list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))) == len(graph)
    reverse = graph_of(*((URIRef(BASE + name), P, Literal(text)) for name, text in reversed(pairs)))
    assert turtle(reverse, base=BASE) == text
