"""What is talked about, as tables of cases, and what holds for every text."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import language
from kg.model import Document, Entity, Mention, Reading

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "mentions.toml").read_text(encoding="utf-8"))


def _mention(reading: Reading, phrase: str) -> Mention | None:
    text = reading.document.text
    return next((m for m in reading.mentions if phrase in (text[slice(*m.span)], text[slice(*m.head)])), None)


def _entity(reading: Reading, phrase: str) -> Entity:
    mention = _mention(reading, phrase)
    assert mention is not None, f"no mention {phrase!r}"
    return next(e for e in reading.entities if e.id == mention.entity)


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{kind}: {c['text'][:50]}") for kind, cases in CASES.items() for c in cases]
)
def test_mentions(case: dict[str, Any], reader: Callable[..., Reading]) -> None:
    reading = reader(case["text"])
    for phrase, cls in case.get("found", []):
        assert _entity(reading, phrase).cls == cls, phrase
    for phrase in case.get("absent", []):
        assert _mention(reading, phrase) is None, phrase
    labels = {e.label: e for e in reading.entities}
    assert [x for x in case.get("named", []) if x not in labels or not labels[x].named] == []
    assert [x for x in case.get("unnamed", []) if x not in labels or labels[x].named] == []
    for phrase in case.get("anonymous", []):
        assert _entity(reading, phrase).anonymous, phrase
    for key in ("label", "country", "gender"):
        for phrase, value in case.get(key, {}).items():
            assert getattr(_entity(reading, phrase), key) == value, phrase


def test_ids_follow_the_text(reader: Callable[..., Reading]) -> None:
    reading = reader("Jonas Berg met Elena Rossi. She thanked Berg.")
    first: dict[str, int] = {}
    for mention in reading.mentions:
        first.setdefault(mention.entity, mention.span[0])
    assert [e.id for e in reading.entities] == sorted(first, key=lambda e: first[e])
    assert [e.id for e in reading.entities][:2] == ["e1", "e2"]


def test_every_link_has_a_reason(reader: Callable[..., Reading]) -> None:
    reading = reader("Jonas Berg, the mayor, met Elena Rossi. She thanked Berg, and the mayor left.")
    reasons = {reading.document.text[slice(*m.span)]: (m.link, m.score) for m in reading.mentions}
    assert reasons["Berg"] == ("surname", 0.9)
    assert reasons["She"][0].startswith("she:")
    assert all(0 < score <= 1 for _, score in reasons.values())


_WORDS = st.sampled_from(
    [
        "Jonas Berg",
        "the minister",
        "Oslo",
        "Italian",
        "said",
        "he",
        "her",
        "it",
        ",",
        "and",
        "of",
        "North Korea's",
        '"',
        "police",
    ]
)


@settings(max_examples=25)
@given(st.lists(_WORDS, min_size=1, max_size=12))
def test_any_words_are_read(words: list[str]) -> None:
    """Whatever the words, spans lie in the text, heads in spans, and entities have mentions."""
    from kg import pipeline

    text = " ".join(words) + "."
    [reading] = pipeline.read_documents([Document("x", text)])
    assert isinstance(reading, Reading)
    ids = {e.id for e in reading.entities}
    assert {m.entity for m in reading.mentions} == ids
    for m in reading.mentions:
        assert 0 <= m.span[0] <= m.head[0] < m.head[1] <= m.span[1] <= len(text)
    assert len({m.root for m in reading.mentions}) == len(reading.mentions)


def test_reading_is_repeatable(reader: Callable[..., Reading]) -> None:
    text = "The mayor of Oslo met Jonas Berg. He thanked the city, and its police thanked Berg."
    assert reader(text) == reader(text)
    assert language.load() is language.load()
