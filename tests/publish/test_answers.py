from __future__ import annotations

import json

from kg.publish import answers
from kg.publish.answer import Answer, Cell, in_words

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
