"""The pages that the tests open in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from browsing import Open, Opened
from knowledge import KNOWLEDGE
from large import large

from kg.graph import build
from kg.publish.page import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[nx.MultiDiGraph, str], Path]:
    """Writes the page of a graph into a file of its own."""

    def write(graph: nx.MultiDiGraph, title: str, **options: int) -> Path:
        path = tmp_path_factory.mktemp("page") / "graph.html"
        path.write_bytes(render(graph, title=title, **options).encode())
        return path

    return write


@pytest.fixture(scope="session")
def small_page(page_of: Callable[[nx.MultiDiGraph, str], Path]) -> Path:
    return page_of(build(KNOWLEDGE), "Two documents")


@pytest.fixture(scope="session")
def large_page(page_of: Callable[[nx.MultiDiGraph, str], Path]) -> Path:
    return page_of(build(large(2000)), "Many documents")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """``opened(path, address="#...", width=1440, scheme="light")``; what it complained of fails the test."""
    pages: list[Opened] = []

    def start(path: Path, **options: object) -> Opened:
        pages.append(Opened(browser, path, **options))  # type: ignore[arg-type]
        return pages[-1]

    yield start
    for each in pages:
        assert each.clean
        each.page.context.close()
