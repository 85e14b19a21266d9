"""Who is who, as tables of cases."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.model import Mention, Reading

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "coreference.toml").read_text(encoding="utf-8"))


def _mention(reading: Reading, phrase: str) -> Mention | None:
    """The mention with that phrase as its span or head, by its number among those that have it."""
    words, _, number = phrase.partition("@")
    text = reading.document.text
    found = [m for m in reading.mentions if words in (text[slice(*m.span)], text[slice(*m.head)])]
    at = int(number or 1) - 1
    return found[at] if at < len(found) else None


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{kind}: {c['text'][:50]}") for kind, cases in CASES.items() for c in cases]
)
def test_chains(case: dict[str, Any], reader: Callable[..., Reading]) -> None:
    reading = reader(case["text"])
    got = []
    for chain in case["chains"]:
        members = {phrase: _mention(reading, phrase) for phrase in chain}
        assert None not in members.values(), f"no such mention: {members}"
        entities = {phrase: m.entity for phrase, m in members.items() if m is not None}
        assert len(set(entities.values())) == 1, f"not one entity: {entities}"
        got.append(next(iter(entities.values())))
    assert len(set(got)) == len(got), f"poured together: {case['chains']}"


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=c["text"][:50]) for cases in CASES.values() for c in cases if "open" in c]
)
def test_unresolved(case: dict[str, Any], reader: Callable[..., Reading]) -> None:
    reading = reader(case["text"])
    assert [_mention(reading, phrase) for phrase in case["open"]] == [None] * len(case["open"])
