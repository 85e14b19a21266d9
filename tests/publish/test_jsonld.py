from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hostile import HOSTILE, hostile
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge import FIRST, FLIGHT, GONE, KNOWLEDGE, VELHO
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.graph import build
from kg.model import Knowledge
from kg.publish import rdf, standard
from kg.publish.addresses import BASE, visible
from kg.publish.jsonld import jsonld
from kg.publish.statements import statements


def written(knowledge: Knowledge = KNOWLEDGE, base: str = BASE) -> str:
    return "".join(jsonld(statements(build(knowledge), base=base), base=base))


@pytest.fixture(scope="module")
def nodes() -> dict[str, Any]:
    return {node["id"]: node for node in json.loads(written())["@graph"]}


def test_a_situation_reads_like_json(nodes: dict[str, Any]) -> None:
    flight = nodes[FLIGHT]
    assert flight["type"] == ["Event", "Defection"]
    assert flight["status"] == "Disputed"
    assert flight["agent"] == [VELHO.id]
    relayed, denied, _ = flight["claims"]
    assert (relayed["certainty"], relayed["polarity"], denied["polarity"]) == ("certain", "positive", "negative")
    assert relayed["confidence"] == "0.9"
    assert relayed["document"] == f"document/{FIRST.key}"
    assert len(relayed["chain"]) == 1
    begin, end = relayed["evidence"]["begin"], relayed["evidence"]["end"]
    assert FIRST.text[begin:end] == relayed["evidence"]["quote"]
    assert nodes[GONE]["earliest"] == "2021-03-01"
    assert nodes[f"document/{FIRST.key}"]["date"] == "2021-03-04"
    assert nodes[VELHO.id]["mentions"][0]["quote"] == "Ana Velho"


def test_documents_come_first_and_claims_stand_in_their_situations(nodes: dict[str, Any]) -> None:
    kinds = [ident.partition("/")[0] for ident in nodes]
    assert list(dict.fromkeys(kinds)) == ["document", "situation", "entity"]


@pytest.mark.parametrize("base", [BASE, "https://news.example/id?n=", "urn:news:"])
def test_two_readers_find_the_statements_of_the_turtle(base: str) -> None:
    turtle = Graph().parse(data=rdf.to_turtle(build(KNOWLEDGE), base=base), format="turtle")
    text = written(base=base)
    assert isomorphic(Graph().parse(data=text, format="json-ld"), turtle)
    parsed = (quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.JSON_LD))
    triples = ox.serialize(parsed, format=ox.RdfFormat.N_TRIPLES)
    assert isomorphic(Graph().parse(data=triples, format="nt"), turtle)


def test_the_standard_view_is_json_ld_too() -> None:
    said = list(standard.statements(build(KNOWLEDGE)))
    text = "".join(jsonld(said, view="standard"))
    assert isomorphic(Graph().parse(data=text, format="json-ld"), rdf.union(said))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    check(text)


@given(st.text(min_size=1, max_size=12))
@settings(max_examples=40)
def test_any_text_stays_text(text: str) -> None:
    check(text)


def check(text: str) -> None:
    knowledge = hostile(text, text)
    raw = written(knowledge)
    assert json.loads(raw)["@graph"][0]["title"] == visible(text)
    store = ox.Store()
    store.bulk_load(raw.encode("utf-8"), format=ox.RdfFormat.JSON_LD)
    back = Graph().parse(data=store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()), format="nt")
    assert isomorphic(back, rdf.to_rdf(build(knowledge)))
