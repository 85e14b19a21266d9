"""Claims that are about one thing, by the table in ``cases/merging.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.fuse import fuse
from tests.conftest import Reader

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "merging.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_what_is_one_situation_and_why(case: dict[str, Any], reader: Reader) -> None:
    reading = reader(case["text"])
    knowledge = fuse([reading])
    words = {c.id: case["text"][slice(*c.trigger)] for c in knowledge.claims}
    told = [s for s in knowledge.situations if s.cls == case["class"]]
    assert [[words[c] for c in s.claims] for s in told] == case["told"]
    assert [len(s.merged_because) for s in told] == [len(group) - 1 for group in case["told"]]
