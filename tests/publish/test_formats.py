from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from knowledge import KNOWLEDGE

from kg.errors import InputError
from kg.graph import build
from kg.publish import formats, rdf, summary


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    return build(KNOWLEDGE)


@pytest.mark.parametrize(
    ("written", "chosen"), [("ttl,json,html", ["ttl", "json", "html"]), (" HTML, ttl,,html", ["html", "ttl"])]
)
def test_formats_are_chosen_once(written: str, chosen: list[str]) -> None:
    assert formats.chosen(written) == chosen


@pytest.mark.parametrize("written", ["", " , ", "ttl,pdf"])
def test_an_unknown_format_is_an_error(written: str) -> None:
    with pytest.raises(InputError, match="choose from ttl, json, html"):
        formats.chosen(written)


def test_options_are_checked() -> None:
    assert formats.options(base=None, text=True) == formats.Options(rdf.BASE, True)
    assert formats.options(base="https://news.example/", text=False) == formats.Options("https://news.example/", False)
    with pytest.raises(InputError):
        formats.options(base="no address", text=True)


def test_each_format_is_written(graph: nx.MultiDiGraph) -> None:
    options = formats.options(base="https://news.example/", text=False)
    contents = formats.contents(graph, formats.chosen(formats.DEFAULT), options)
    assert list(contents) == ["graph.ttl", "graph.json", "graph.html"]
    assert "https://news.example/" in contents["graph.ttl"]
    assert json.loads(contents["graph.json"])["multigraph"] is True
    assert contents["graph.html"].lstrip().lower().startswith("<!doctype html>")


def test_the_summary_counts_and_names_what_is_disputed(graph: nx.MultiDiGraph) -> None:
    found = summary.summary(graph)
    rows = dict(found.rows)
    assert rows["documents"] == len(KNOWLEDGE.documents)
    assert rows["entities"] == len(KNOWLEDGE.entities)
    assert rows["claims"] == len(KNOWLEDGE.claims)
    assert rows["situations"] == len(KNOWLEDGE.situations) == sum(n for name, n in found.rows if name.startswith(" "))
    assert len(found.disputed) == rows["  Disputed"] == 1


def test_the_users_classes_are_classes_too(tmp_path: Path) -> None:
    (tmp_path / "ports.toml").write_text(
        '[PortCall]\ndefinition = "A ship puts in."\nexample = "She docked."\nroles = ["agent"]\n\n'
        '[[PortCall.frames]]\nverbs = ["dock"]\n',
        encoding="utf-8",
    )
    classes = formats.options(base=None, text=True, rules=tmp_path).classes
    assert classes is not None
    assert {"PortCall", "Expulsion"} <= classes
