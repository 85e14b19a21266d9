from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from knowledge import KNOWLEDGE

from kg.errors import InputError, QueryError
from kg.graph import build
from kg.publish.answer import Answer
from kg.publish.query_text import check_query, tokens
from kg.publish.rdf import to_turtle
from kg.publish.sparql import load, named_queries, named_query, query


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    (folder / "graph.ttl").write_bytes(to_turtle(build(KNOWLEDGE)).encode())
    return folder


@pytest.fixture(scope="module")
def store(out: Path) -> ox.Store:
    return load(out)


def values(answer: Answer) -> list[tuple[str, ...]]:
    return [tuple(cell.value if cell else "" for cell in row) for row in answer.rows]


def ask(store: ox.Store, text: str) -> list[tuple[str, ...]]:
    return values(query(store, text))


# ------------------------------------------------------------------ the queries that ship
def test_there_are_more_than_fifteen() -> None:
    assert len(named_queries()) > 15
    assert list(named_queries()) == sorted(named_queries())


def test_an_unknown_name_is_an_error_that_helps() -> None:
    with pytest.raises(QueryError, match=r'no query is called "post"; did you mean "posts"\?'):
        named_query("post")
    with pytest.raises(QueryError, match=r'no query is called "xyz"\. There are between, claims-by-source'):
        named_query("xyz")


def test_posts(store: ox.Store) -> None:
    assert ask(store, named_query("posts").text) == [
        ("Ana Velho", "ambassador", "Norland", "Portugal", "", "", "Asserted", "Envoy missing in Lisbon")
    ]


def test_since_and_until_come_from_the_time() -> None:
    small = ox.Store()
    template = """@prefix kg: <https://kg.example/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <x:a> rdfs:label "Ann" . <x:{n}> a kg:Tenure ; kg:agent <x:a> ; kg:status kg:Asserted ; kg:edtf "{time}" ."""
    for n, time in enumerate(["2017-10/..", "2016", "../2015", "2001/2004"]):
        small.load(template.format(n=n, time=time).encode(), format=ox.RdfFormat.TURTLE)
    found = [row[4:6] for row in ask(small, named_query("posts").text)]
    assert sorted(found) == [("", "2015"), ("2001", "2004"), ("2016", ""), ("2017-10", "")]


def test_defections(store: ox.Store) -> None:
    answer = query(store, named_query("defections").text)
    assert answer.variables == tuple("person from to status says certainty according_to through words".split())
    assert [row[:8] for row in values(answer)] == [
        ("Ana Velho", "Norland", "", "Disputed", "yes", "certain", "a diplomat", "Farol"),
        ("Ana Velho", "Norland", "", "Disputed", "no", "certain", "Norland", ""),
        ("Ana Velho", "Norland", "", "Disputed", "no", "certain", "Rui Velho", ""),
    ]


def test_claims_by_source(store: ox.Store) -> None:
    about = "Defection: Ana Velho – from Norland"
    assert ask(store, named_query("claims-by-source").text) == [
        ("Norland", about, "no", "certain", "denied", "Norland’s government denied that Velho had defected."),
        ("Rui Velho", about, "no", "certain", "said", "Rui Velho said his sister did not defect."),
        ("a diplomat", about, "yes", "certain", "citing", "The daily Farol said she had defected, citing a diplomat."),
    ]


def test_disputed(store: ox.Store) -> None:
    rows = ask(store, named_query("disputed").text)
    assert {row[:2] for row in rows} == {("Defection: Ana Velho – from Norland", "Disputed")}
    assert [(row[2], row[4]) for row in rows] == [("yes", "a diplomat"), ("no", "Norland"), ("no", "Rui Velho")]


def test_timeline(store: ox.Store) -> None:
    assert [row[:5] for row in ask(store, named_query("timeline").text)] == [
        ("2021-03-01", "on Monday", "Disappearance", "Disappearance: Ana Velho – in Lisbon", "Asserted"),
        ("2021-03-08/2021-03-14", "next week", "Search", "Search: Inspectors – the embassy", "Hedged"),
    ]


# ------------------------------------------------------------------ questions of one's own
def test_the_prefixes_need_not_be_declared(store: ox.Store) -> None:
    assert ask(store, 'SELECT ?c { ?x rdfs:label "Farol" ; a ?c . FILTER (?c != kg:Entity) }') == [
        ("https://kg.example/ontology#NewsOutlet",)
    ]


def test_ask_and_construct(store: ox.Store) -> None:
    assert query(store, "ASK { ?x a kg:Coup }").rows[0][0] == (
        "false",
        "literal",
        "http://www.w3.org/2001/XMLSchema#boolean",
        None,
    )
    built = query(store, "CONSTRUCT { ?x kg:age ?y } WHERE { ?x kg:age ?y }")
    assert built.variables == ("subject", "predicate", "object")
    assert values(built)[0][2] == "51"


def test_kinds_of_values(store: ox.Store) -> None:
    [row] = query(store, 'SELECT ("a"@en AS ?x) (1 AS ?y) (BNODE() AS ?z) ("b" AS ?w) ?none {}').rows
    x, y, z, w, none = row
    assert x is not None and (x.language, x.datatype) == ("en", None)
    assert y is not None and y.datatype == "http://www.w3.org/2001/XMLSchema#integer"
    assert z is not None and z.kind == "bnode"
    assert w == ("b", "literal", None, None)
    assert none is None


def test_rows_beyond_the_limit_are_cut_and_said_to_be(store: ox.Store) -> None:
    text = "SELECT ?x { ?x a kg:Claim }"
    assert len(query(store, text, max_rows=3).rows) == 3
    assert not query(store, text, max_rows=3).complete
    assert query(store, text, max_rows=len(KNOWLEDGE.claims)).complete
    assert query(store, text, max_rows=None).complete


def test_a_query_without_end_is_given_up(store: ox.Store) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (?a != ?l) }"
    with pytest.raises(QueryError, match=r"given up after 0\.2 seconds"):
        query(store, endless, timeout=0.2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the query is empty"),
        ("# only a comment", "the query is empty"),
        ("PREFIX x: <y:>", "the query is empty"),
        ("SELEC ?x {}", 'not with "SELEC"; did you mean "SELECT"'),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT would change the graph"),
        ("PREFIX x: <y:> DELETE WHERE { ?s ?p ?o }", "DELETE would change the graph"),
        ("load <https://x.example/>", "LOAD would change the graph"),
        ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "column 12: SERVICE would ask another server"),
        ("SELECT *\n{ service\n?x { ?s ?p ?o } }", "line 2, column 3: SERVICE would ask another server"),
        (r"SELECT * { \u0053ERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE would ask another server"),
        ("SELECT * { FILTER(?a<?b)SERVICE<http://x.example/>{ ?s ?p ?o } }", "SERVICE would ask another server"),
        ("SELECT * FROM <http://x.example/> { ?s ?p ?o }", "FROM names another graph"),
        ("SELECT * { ?s kg:agnet ?o }", 'column 15: "kg:agnet" is not in the vocabulary; did you mean "kg:agent"?'),
        ("SELECT * {\n  ?s a kg:Tenur }", 'line 2, column 8: "kg:Tenur" is not in the vocabulary; did you mean'),
        ("SELECT * { ?s rdf:type ?o . ?s x:y ?z }", 'the prefix "x:" is not declared'),
        ("SELECT * { ?s rdff:label ?o }", 'the prefix "rdff:" is not declared; did you mean "rdf"'),
        ("SELECT * {\n  ?s rdfs:label \"x }", "the string that begins at line 2, column 17 has no end"),
        ("SELECT *\n{ ?s ?p }", 'line 2, column 10, after "}"'),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "the SELECT contains a variable that is unbound"),
        ("SELECT * { ?s ?p ?o", 'expected "," or "."'),
        ("ASK { ?s ?p ?o FILTER (1 <) }", "the query is not well-formed SPARQL at line 1"),
    ],
)  # fmt: skip
def test_what_is_refused_and_why(store: ox.Store, text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        query(store, text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?service { ?service rdfs:label "SERVICE FROM LOAD" }',
        "SELECT * { ?s rdfs:label '''it's\nSERVICE''' } # SERVICE",
        "PREFIX service: <http://x.example/service#> SELECT * { ?s service:from service:load }",
        "BASE <http://x.example/> PREFIX kg: <other#> SELECT ?x { ?x kg:whatever <SERVICE#FROM> }",
        "SELECT * { ?x a kg:Coup }",
        "SELECT * { ?x rdfs:label ?y FILTER (?y < 3 && ?y > 'kg:nothing') }",
    ],
)
def test_words_in_strings_comments_and_names_are_harmless(store: ox.Store, text: str) -> None:
    assert ask(store, text) == []


def test_a_class_of_the_users_own_is_known_if_the_graph_has_it() -> None:
    store = ox.Store()
    store.load(b"<x:a> a <https://kg.example/ontology#Heist> .", format=ox.RdfFormat.TURTLE)
    assert ask(store, "SELECT ?x { ?x a kg:Heist }") == [("x:a",)]


@given(st.text(max_size=40))
def test_any_text_is_an_answer_or_an_error_with_a_sentence(text: str) -> None:
    try:
        answer = query(ox.Store(), text)
    except QueryError as error:
        assert len(str(error)) > 10
    else:
        assert isinstance(answer, Answer)


@given(st.text(alphabet="<>\"'#{}?a: \\\n.SERVICE", max_size=60))
def test_service_outside_strings_is_always_seen(text: str) -> None:
    found = "".join(token.text for token in tokens(text))
    assert len(found) <= len(text)
    with pytest.raises(QueryError):
        check_query(f"SELECT * {{ SERVICE <x:y> {{}} {text}", known=lambda _: True, names=list)


# ------------------------------------------------------------------ graphs that are not there
def test_a_file_or_its_folder(out: Path) -> None:
    assert len(load(out / "graph.ttl")) == len(load(out)) > 500


def test_a_graph_that_is_missing_or_broken(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"graph\.ttl: no such file; build a graph first"):
        load(tmp_path)
    with pytest.raises(InputError, match=r"none\.ttl: no such file"):
        load(tmp_path / "none.ttl")
    (tmp_path / "graph.ttl").write_text("<a:b> <c:d> ")
    with pytest.raises(InputError, match="this is not well-formed Turtle"):
        load(tmp_path)
