"""The endpoint as the SPARQL 1.1 Protocol has it: by hand, and through clients of other people."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import Served
from SPARQLWrapper import CSV, JSON, TSV, TURTLE, XML, SPARQLWrapper

from kg.errors import QueryError
from kg.publish.server import protocol

NAMES = "SELECT ?name WHERE { ?who a kg:Person ; rdfs:label ?name ; kg:named true } ORDER BY ?name"
PEOPLE = ["Ana Velho", "Rui Velho"]
FORM = "application/x-www-form-urlencoded"
SPARQL_XML = "{http://www.w3.org/2005/sparql-results#}"


def names(text: str) -> list[str]:
    return [row["name"] for row in csv.DictReader(io.StringIO(text))]


@pytest.mark.parametrize(
    ("method", "path", "media", "body"),
    [
        ("GET", f"/sparql?{urlencode({'query': NAMES})}", None, None),
        ("POST", "/sparql", "application/sparql-query", NAMES),
        ("POST", "/sparql", "application/sparql-query; charset=UTF-8", NAMES),
        ("POST", "/sparql", FORM, urlencode({"query": NAMES})),
    ],
)
def test_a_query_comes_in_each_way_of_the_protocol(
    server: Served, method: str, path: str, media: str | None, body: str | None
) -> None:
    headers = {"accept": "text/csv"} | ({"content_type": media} if media else {})
    told = server.ask(path, method=method, body=body, **headers)
    assert (told.status, told.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert names(told.text) == PEOPLE


def test_rows_in_each_format(server: Served) -> None:
    told = {media: server.sparql(NAMES, media).text for media in protocol.WRITERS["select"]}
    for media in ("application/sparql-results+json", "application/json"):
        found = json.loads(told[media])
        assert found["head"] == {"vars": ["name"]}
        assert [row["name"] for row in found["results"]["bindings"]] == [
            {"type": "literal", "value": name} for name in PEOPLE
        ]
    assert told["text/tab-separated-values"] == '?name\n"Ana Velho"\n"Rui Velho"\n'
    for media in ("application/sparql-results+xml", "application/xml", "text/xml"):
        tree = ElementTree.fromstring(told[media])
        assert [each.text for each in tree.iter(f"{SPARQL_XML}literal")] == PEOPLE


@pytest.mark.parametrize(("accept", "given"), [("", "application/sparql-results+json"), ("text/*;q=0.3", "text/csv")])
def test_whoever_has_no_wish_gets_json_and_others_what_they_wish(server: Served, accept: str, given: str) -> None:
    assert server.sparql(NAMES, accept).headers["content-type"] == f"{given}; charset=utf-8"


def test_what_nobody_can_give_is_an_error_that_says_what_there_is(server: Served) -> None:
    told = server.sparql(NAMES, "image/png")
    assert told.status == 406
    assert "application/sparql-results+json" in told.text


def test_statements_in_each_format(server: Served) -> None:
    query = "CONSTRUCT { ?who rdfs:label ?name } WHERE { ?who a kg:Person ; rdfs:label ?name ; kg:named true }"
    for media, kind in {"text/turtle": "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml"}.items():
        told = server.sparql(query, media)
        found = rdflib.Graph().parse(data=told.text, format=kind)
        assert sorted(map(str, found.objects())) == PEOPLE, media


@pytest.mark.parametrize(("query", "yes"), [("ASK { ?who a kg:Person }", True), ("ASK { ?who a kg:Coup }", False)])
def test_yes_and_no(server: Served, query: str, yes: bool) -> None:
    assert json.loads(server.sparql(query, "application/sparql-results+json").text) == {"head": {}, "boolean": yes}
    tree = ElementTree.fromstring(server.sparql(query, "application/sparql-results+xml").text)
    assert tree.findtext(f"{SPARQL_XML}boolean") == str(yes).lower()


def test_sparqlwrapper_asks_in_every_way_that_it_has(server: Served) -> None:
    client = SPARQLWrapper(f"{server.address}sparql")
    client.setQuery("PREFIX kg: <https://kg.example/ontology#>\n" + NAMES)
    for method in ("GET", "POST"):
        client.setMethod(method)
        for form in (JSON, XML):
            client.setReturnFormat(form)
            found = client.queryAndConvert()
            rows = (
                [row["name"]["value"] for row in found["results"]["bindings"]]
                if form == JSON
                else [each.firstChild.data for each in found.getElementsByTagName("literal")]
            )
            assert rows == PEOPLE
        for form in (CSV, TSV):
            client.setReturnFormat(form)
            assert b"Ana Velho" in client.queryAndConvert()
    client.setQuery("PREFIX kg: <https://kg.example/ontology#> CONSTRUCT WHERE { ?who a kg:Person }")
    client.setReturnFormat(TURTLE)
    found = rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")
    assert len(found) >= 2


def test_rdflib_takes_the_server_for_a_store(server: Served) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.address}sparql"))
    kind = rdflib.URIRef("https://kg.example/ontology#Claim")
    found = list(graph.triples((None, rdflib.RDF.type, kind)))
    assert len(found) > 5
    assert sorted(str(row[0]) for row in graph.query(f"PREFIX kg: <https://kg.example/ontology#> {NAMES}")) == PEOPLE


WRONG = {
    "nothing": ("/sparql", "ask one question"),
    "two": ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "ask one question"),
    "broken": ("/sparql?query=SELECT+%3Fs+WHERE+%7B", "not well-formed SPARQL"),
    "an escape": ("/sparql?query=ASK+%zz", "% that begins no escape"),
    "no UTF-8": ("/sparql?query=ASK+%ff%fe", "not UTF-8"),
    "another graph": ("/sparql?query=ASK%7B%7D&default-graph-uri=http://a.example/", "only this one graph"),
    "many fields": ("/sparql?" + "&".join(f"a{i}=1" for i in range(30)), "more than 20 fields"),
    "a name": ("/sparql?query=ASK%7B%3Fs+a+kg%3APrson%7D", 'did you mean "kg:Person"'),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_request_is_told_in_a_sentence(server: Served, case: str) -> None:
    path, why = WRONG[case]
    told = server.ask(path)
    assert told.status == 400
    assert why.casefold() in told.text.casefold()
    assert told.headers["content-type"] == "text/plain; charset=utf-8"
    assert told.text.count("\n") == 1


@pytest.mark.parametrize("media", ["", "text/plain", "application/json", "application/sparql-query; charset=latin-1"])
def test_a_body_that_is_no_query_is_refused(server: Served, media: str) -> None:
    told = server.ask("/sparql", method="POST", body="ASK {}", content_type=media)
    assert told.status == 415
    assert "application/sparql-query" in told.text or "UTF-8" in told.text


def test_other_methods_and_addresses_have_nothing(server: Served) -> None:
    assert server.ask("/sparql", method="PUT", body="x").status == 405
    assert server.ask("/", method="POST", body="x").status == 405
    assert server.ask("/nothing").status == 404
    assert server.ask("/sparql", method="OPTIONS").headers.get("access-control-allow-origin") is None


def test_the_questions_that_ship_are_filled_in(server: Served) -> None:
    told = server.ask("/question?name=posts&person=ana+velho&country=")
    assert told.status == 200
    assert "/14-23>" in told.text
    rows = list(csv.DictReader(io.StringIO(server.sparql(told.text).text)))
    assert {row["person"] for row in rows} == {"Ana Velho"}
    for path, why in {
        "name=nothing": "no query is called",
        "name=posts&person=Zz": "nothing in the graph is called",
        "name=dossier": "needs a value for person",
        "person=x": "no query is called",
    }.items():
        wrong = server.ask(f"/question?{path}")
        assert wrong.status == 400
        assert why in wrong.text.lower()


@pytest.mark.parametrize(
    ("accept", "form", "media"),
    [
        ("text/html, */*;q=0.1", "select", "application/sparql-results+json"),
        ("text/csv;q=0, text/*", "select", "text/tab-separated-values"),
        ("TEXT/CSV", "select", "text/csv"),
        ("text/csv;q=2, text/xml;q=nonsense", "select", "text/csv"),
        (",;,", "triples", "text/turtle"),
        ("application/sparql-results+json", "triples", None),
    ],
)
def test_wishes(accept: str, form: str, media: str | None) -> None:
    assert protocol.chosen(accept, form) == media


def test_a_body_that_is_no_text_is_no_query() -> None:
    with pytest.raises(QueryError, match="not UTF-8"):
        protocol.question("POST", "application/sparql-query", "", b"\xff")
