from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.acquire import furniture

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "furniture.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_what_is_furniture_and_what_is_story(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [[piece.kind, text[slice(*piece.span)]] for piece in furniture.find(text)]
    assert found == case["furniture"]


LINES = st.sampled_from(
    [
        "Read more:",
        "By Ana Velho",
        "LISBON (AP) — The minister resigned.",
        "He left. (Ana Velho/Reuters)",
        "Sources",
        "© 2021 Harbour Post",
        "",
    ]
)


@given(st.lists(LINES | st.text(max_size=60)), st.sampled_from(["\n", "\r\n", "\r", "\u2028"]))
def test_spans_are_in_order_and_never_overlap_or_hold_space_at_their_ends(lines: list[str], newline: str) -> None:
    text = newline.join(lines)
    end = 0
    for piece in furniture.find(text):
        assert end <= piece.span[0] < piece.span[1] <= len(text)
        words = text[slice(*piece.span)]
        assert words == words.strip()
        end = piece.span[1]
