"""The Python side, as its user has it."""

from __future__ import annotations

import datetime
import sys
import types
from pathlib import Path

import networkx as nx
import pytest
from knowledge import KNOWLEDGE

import kg
from kg import api
from kg.graph import build as build_graph

STORY = "Norland expelled Ambassador Ana Velho on Monday, police said."


@pytest.fixture
def graph() -> kg.Graph:
    return kg.Graph(build_graph(KNOWLEDGE))


# ------------------------------------------------------------------ reading and building
def test_files_documents_and_readings_can_be_mixed(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(STORY, encoding="utf-8")
    [reading] = kg.read(kg.Document("two", STORY))
    assert isinstance(reading, kg.Reading)
    found = list(kg.read([path, str(path.parent), reading, kg.Document("three", STORY), kg.Document("four", "")]))
    names = [each.document if isinstance(each, kg.Failure) else each.document.id for each in found]
    assert names[0] == "one" and names[-3:] == ["two", "three", "four"]


def test_one_name_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(STORY, encoding="utf-8")
    for given in (path, str(path), kg.read(path)):
        assert kg.build(given).nx.number_of_nodes() > 4


def test_what_cannot_be_read_is_raised_or_kept() -> None:
    items = [kg.Document("empty", ""), kg.Document("story", STORY)]
    with pytest.raises(kg.KgError, match="empty: the text is empty"):
        kg.build(items)
    graph = kg.build(items, strict=False)
    assert [each.document for each in graph.failures] == ["empty"]
    assert "1 could not be read" in graph._repr_html_()
    assert "1 document," in repr(graph)


def test_what_is_no_input_is_told() -> None:
    with pytest.raises(kg.KgError, match="int: this cannot be read"):
        list(kg.read([1]))  # type: ignore[list-item]


def test_a_base_is_kept_and_checked(tmp_path: Path) -> None:
    with pytest.raises(kg.KgError, match="cannot stand before the addresses"):
        kg.Graph(build_graph(KNOWLEDGE), base="here")
    graph = kg.Graph(build_graph(KNOWLEDGE), base="https://x.example/")
    graph.save(tmp_path, formats="json")
    assert kg.Graph.load(tmp_path).base == "https://x.example/"
    [row] = graph.query('SELECT ?x { ?x a kg:Person ; rdfs:label "Ana Velho" }').records()
    assert str(row["x"]).startswith("https://x.example/entity/")


# ------------------------------------------------------------------ asking and walking
def test_a_question_by_its_name_or_in_sparql(graph: kg.Graph) -> None:
    answer = graph.query(name="posts", person="ana velho")
    assert isinstance(answer, kg.Answer)
    assert [row["position"] for row in answer] == ["ambassador"]
    assert len(graph.query("SELECT ?x { ?x a kg:Claim }", max_rows=3)) == 3
    with pytest.raises(kg.KgError, match="ask one question"):
        graph.query()


def test_the_view_between_entities_is_networkx(graph: kg.Graph) -> None:
    assert isinstance(graph.nx, nx.MultiDiGraph)
    view = graph.project(status=["Asserted"])
    assert nx.utils.graphs_equal(view, kg.project(graph.nx, status=["Asserted"]))
    assert {data["kind"] for _, data in view.nodes(data=True)} == {"entity"}


# ------------------------------------------------------------------ saving, loading, showing
def test_what_is_saved_is_loaded_the_same(graph: kg.Graph, tmp_path: Path) -> None:
    paths = graph.save(tmp_path / "out", formats=["json", "ttl"], text=False)
    assert sorted(path.name for path in paths) == ["graph.json", "graph.ttl"]
    assert "nif:isString" not in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    for place in (tmp_path / "out", tmp_path / "out" / "graph.json"):
        assert nx.utils.graphs_equal(kg.Graph.load(place).nx, graph.nx)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such file; build a graph with the format json"),
        ("{", "this is not a graph that kg wrote"),
        ("[]", "this is not a graph that kg wrote"),
        ('{"nodes": [{"id": 1}], "edges": []}', "this is not a graph that kg wrote"),
    ],
)
def test_what_cannot_be_loaded_is_told(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "graph.json").write_text(content, encoding="utf-8")
    with pytest.raises(kg.KgError, match=message):
        kg.Graph.load(tmp_path)


def test_a_wrong_format_is_told_before_anything_is_written(graph: kg.Graph, tmp_path: Path) -> None:
    with pytest.raises(kg.KgError, match='"pdf" is no format'):
        graph.save(tmp_path / "out", formats=["ttl", "pdf"])
    assert not (tmp_path / "out").exists()


def test_outside_a_notebook_the_page_opens_in_the_browser(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(api.webbrowser, "open", opened.append)
    path = graph.show()
    assert path is not None and path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert opened == [path.as_uri()]


def test_in_a_notebook_the_page_is_framed(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    display = types.SimpleNamespace(display=lambda data, raw: shown.append(data["text/html"]))
    jupyter = types.SimpleNamespace(get_ipython=lambda: types.SimpleNamespace(kernel=object()), display=display)
    monkeypatch.setitem(sys.modules, "IPython", jupyter)  # type: ignore[arg-type]
    assert graph.show(height=300) is None
    [frame] = shown
    assert (
        frame.startswith("<iframe srcdoc=")
        and 'sandbox="allow-scripts allow-downloads"' in frame
        and "height:300px" in frame
    )
    assert "<script" not in frame


def test_a_terminal_is_no_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=object))  # type: ignore[arg-type]
    assert not api._in_notebook()


# ------------------------------------------------------------------ the card
def test_the_card_says_how_much_there_is_and_what_is_disputed(graph: kg.Graph) -> None:
    card = graph._repr_html_()
    assert "2 documents" in card
    assert "Disputed 1" in card and "<li>Defection: Ana Velho – from Norland</li>" in card
    assert "<li>Ana Velho (" in card


def test_nothing_in_the_card_is_markup(graph: kg.Graph) -> None:
    for _, data in graph.nx.nodes(data=True):
        data["label"] = "<script>alert(1)</script>\x07"
    card = graph._repr_html_()
    assert "<script" not in card and "&lt;script&gt;" in card and "\x07" not in card


def test_days_are_given_as_days_or_as_text() -> None:
    text = "Norland expelled Ambassador Ana Velho on Monday, police said."
    day = datetime.date(2024, 5, 8)
    stories = [kg.Document("story", text), kg.Document("dated", text, date="2024-05-08")]  # type: ignore[arg-type]
    for given in (day, "2024-05-08", datetime.datetime(2024, 5, 8, 12, tzinfo=datetime.UTC)):
        assert [each.document.date for each in kg.read(stories, date=given)] == [day, day]
    for wrong in ("yesterday", 20240508):
        with pytest.raises(kg.KgError, match=r"is no day; give a datetime\.date, or write it as YYYY-MM-DD"):
            list(kg.read(stories, date=wrong))  # type: ignore[arg-type]
    with pytest.raises(kg.KgError, match=r"story: '8\.5\.2024' is no day"):
        kg.build(kg.Document("story", text, date="8.5.2024"))  # type: ignore[arg-type]
