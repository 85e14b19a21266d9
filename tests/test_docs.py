"""What the documentation shows works, and what it points to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from knowledge import KNOWLEDGE

from kg.cli import options
from kg.graph import build
from kg.publish import formats, sparql

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_tutorial_names_every_query_that_ships() -> None:
    table = (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == set(sparql.named_queries())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_formats_that_the_documentation_names_are_those_that_there_are() -> None:
    table = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([a-z0-9]+)` \| `([^`]+)`", table, re.MULTILINE)
    assert {name for name, _ in named} == set(formats.NAMES) == set(options.FORMATS)
    written = formats.contents(build(KNOWLEDGE), formats.NAMES, formats.options(base=None, text=True))
    assert {file.partition("/")[0] for file in written} == {place.rstrip("/") for _, place in named}
