"""Every query of the tutorial, asked of the examples: what is printed below it is what it answers.

``python tests/test_tutorial.py`` writes what is answered now into the tutorial.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "sparql.md"
BLOCK = re.compile(r"```sparql\n(.*?)```\n\n((?:\|[^\n]*\n)*)\n?", re.DOTALL)
TUTORIAL = BLOCK.findall(PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graph() -> kg.Graph:
    return kg.build(ROOT / "examples")


@pytest.mark.parametrize(("query", "printed"), TUTORIAL, ids=range(len(TUTORIAL)))
def test_each_query_answers_what_is_printed_below_it(query: str, printed: str, graph: kg.Graph) -> None:
    assert printed.count("\n") > 2, "it has no answer to show"
    assert str(graph.query(query)) + "\n" == printed, "python tests/test_tutorial.py writes what is answered now"


def test_the_tutorial_has_its_queries() -> None:
    assert len(TUTORIAL) == PAGE.read_text(encoding="utf-8").count("```sparql") > 10


def refresh() -> None:
    graph = kg.build(ROOT / "examples")
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        BLOCK.sub(lambda m: f"```sparql\n{m[1]}```\n\n{graph.query(m[1])}\n\n", text),
        encoding="utf-8",
    )


if __name__ == "__main__":
    refresh()
