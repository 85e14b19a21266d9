from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from rdflib import Graph

from kg.errors import QueryError
from kg.publish import answers
from kg.publish.answer import Answer, Cell, in_words

XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGER = XSD + "integer"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
DATE = "http://www.w3.org/2001/XMLSchema#date"
ANSWER = Answer(
    ("a", "b"),
    (
        (Cell("https://kg.example/ontology#Claim", "uri"), Cell("2019-01-03", "literal", DATE)),
        (Cell('He said "no",\nand left.', "literal", None, "en"), None),
        (Cell("b0", "bnode"), Cell("https://other.example/", "uri")),
    ),
)


def test_csv_quotes_what_must_be_quoted() -> None:
    assert answers.as_csv(ANSWER) == (
        "a,b\r\n"
        "https://kg.example/ontology#Claim,2019-01-03\r\n"
        '"He said ""no"",\nand left.",\r\n'
        "b0,https://other.example/\r\n"
    )


def test_json_has_types_datatypes_and_languages() -> None:
    assert json.loads(answers.as_json(ANSWER)) == {
        "head": {"vars": ["a", "b"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": "https://kg.example/ontology#Claim"},
                    "b": {"type": "literal", "value": "2019-01-03", "datatype": DATE},
                },
                {"a": {"type": "literal", "value": 'He said "no",\nand left.', "xml:lang": "en"}},
                {"a": {"type": "bnode", "value": "b0"}, "b": {"type": "uri", "value": "https://other.example/"}},
            ]
        },
    }


def test_in_words_known_vocabularies_are_shortened() -> None:
    assert [[in_words(cell) for cell in row] for row in ANSWER.rows] == [
        ["kg:Claim", "2019-01-03"],
        ['He said "no",\nand left.', ""],
        ["b0", "https://other.example/"],
    ]


def test_markdown_reads_nothing_in_a_cell_as_markup() -> None:
    cells = (Cell("a|b *c*\n![x](http://x.example/)<b>", "literal"), None)
    assert answers.as_markdown(Answer(("a", "b"), (cells,))).splitlines() == [
        "| a                                         | b   |",
        "| ----------------------------------------- | --- |",
        r"| a\|b \*c\* !\[x\](http://x.example/)\<b\> |     |",
    ]


def test_statements_come_as_turtle() -> None:
    row = (Cell("x:a", "uri"), Cell("https://kg.example/ontology#age", "uri"), Cell("51", "literal", INTEGER))
    name = (Cell("b0", "bnode"), Cell(LABEL, "uri"), Cell("Ana", "literal", None, "en"))
    plain = (Cell("b0", "bnode"), Cell(LABEL, "uri"), Cell("Ana", "literal"))
    text = answers.as_turtle(Answer(("subject", "predicate", "object"), (row, name, plain), form="triples"))
    assert (
        Graph()
        .parse(data=text, format="turtle")
        .isomorphic(Graph().parse(data=f'<x:a> <https://kg.example/ontology#age> 51 . _:b <{LABEL}> "Ana"@en, "Ana" .'))
    )
    assert "@prefix kg:" in text and "schema:" not in text


def test_rows_are_no_statements() -> None:
    with pytest.raises(QueryError, match="ask with CONSTRUCT or DESCRIBE"):
        answers.as_turtle(ANSWER)


def test_python_and_pandas_get_values_of_their_own() -> None:
    values = [("51", INTEGER), ("0.5", XSD + "decimal"), ("true", XSD + "boolean"), ("-0044-03-15", DATE), ("x", None)]
    answer = Answer(tuple("abcde"), (tuple(Cell(value, "literal", kind) for value, kind in values),))
    assert answer.records() == list(answer) == [{"a": 51, "b": 0.5, "c": True, "d": "-0044-03-15", "e": "x"}]
    table = answer.to_pandas()
    assert list(table.columns) == list("abcde")
    assert table.iloc[0].tolist() == [51, 0.5, True, "-0044-03-15", "x"]


def test_a_notebook_gets_a_table_of_plain_text() -> None:
    html = Answer(("<a>",), ((Cell("<script>", "literal"),),) * 120)._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html and "&lt;a&gt;" in html
    assert "20 more rows" in html
    assert "No answer" in Answer(("a",), ())._repr_html_()


ODD = Answer(
    ("x", "y"),
    (
        (Cell('a\tb\n"c" <d> & \r', "literal"), Cell("chat", "literal", None, "fr")),
        (Cell("https://kg.example/id/a", "uri"), None),
        (Cell("b0", "bnode"), Cell("51", "literal", INTEGER)),
    ),
)


def test_rows_as_xml_and_tsv_are_read_back_by_another_program() -> None:
    from rdflib.plugins.sparql.results.tsvresults import TSVResultParser
    from rdflib.plugins.sparql.results.xmlresults import XMLResultParser

    as_xml = XMLResultParser().parse(io.BytesIO(answers.as_xml(ODD).encode()))
    as_tsv = TSVResultParser().parse(io.BytesIO(answers.as_tsv(ODD).encode()))
    for read in (as_xml, as_tsv):
        found = list(read)
        assert [str(value) for value in found[0]] == ['a\tb\n"c" <d> & \r', "chat"]
        assert found[0][1].language == "fr"
        assert (str(found[1][0]), found[1][1]) == ("https://kg.example/id/a", None)
        assert found[2][1].toPython() == 51


def test_xml_cannot_hold_control_characters_and_says_so() -> None:
    with pytest.raises(QueryError, match="XML cannot hold; ask for JSON"):
        answers.as_xml(Answer(("x",), ((Cell("a\x00", "literal"),),)))


@pytest.mark.parametrize("yes", [True, False])
def test_yes_and_no_as_xml_and_json(yes: bool) -> None:
    cell = Cell(str(yes).lower(), "literal", XSD + "boolean")
    answer = Answer(("answer",), ((cell,),), form="ask")
    assert json.loads(answers.as_json(answer)) == {"head": {}, "boolean": yes}
    assert f"<head></head><boolean>{str(yes).lower()}</boolean>" in answers.as_xml(answer)


@pytest.mark.parametrize("write", [answers.as_ntriples, answers.as_rdf_xml])
def test_rows_are_no_statements_in_any_format(write: Callable[[Answer], str]) -> None:
    with pytest.raises(QueryError, match="ask with CONSTRUCT"):
        write(ODD)
