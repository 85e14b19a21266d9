"""One server for the tests that leave it as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from knowledge import KNOWLEDGE
from serving import Served, served

import kg
from kg.graph import build


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    kg.Graph(build(KNOWLEDGE)).save(folder)
    return folder


@pytest.fixture(scope="session")
def server(out: Path) -> Iterator[Served]:
    with served(out, "--max-seconds", 4, "--max-rows", 50) as running:
        yield running
