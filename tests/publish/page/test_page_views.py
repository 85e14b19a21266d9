"""The views: neighbourhood, timeline, dossier and the table of claims."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from browsing import Open
from knowledge import DIPLOMAT, GONE, KNOWLEDGE, RUI, VELHO

from kg.graph import build

pytestmark = pytest.mark.browser


def test_views_are_tabs_and_keep_what_is_chosen(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    assert page.texts("#tabs button") == ["Network", "Neighbourhood", "Timeline", "Dossier", "Claims"]
    page.find("rui velho")
    for view in ("timeline", "claims", "dossier", "around", "network"):
        page.click(f"#tab-{view}")
        assert page.texts("#tabs [aria-selected=true]") == page.texts(f"#tab-{view}")
        assert page.page.evaluate("new URLSearchParams(location.hash.slice(1)).get('at')") == RUI.id
    page.page.go_back()
    assert page.page.get_attribute("#tab-around", "aria-selected") == "true"


@pytest.mark.parametrize(("view", "question"), [("around", "Whose neighbourhood?"), ("dossier", "Whose dossier?")])
def test_a_view_that_needs_somebody_asks_for_them(opened: Open, small_page: Path, view: str, question: str) -> None:
    page = opened(small_page, address=f"#view={view}")
    assert page.text("#view h2") == question
    page.click("#view button:has-text('Ana Velho')")
    assert page.page.is_hidden("#view h2:has-text('Whose')")


def test_a_neighbourhood_of_one_step_and_of_two(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address=f"#view=around&at={RUI.id}")
    near = page.page.get_attribute("#network", "data-nodes")
    page.click("#steps [data-steps='2']")
    far = page.page.get_attribute("#network", "data-nodes")
    assert near == "3"  # he, that he is her brother, and she
    assert far is not None
    assert int(far) > 8
    assert "steps=2" in page.address


@pytest.mark.parametrize("view", ["around", "network"])
def test_who_only_speaks_has_what_is_said_for_a_neighbour(opened: Open, small_page: Path, view: str) -> None:
    page = opened(small_page, address=f"#view={view}&at={DIPLOMAT.id}")
    assert page.page.get_attribute("#more", "aria-pressed") == "false"
    assert page.page.get_attribute("#says", "aria-pressed") == "false"
    page.page.focus("#canvas")
    arrows = iter(("ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"))
    while page.text("#details h2") == "a diplomat":
        page.press(next(arrows))
    assert page.text("#details h2").startswith("Defection: Ana Velho")


def test_a_timeline_has_what_is_dated_in_order(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address="#view=timeline")
    assert page.texts(".timeline section > h2") == ["2021"]
    assert page.texts(".timeline .date") == ["1 March 2021", "8–14 March 2021"]
    assert page.texts(".timeline .what") == ["Disappearance: Ana Velho – in Lisbon", "Search: Inspectors – the embassy"]
    assert "without a date" in page.text(".timeline > .line")
    page.click(".timeline li:nth-child(1) button")
    assert page.texts("#words .hit") == ["disappeared", "disappearance"]


def test_a_dossier_has_posts_kin_deeds_words_and_what_is_disputed(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address=f"#view=dossier&at={VELHO.id}")
    parts = {part.splitlines()[0]: part for part in page.texts(".part")}
    assert "ambassador for Norland in Portugal" in parts["Posts 1"].replace("\n", " ")
    assert "sibling of Rui Velho" in parts["Kin 1"].replace("\n", " ")
    assert "1 March 2021" in parts["Did 2"]
    assert "said by a diplomat" in parts["Disputed or denied 1"]
    assert "denied by Norland, Rui Velho" in parts["Disputed or denied 1"]
    assert "Velho · The ambassador" in page.text(".names")
    page.click(".part button:has-text('Rui Velho')")
    assert page.text(".dossier h2") == "Rui Velho"
    assert "Rui Velho said his sister did not defect." in page.text(".part.wide")
    assert "Ana Velho, sibling" in page.text(".part:has-text('Kin')").replace("\n", " ")


def test_what_somebody_did_comes_in_the_order_of_time(
    opened: Open, page_of: Callable[[nx.MultiDiGraph, str], Path]
) -> None:
    graph = build(KNOWLEDGE)
    graph.nodes[GONE].update(edtf="2019-01-13", earliest="2019-01-13", latest="2019-01-13")
    page = opened(page_of(graph, "2 documents"), address=f"#at={VELHO.id}")
    years = [text[-4:] for text in page.texts("#details .rows .when") if text]
    assert years == sorted(years)
    assert years[0] == "2019"
    page.click("#tab-dossier")
    assert page.page.eval_on_selector_all(
        ".dossier .date", "dates => dates.every(each => each.scrollHeight < 30)"
    )  # each on one line


def test_a_dossier_stays_while_its_claims_are_read(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address=f"#view=dossier&at={VELHO.id}")
    page.click(".part button:has-text('Disappearance')")
    assert page.text(".dossier h2") == "Ana Velho"
    assert page.text("#details h2") == "Disappearance: Ana Velho – in Lisbon"
    page.page.reload()
    assert page.text(".dossier h2") == "Ana Velho"


@pytest.mark.parametrize(("column", "first", "last"), [("whom", "", "the embassy"), ("status", "asserted", "disputed")])
def test_the_table_is_sorted_by_any_column(opened: Open, small_page: Path, column: str, first: str, last: str) -> None:
    page = opened(small_page, address="#view=claims&more=1")
    assert page.text("#claims-count") == "14 claims"
    page.click(f"th.{column} button")
    assert page.page.get_attribute(f"th.{column}", "aria-sort") == "ascending"
    up = page.texts(f"td.{column}")
    page.click(f"th.{column} button")
    assert page.page.get_attribute(f"th.{column}", "aria-sort") == "descending"
    down = page.texts(f"td.{column}")
    assert up[-1] == down[0] == last
    assert up[0] == down[-1]
    assert up[0] == first
    assert f"sort=-{column}" in page.address


def test_every_column_is_to_be_seen_beside_an_open_panel(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address=f"#view=claims&at={VELHO.id}")
    assert page.page.is_visible("#panel")
    assert page.page.eval_on_selector(".claims .scroll", "box => box.scrollWidth <= box.clientWidth")


def test_a_sentence_of_the_table_leads_to_the_article(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address="#view=claims")
    page.click("td.place button:has-text('Inspectors may')")
    assert page.text("#article h2") == "second.txt"
    assert page.texts("#words .hit") == ["search"]
    assert page.text("#details h2") == "Search: Inspectors – the embassy"


def test_everything_can_be_printed(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address=f"#view=dossier&at={VELHO.id}", scheme="dark")
    assert page.page.evaluate("getComputedStyle(document.body).color") == "rgb(230, 233, 236)"
    page.page.emulate_media(media="print")
    assert page.page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 37, 48)"
    assert page.page.is_hidden("#tabs")
    assert page.page.is_visible(".dossier")
    assert page.page.evaluate(
        "document.getElementById('article').scrollHeight <= document.getElementById('article').clientHeight + 1"
    )
