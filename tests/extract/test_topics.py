"""What statements are about, and words that are only mentioned, read with the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import pipeline
from kg.model import Claim, Document, Reading

if TYPE_CHECKING:
    from spacy.language import Language


def _read(text: str) -> Reading:
    reading = next(iter(pipeline.read_documents([Document("x", text)])))
    assert isinstance(reading, Reading)
    return reading


def _topics(text: str) -> list[str]:
    reading = _read(text)
    by_id = {claim.id: claim for claim in reading.claims}
    names: list[str] = []
    for claim in reading.claims:
        if claim.cls == "Statement" and not claim.background:
            for filler in claim.roles.get("topic", ()):
                words = by_id[filler.situation].trigger if filler.situation else filler.span
                names.append(text[slice(*words)])
    return names


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Eva Lund said she wants to repaint the bridge.", ["repaint"]),
        ("Eva Lund said the council had repainted the bridge.", ["repainted"]),
        ("Eva Lund said on her website that the bridge was ugly.", []),
        ("Eva Lund spoke about the bridge.", ["the bridge"]),
    ],
)
def test_topics(nlp: Language, text: str, topics: list[str]) -> None:
    assert _topics(text) == topics


def _crimes(text: str) -> list[Claim]:
    return [claim for claim in _read(text).claims if claim.cls == "Crime"]


def test_mentioned_words_are_no_claims(nlp: Language) -> None:
    assert not _crimes("The mayor used the phrase “tax fraud” in March.")
    assert _crimes("The clerk admitted to “tax fraud” in March.")
