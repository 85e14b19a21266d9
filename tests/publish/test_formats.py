from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from knowledge import KNOWLEDGE

from kg.errors import InputError
from kg.graph import build
from kg.publish import formats, page, rdf, summary


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
    turtle, table, page = map(str, contents.values())
    assert "https://news.example/" in turtle
    assert json.loads(table)["multigraph"] is True
    assert page.lstrip().lower().startswith("<!doctype html>")


def test_the_page_draws_as_many_nodes_as_are_asked_for(graph: nx.MultiDiGraph) -> None:
    def told(most: int | None) -> str:
        options = formats.options(base="https://news.example/", text=True, max_nodes=most)
        [html] = formats.contents(graph, ["html"], options).values()
        assert isinstance(html, str)
        return html

    assert '"base":"https://news.example/","most":5,' in told(5)
    assert f'"most":{page.MAX_NODES},' in told(None)


def test_what_a_view_or_a_machine_does_not_have_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert formats.chosen(None) == ["ttl", "json", "html"]
    assert formats.chosen(None, view="standard") == ["ttl"]
    with pytest.raises(InputError, match="html has no view standard; choose from ttl, nq, jsonld"):
        formats.chosen("ttl,html", view="standard")
    with pytest.raises(InputError, match="choose from claims, standard"):
        formats.options(base=None, text=True, view="other")
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"parquet needs pyarrow; .* pip install 'kg-news\[parquet\]'"):
        formats.chosen("csv,parquet")


def test_the_bytes_of_every_format_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from knowledge import KNOWLEDGE; from kg.graph import build\n"
        "from kg.publish import files, formats\n"
        "for view in formats.VIEWS:\n"
        "    names = [name for name in formats.NAMES if view in formats.views(name)]\n"
        "    found = formats.contents(build(KNOWLEDGE), names, formats.options(base=None, text=True, view=view))\n"
        "    files.write_all(Path(sys.argv[1]) / view, found)\n"
    )
    root = Path(__file__).parents[2]
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"}
        subprocess.run([sys.executable, "-c", script, tmp_path / seed], env=env, check=True)
    first, second = (
        {path.relative_to(tmp_path / seed): path.read_bytes() for path in (tmp_path / seed).rglob("*.*")}
        for seed in ("1", "2")
    )
    assert first == second
    assert len(first) > len(formats.NAMES)


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
