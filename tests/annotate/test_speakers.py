"""Who speaks in a quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.annotate import language, speakers
from kg.model import Document
from kg.rules import nominals

if TYPE_CHECKING:
    from spacy.language import Language


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
