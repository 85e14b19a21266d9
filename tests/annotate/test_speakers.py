"""Who speaks in a quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.annotate import language, speakers
from kg.model import Document
from kg.rules import nominals

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.conftest import Reader


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"We left," the mayor said.', ["mayor"]),
        ('The mayor said: "We left."', ["mayor"]),
        ('"We left," said Ann Bo. "Nobody stayed."', ["Bo", "Bo"]),
        ('"We left. Nobody stayed," Ann Bo told the court.', ["Bo"]),
        ('According to the mayor, "nobody" stayed.', ["mayor"]),
        ('The mayor thanked everybody.\n\n"We left early," she said.', ["she"]),
        ('The film is called "Nobody Left".', [None]),
        ("The mayor said nobody left.", []),
        ('"Nobody left', [None]),
    ],
)
def test_speakers(nlp: Language, text: str, found: list[str | None]) -> None:
    [parse] = language.parse(nlp, [Document("x", text)])
    quotations = speakers.find(parse, nominals.load().verbs)
    assert [None if q.speaker is None else parse.words[q.speaker] for q in quotations] == found
    assert all(parse.quoted[i] for q in quotations for i in range(q.start, q.end))


def test_a_statement_after_a_colon_has_no_marks_but_a_speaker(reader: Reader) -> None:
    reading = reader(
        "Foreign Minister Anna Lund said:\n\nI welcome the release. We will help the families.\n\nIt rained."
    )
    text, labels = reading.document.text, {e.id: e.label for e in reading.entities}
    assert [labels[m.entity] for m in reading.mentions if text[slice(*m.span)] == "I"] == ["Anna Lund"]


def test_we_without_a_speaker_is_the_body_that_the_text_speaks_for(reader: Reader) -> None:
    reading = reader("France condemns the attack, which the rebels claimed. We offer help to the families.")
    text, labels = reading.document.text, {e.id: e.label for e in reading.entities}
    assert [labels[m.entity] for m in reading.mentions if text[slice(*m.span)] == "We"] == ["France"]


def test_we_is_not_who_did_something_before(reader: Reader) -> None:
    reading = reader("France attacked the town on Monday. We offer help to the families.")
    assert "We" not in {reading.document.text[slice(*m.span)] for m in reading.mentions}
