"""What the page saves is what it shows: pictures, a table, and the statements that the build writes."""

from __future__ import annotations

import csv
import io
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from browsing import Open
from hostile import HOSTILE, hostile
from knowledge import FIRST, KNOWLEDGE, RUI
from rdflib import RDF, BNode, Graph

from kg.graph import build
from kg.publish.addresses import visible
from kg.publish.rdf import to_rdf
from kg.publish.tables import claims_csv
from kg.publish.vocabulary import KG

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(("address", "faded"), [(f"#at={RUI.id}", True), (f"#at={RUI.id}&status=Disputed", False)])
def test_others_fade_beside_the_neighbours_of_the_chosen_if_there_are_any(
    opened: Open, small_page: Path, address: str, faded: bool
) -> None:
    root = ET.parse(opened(small_page, address=address).saved("svg")).getroot()
    assert any("opacity" in each.attrib for each in root.iter()) == faded


def test_a_picture_as_svg_has_the_names_and_the_shapes(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    root = ET.parse(page.saved("svg")).getroot()
    assert root.findtext(f"{SVG}title") == "Two documents"
    names = {text.text for text in root.iter(f"{SVG}text")}
    assert {"Ana Velho", "Norland", "disputed: defection"} <= names
    people = [c for c in root.iter(f"{SVG}circle") if c.get("fill") == "#0072b2"]
    assert len(people) == 2  # the diplomat is a source alone, and is not drawn until that is asked for
    dashes = {rect.get("stroke-dasharray") for rect in root.iter(f"{SVG}rect")}
    assert {None, "1.5 3.5"} <= dashes


def test_a_picture_can_be_saved_from_any_view(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address="#view=claims&status=Disputed")
    names = {text.text for text in ET.parse(page.saved("svg")).getroot().iter(f"{SVG}text")}
    assert "disputed: defection" in names
    assert "Lisbon" not in names
    assert Path(page.saved("png")).stat().st_size > 1000


def test_a_picture_as_png_has_the_size_of_what_is_drawn(opened: Open, small_page: Path) -> None:
    page = opened(small_page, scheme="dark")
    data = Path(page.saved("png")).read_bytes()
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert 600 < width < 4000
    assert 400 < height < 4000


def rows(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_claims_as_csv_are_those_that_are_shown(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address="#view=claims&status=Disputed&sort=-source")
    found = rows(page.saved("csv"))
    assert [row["source"] for row in found] == ["Rui Velho", "Norland", "a diplomat"]
    whole = {row["claim"]: row for row in csv.DictReader("".join(claims_csv(build(KNOWLEDGE))).splitlines())}
    for row in found:
        assert row == whole[row["claim"]]


def test_a_cell_is_never_a_formula(opened: Open, page_of: Any) -> None:
    evil = replace(RUI, label="=HYPERLINK(1)")
    entities = tuple(evil if entity is RUI else entity for entity in KNOWLEDGE.entities)
    page = opened(page_of(build(replace(KNOWLEDGE, entities=entities)), "x"), address="#view=claims")
    assert "'=HYPERLINK(1)" in {row["source"] for row in rows(page.saved("csv"))}


def statements(path: str) -> Graph:
    return Graph().parse(path, format="turtle")


@pytest.mark.parametrize("address", ["#view=claims&more=1", "#status=Disputed", f"#view=dossier&at={RUI.id}"])
def test_the_turtle_says_what_the_build_says(opened: Open, small_page: Path, address: str) -> None:
    whole = to_rdf(build(KNOWLEDGE), text=False)
    page = opened(small_page, address=address)
    found = statements(page.saved("ttl"))
    known = {triple for triple in whole if not any(isinstance(node, BNode) for node in triple)}
    said = {triple for triple in found if not any(isinstance(node, BNode) for node in triple)}
    assert said - known == set()
    claims = set(found.subjects(RDF.type, KG.Claim))
    assert len(claims) == {"#view=claims&more=1": 14, "#status=Disputed": 3}.get(address, 2)
    for claim in claims:
        assert {p for p, _ in found.predicate_objects(claim)} == {p for p, _ in whole.predicate_objects(claim)}
    assert len(list(found.subject_objects(KG.chain))) == len([c for c in claims if (c, KG.chain, None) in whole])


def test_offsets_in_the_turtle_count_characters(opened: Open, page_of: Any) -> None:
    """The page counts in UTF-16 code units, the graph in code points."""
    graph = build(KNOWLEDGE)
    node = next(node for node, data in graph.nodes(data=True) if data.get("name") == FIRST.id)
    shifted = 4
    graph.nodes[node]["text"] = "😀" * shifted + FIRST.text
    for _, _, edge in graph.in_edges(node, data=True):
        if "begin" in edge:
            edge |= {name: value + shifted for name, value in edge.items() if name.endswith(("begin", "end"))}
    for claim, data in graph.nodes(data=True):
        if data["kind"] == "claim" and node in graph.successors(claim):
            data |= {name: value + shifted for name, value in data.items() if name.endswith(("_begin", "_end"))}
    page = opened(page_of(graph, "x"), address="#view=claims&more=1")
    assert page.texts("td.place mark")[0] == "ambassador"
    whole = to_rdf(graph, text=False)
    found = statements(page.saved("ttl"))
    assert {t for t in found if not any(isinstance(n, BNode) for n in t)} <= set(whole)


def all_hostile() -> nx.MultiDiGraph:
    """Every hostile text in a document of its own, in one graph."""
    graphs = []
    for i, words in enumerate(HOSTILE):
        graph = build(hostile(f"{words} met {words}.", words))
        numbered = {node: f"{visible(node)}-{i}" for node in graph if not node.startswith("document/")}
        graphs.append(nx.relabel_nodes(graph, numbered))
    return nx.compose_all(graphs)


def test_what_is_saved_of_hostile_text_is_that_text(opened: Open, page_of: Any) -> None:
    graph = all_hostile()
    page = opened(page_of(graph, "x"), address="#view=claims&more=1")
    assert page.text("#claims-count") == f"{2 * len(HOSTILE)} claims"
    found = statements(page.saved("ttl"))
    assert len(set(found.subjects(RDF.type, KG.Claim))) == 2 * len(HOSTILE)
    assert set(found) - set(to_rdf(graph, text=False)) == set()
    with open(page.saved("csv"), encoding="utf-8", newline="") as file:
        saved = {row["claim"]: row for row in csv.DictReader(file)}
    assert saved == {row["claim"]: row for row in csv.DictReader(io.StringIO("".join(claims_csv(graph)), newline=""))}
    ET.parse(page.saved("svg"))
