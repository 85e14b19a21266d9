"""When things were: a table of texts read with the model, and what no model is needed for."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from trees import tree

from kg import rules
from kg.annotate import annotate, language
from kg.extract import extract
from kg.extract.occasions import neighbours
from kg.extract.timing import governors
from kg.model import Document, Reading, Timex
from kg.rules import occasions

if TYPE_CHECKING:
    from spacy.language import Language

TABLE = Path(__file__).parents[1] / "cases" / "occasions.toml"
TODAY = datetime.date(2020, 5, 13)


def cases() -> Iterator[tuple[str, dict[str, str]]]:
    for group, rows in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        for n, row in enumerate(rows, start=1):
            assert row.keys() == {"text", "trigger", "edtf"}, f"{group} {n}"
            yield f"{group}-{n}", row


CASES = dict(cases())


@pytest.fixture(scope="module")
def readings(nlp: Language) -> dict[str, Reading]:
    """What is read in each case, all parsed in one run."""
    book = rules.load()
    documents = [Document(ident, row["text"], date=TODAY) for ident, row in CASES.items()]
    parses = language.parse(nlp, documents)
    return {d.id: extract(annotate(d, p, book), book) for d, p in zip(documents, parses, strict=True)}


@pytest.mark.parametrize("ident", CASES)
def test_table(ident: str, readings: dict[str, Reading]) -> None:
    row, reading = CASES[ident], readings[ident]
    text = reading.document.text
    named = [c for c in reading.claims if row["trigger"] in text[slice(*c.trigger)] and c.cls != "Attribute"]
    if ident.startswith("office"):
        named = [c for c in named if c.cls == "Tenure"]
    assert named, f"{row['text']}: nothing is called {row['trigger']!r}"
    found = {(c.time.edtf or "") if c.time else "" for c in named}
    assert found == {row["edtf"]}, row["text"]


def test_a_length_of_time_needs_the_documents_day(nlp: Language) -> None:
    book = rules.load()
    document = Document("undated", CASES["since-1"]["text"])
    reading = extract(annotate(document, next(iter(language.parse(nlp, [document]))), book), book)
    assert all(claim.time is None for claim in reading.claims)


def test_every_list_has_words() -> None:
    lists = occasions.load()
    assert all(getattr(lists, field.name) for field in fields(lists))


def test_a_noun_has_no_neighbouring_clauses() -> None:
    parse = tree("Talks talk NNS nsubj 2\nfailed fail VBD ROOT 0")
    assert list(neighbours(parse, 0)) == []


def test_a_time_that_is_the_whole_sentence_hangs_on_nothing() -> None:
    parse = tree("Monday Monday NNP ROOT 0\n. - . punct 1")
    monday = Timex(parse.token_span(0), "DATE", "2020-05-11", "2020-05-11")
    assert governors(parse, [monday]) == {}
