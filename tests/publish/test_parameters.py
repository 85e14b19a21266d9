from __future__ import annotations

import datetime
import inspect

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from knowledge import FIRST, KNOWLEDGE

import kg
from kg.errors import QueryError
from kg.graph import build
from kg.publish import parameters
from kg.publish.rdf import to_turtle
from kg.publish.sparql import named_queries, named_query, query, store

QUESTION = """# Of a kind
# --set who=NAME  Who it is. Example: Ana Velho
# --set words=TEXT  Required: what is looked for. Example: a
SELECT ?label ?found
WHERE {
  VALUES $the_who { UNDEF }
  VALUES $the_words { UNDEF }
  $the_who rdfs:label ?label ; a kg:Entity .
  BIND ($the_words AS ?found)
}
ORDER BY ?label
"""


@pytest.fixture(scope="module")
def graph() -> ox.Store:
    return store(to_turtle(build(KNOWLEDGE)))


def ask(graph: ox.Store, text: str, **values: parameters.Value) -> list[tuple[str, ...]]:
    answer = query(graph, parameters.bind(graph, text, values))
    return [tuple(cell.value if cell else "" for cell in row) for row in answer.rows]


@pytest.mark.parametrize("written", ["Ana Velho", "ana velho", "ÁNA  VELHO", "ana-velho", "the Ana Velho", "VELHO"])
def test_a_name_is_found_however_it_is_written(graph: ox.Store, written: str) -> None:
    assert ("Ana Velho", "x") in ask(graph, QUESTION, who=written, words="x")


def test_a_name_that_several_have_gives_all_of_them() -> None:
    twins = store(
        "@prefix kg: <https://kg.example/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        '<x:a> a kg:Entity ; rdfs:label "Kim" . <x:b> a kg:Entity ; rdfs:label "Kím" . <x:c> rdfs:label "Kim" .'
    )
    assert ask(twins, QUESTION, who="kim", words="x") == [("Kim", "x"), ("Kím", "x")]


def test_what_is_left_out_stays_open(graph: ox.Store) -> None:
    assert len(ask(graph, QUESTION, words="x")) == len(KNOWLEDGE.entities)


@given(
    st.text(min_size=1).filter(lambda text: text.strip() and "\0" not in text).filter(lambda text: text.isprintable())
)
def test_whatever_is_typed_stays_a_literal(text: str) -> None:
    small = store('<x:a> a <https://kg.example/ontology#Entity> ; <http://www.w3.org/2000/01/rdf-schema#label> "A" .')
    assert ask(small, QUESTION, words=text) == [("A", text)]


@pytest.mark.parametrize(
    "text",
    [
        'x" } SERVICE <http://x.example/> { ?a ?b ?c } #',
        "UNDEF } DROP ALL #",
        "\\u0022 } FROM",
        "a\nb } UNION { ?s ?p ?o",
        "$the_who { <x:y> }",
        "VALUES $the_who { <x:y> }",
    ],
)
def test_sparql_in_a_value_is_not_let_in(graph: ox.Store, text: str) -> None:
    assert {row[1] for row in ask(graph, QUESTION, words=text)} == {text}
    with pytest.raises(QueryError, match="nothing in the graph is called"):
        ask(graph, QUESTION, who=text, words="x")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"who": "Ana Vehlo", "words": "x"}, 'nothing in the graph is called "Ana Vehlo"; the nearest are Ana V'),
        ({"who": "Velho family", "words": "x"}, "the nearest are Velho, Ana Velho, Rui Velho."),
        ({"who": "Qqq", "words": "x"}, "no entity has a name like it."),
        ({"who": "...", "words": "x"}, 'nothing in the graph is called "..."'),
        ({"hwo": "x"}, 'the query has no parameter "hwo"; did you mean "who"; it has who, words.'),
        ({}, 'the query needs a value for words (for example words="a").'),
        ({"words": " "}, "words: the text is empty"),
        ({"words": "\ud800"}, "words: the text holds half of a character"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_told(graph: ox.Store, values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(graph, QUESTION, **values)
    assert message in str(caught.value)


def kinds(kind: str) -> str:
    return f"# T\n# --set x={kind}  What. Example: y\nSELECT $the_x WHERE {{ VALUES $the_x {{ UNDEF }} }}"


KG = "https://kg.example/ontology#"


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("CLASS", "asylum request", f"{KG}AsylumRequest"),
        ("CLASS", "Defection", f"{KG}Defection"),
        ("STATUS", "disputed", f"{KG}Disputed"),
        ("DAY", "2021-03-04", "2021-03-04"),
        ("DAY", datetime.date(2021, 3, 4), "2021-03-04"),
        ("NUMBER", "12", "12"),
        ("NUMBER", 12, "12"),
    ],
)
def test_kinds_of_values(graph: ox.Store, kind: str, value: parameters.Value, found: str) -> None:
    assert ask(graph, kinds(kind), x=value) == [(found,)]


def test_a_document_is_found_by_its_title_its_id_and_its_publisher(graph: ox.Store) -> None:
    [by_title] = ask(graph, kinds("DOCUMENT"), x="envoy missing in lisbon")
    assert ask(graph, kinds("DOCUMENT"), x="Harbour Post") == [by_title]
    assert ask(graph, kinds("DOCUMENT"), x=FIRST.id) == [by_title]


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("CLASS", "Defecton", 'x: "Defecton" is no class of events or states; did you mean "Defection"?'),
        ("STATUS", "sure", 'x: "sure" is no status; there are '),
        ("DAY", "2021", "x: there is no such day as 2021; write it as YYYY-MM-DD."),
        ("DAY", "2021-02-30", "x: there is no such day"),
        ("NUMBER", "-1", "x: -1 is no number"),
        ("DOCUMENT", "Nowhere", "x: nothing in the graph is called"),
    ],
)
def test_wrong_values_are_told(graph: ox.Store, kind: str, value: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(graph, kinds(kind), x=value)
    assert message in str(caught.value)


def test_a_parameter_without_a_place_is_told(graph: ox.Store) -> None:
    with pytest.raises(QueryError, match=r"has no VALUES \$the_x"):
        ask(graph, "# T\n# --set x=TEXT  What. Example: y\nSELECT * { ?s ?p ?o }", x="a")


@pytest.mark.parametrize("given_both", [True, False])
def test_one_question_at_a_time(graph: ox.Store, given_both: bool) -> None:
    text, name = ("ASK {}", "posts") if given_both else (None, None)
    with pytest.raises(QueryError, match="ask one question"):
        parameters.one_question(graph, text, name=name)


@pytest.mark.parametrize("name", list(named_queries()))
def test_each_query_that_ships_explains_itself(name: str, graph: ox.Store) -> None:
    each = named_query(name)
    assert each.title and not each.title.endswith(".")
    assert each.comment.endswith(".")
    for parameter in each.parameters:
        assert parameter.kind in parameters.KINDS
        assert parameter.name not in inspect.signature(kg.Graph.query).parameters
        assert parameter.example
        assert parameter.comment.endswith(".")
        assert f"VALUES $the_{parameter.name} {{ UNDEF }}" in each.text
    # it is standard SPARQL as it stands, for any other tool
    ox.Store().query(each.text)
    required = {parameter.name: "Ana Velho" for parameter in each.parameters if parameter.required}
    assert query(graph, parameters.bind(graph, each.text, required)).complete
