"""The page that lists what is recognised."""

from __future__ import annotations

from pathlib import Path

from kg.publish import sheet
from kg.rules import schema

PAGE = Path(__file__).parents[2] / "docs" / "ontology.md"


def test_the_page_in_the_documentation_is_that_of_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == sheet.sheet(schema.load()), "run python -m kg.publish.sheet"


def test_every_class_has_its_definition_example_roles_and_words() -> None:
    page = sheet.sheet(schema.load())
    for each in schema.load().classes.values():
        section = page.partition(f"\n### {each.name}\n")[2].partition("\n### ")[0]
        assert f"{each.definition} *{each.example}*" in section
        assert all(f"**{role}**" in section for role in each.roles)
        for frame in each.frames:
            assert all(pattern.text.replace("|", "/") in section for pattern in frame.patterns)


def test_what_a_class_refuses_is_told_in_words() -> None:
    page = sheet.sheet(schema.load())
    departure = page.partition("\n### Departure\n")[2].partition("\n### ")[0]
    assert "origin is no international organization" in departure
    assert "| PLOVER | YIELD |" in page.partition("\n### Resignation\n")[2].partition("\n### ")[0]
