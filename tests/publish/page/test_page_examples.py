"""The page of the examples, as a user would have it: every view of what is most important, looked at and saved."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import networkx as nx
import pytest
from browsing import Open
from rdflib import BNode, Graph

import kg
from kg.publish.rdf import to_rdf

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"
VIEWS = ("network", "around", "timeline", "dossier", "claims")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def graph(nlp: Language) -> nx.MultiDiGraph:
    return kg.build(ROOT / "examples").nx


@pytest.fixture(scope="module")
def file(graph: nx.MultiDiGraph, page_of: Callable[[nx.MultiDiGraph, str], Path]) -> Path:
    return page_of(graph, "The examples")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (380, "dark")])
def test_every_view_of_everybody_who_matters(
    opened: Open, file: Path, graph: nx.MultiDiGraph, width: int, scheme: str
) -> None:
    page = opened(file, width=width, scheme=scheme)
    people = sorted((n for n, d in graph.nodes(data=True) if d["kind"] == "entity"), key=graph.degree, reverse=True)
    for node in people[:4]:
        page.page.goto(f"{file.as_uri()}#at={quote(node, safe='')}")
        label = graph.nodes[node]["label"]
        assert page.page.locator("#details h2").text_content() == label
        assert page.all("#words .hit").count() > 0
        for view in VIEWS:
            page.click(f"#tab-{view}")
            assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (label, view)
        page.click("#tab-dossier")
        assert page.text(".dossier h2") == label


def test_every_claim_leads_to_its_words(opened: Open, file: Path, graph: nx.MultiDiGraph) -> None:
    page = opened(file, address="#view=claims&more=1")
    claims = [data for _, data in graph.nodes(data=True) if data["kind"] == "claim"]
    assert page.text("#claims-count") == f"{len(claims)} claims"
    for i in range(0, min(150, len(claims)), 25):
        button = page.all("td.place button").nth(i)
        trigger = button.locator("mark").first.inner_text()
        button.click()
        assert trigger in "".join(page.texts("#words .hit"))


@pytest.mark.parametrize("address", ["", "#more=1", "#says=1"])
def test_no_label_covers_another(opened: Open, file: Path, address: str) -> None:
    page = opened(file, address=address)
    root = ET.parse(page.saved("svg")).getroot()
    boxes = [
        (float(r.get("x", 0)), float(r.get("y", 0)), float(r.get("width", 0)), float(r.get("height", 0)))
        for r in root.iter(f"{SVG}rect")
        if r.get("width") != "100%" and float(r.get("height", 0)) > 15
    ]
    # where every plain event is drawn there is room for few boxes
    assert len(boxes) > (1 if address == "#more=1" else 15)
    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(boxes, 2):
        apart = ax + aw <= bx + 0.2 or bx + bw <= ax + 0.2 or ay + ah <= by + 0.2 or by + bh <= ay + 0.2
        assert apart, ((ax, ay, aw, ah), (bx, by, bw, bh))
    names = [
        (float(t.get("x", 0)), float(t.get("y", 0)), t.text)
        for t in root.iter(f"{SVG}text")
        if t.get("paint-order") == "stroke"
    ]
    assert len(names) > 30
    for x, y, name in names:
        assert not any(bx < x < bx + bw and by < y < by + bh for bx, by, bw, bh in boxes), name


def test_the_turtle_of_everything_says_what_the_build_says(opened: Open, file: Path, graph: nx.MultiDiGraph) -> None:
    page = opened(file, address="#view=claims&more=1")
    found = Graph().parse(page.saved("ttl"), format="turtle")
    known = set(to_rdf(graph, text=False))
    assert len(found) > 1000
    assert [t for t in found if t not in known and not any(isinstance(node, BNode) for node in t)] == []
