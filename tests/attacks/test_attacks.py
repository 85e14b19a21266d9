"""Every attack of attacks.toml ends as it says there: a right result or a clear sentence, within its limit."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from attacks import generators

import kg
from kg import pipeline
from kg.acquire import readers
from kg.acquire.limits import Limits
from kg.model import Document, Failure, Reading
from kg.publish import formats, shacl

TABLE: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "attacks.toml").read_text(encoding="utf-8"))
FORMATS = [name for name in formats.NAMES if name != "parquet"]


@pytest.mark.parametrize("attack", TABLE)
def test_it_ends_as_it_must(attack: str, tmp_path: Path) -> None:
    wanted = TABLE[attack]
    name, file = wanted["made"]
    inside = tmp_path / "in" / "side"
    inside.mkdir(parents=True)
    getattr(generators, name)(inside / file)
    before = tree(tmp_path)
    limits = Limits(max_seconds=wanted.get("seconds", 30))
    items = list(readers.read([str(inside / file)], limits=limits))
    documents = [item for item in items if isinstance(item, Document)]
    failures = [item for item in items if isinstance(item, Failure)]
    assert len(documents) == wanted["reads"], failures
    if wanted.get("model"):
        failures += built(documents, inside / "out", wanted.get("seconds"))
    told = wanted.get("fails") or wanted.get("may_fail", "")
    assert bool(failures) == ("fails" in wanted) or "may_fail" in wanted, failures
    assert len(failures) == wanted.get("failing", len(failures[:1]))
    for failure in failures:
        assert told in failure.message
        assert failure.message.endswith(".")
        assert len(failure.message) < 400
    # nothing was written but into the output folder
    assert tree(tmp_path) - {path for path in tree(tmp_path) if path.startswith("in/side/out")} == before


def built(documents: list[Document], out: Path, seconds: float | None) -> list[Failure]:
    """Read to the end, and every format written, into one folder; what failed."""
    items = list(pipeline.read_documents(documents, max_seconds=seconds))
    readings = [item for item in items if isinstance(item, Reading)]
    if readings:
        kg.Graph(pipeline.build(readings)).save(out, formats=FORMATS)
        store = ox.Store()
        store.bulk_load(path=str(out / "graph.ttl"), format=ox.RdfFormat.TURTLE)
        assert list(shacl.faults(store)) == []
        assert len(store) > 10
    return [item for item in items if isinstance(item, Failure)]


def tree(folder: Path) -> set[str]:
    return {str(Path(path, name).relative_to(folder)) for path, a, b in os.walk(folder) for name in a + b}


def test_nothing_of_the_machine_gets_in(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("root:x:0:0", encoding="utf-8")
    page = tmp_path / "page.html"
    generators.page_includes(page)
    page.write_text(page.read_text(encoding="utf-8").replace("/etc/passwd", str(tmp_path / "secret")), encoding="utf-8")
    [document] = readers.read([str(page)])
    assert isinstance(document, Document)
    assert "root:x" not in document.text
