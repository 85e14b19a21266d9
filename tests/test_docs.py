"""What the documentation shows works, and what it points to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from knowledge import KNOWLEDGE

from kg.graph import build
from kg.publish import rdf, sparql

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
QUERIES = re.findall(r"```sparql\n(.*?)```", (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_each_query_of_the_tutorial_has_an_answer(query: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(rdf.to_turtle(build(KNOWLEDGE)), encoding="utf-8")
    assert sparql.query(sparql.load(path), query).rows


def test_the_tutorial_names_every_query_that_ships() -> None:
    table = (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == set(sparql.named_queries())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
