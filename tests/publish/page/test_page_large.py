"""Large graphs: the most important part first, said in words, and more when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import networkx as nx
import pytest
from browsing import Open, Opened
from large import large

from kg.graph import build
from kg.publish.page import names, parts, render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser


def drawn(page: Opened) -> int:
    return int(page.page.get_attribute("#network", "data-nodes") or 0)


def test_two_thousand_nodes_are_drawn_dragged_and_zoomed(opened: Open, large_page: Path) -> None:
    page = opened(large_page)
    assert page.page.is_hidden("#notice")
    assert drawn(page) > 1500
    page.click("#more")
    assert drawn(page) == 2000
    box = page.all("#network").bounding_box()
    assert box is not None
    x, y = box["x"] + 20, box["y"] + box["height"] - 20
    before = page.place("Person number 0")
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + 60, y - 40, steps=5)
    page.page.mouse.up()
    after = page.place("Person number 0")
    assert (round(after[0] - before[0]), round(after[1] - before[1])) == (60, -40)
    page.page.mouse.wheel(0, -300)
    page.page.mouse.wheel(0, 300)


def test_every_view_of_a_large_graph_opens(opened: Open, large_page: Path) -> None:
    page = opened(large_page, address="#view=claims")
    assert page.text("#claims-count") == "1,201 claims of 1,334"
    assert page.all("tbody tr").count() == 150
    page.click(".claims > button")
    assert page.all("tbody tr").count() == 300
    page.click("#tab-timeline")
    assert page.all(".timeline li").count() == 400
    page.click("#tab-network")
    page.find("person number 0")
    page.click("#tab-dossier")
    assert page.text(".dossier h2") == "Person number 0"
    page.click("#tab-around")
    page.click("#steps [data-steps='2']")
    assert drawn(page) > 50


def test_above_the_limit_it_begins_with_the_most_important_and_brings_in_more(
    opened: Open, page_of: Callable[..., Path]
) -> None:
    page = opened(page_of(build(large(600)), "Some", max_nodes=30))
    assert drawn(page) <= 30
    told = page.text("#notice")
    assert re.match(r"Drawn are the \d+ most important nodes; \d+ events and states more pass the filters\.", told)
    before = drawn(page)
    page.click("#bring-all")
    assert before < drawn(page)
    page.page.reload()
    page.find("person number 0")
    assert page.page.is_visible("#bring")
    page.click("#bring")
    more = drawn(page)
    assert more > before
    assert page.page.is_hidden("#bring")


def test_what_is_not_drawn_is_drawn_when_it_is_found_or_filtered(opened: Open, page_of: Callable[..., Path]) -> None:
    page = opened(page_of(build(large(600)), "Some", max_nodes=60))
    before = drawn(page)
    page.find("person number 198")
    assert page.text("#details h2") == "Person number 198"
    assert drawn(page) == before + 1
    page.tick("class", "Sanction")
    assert drawn(page) <= 61


def test_nodes_move_only_while_the_reader_wants_it(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    still = page.place("Norland")
    page.page.wait_for_timeout(300)
    assert page.place("Norland") == still
    page.click("#physics")
    page.page.wait_for_timeout(700)
    moved = page.place("Norland")
    assert moved != still
    page.click("#physics")
    stopped = page.place("Norland")
    page.page.wait_for_timeout(300)
    assert page.place("Norland") == stopped


def test_a_node_that_is_dragged_stays_where_it_is_put(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    x, y = page.place("Portugal")
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + 50, y + 30, steps=4)
    page.page.mouse.up()
    page.click("#tab-claims")
    page.click("#tab-network")
    page.page.wait_for_timeout(100)
    after = page.place("Portugal")
    assert abs(after[0] - x - 50) < 60
    assert after != (x, y)


def test_a_served_page_asks_its_server_for_neighbourhoods(browser: Browser) -> None:
    graph = build(large(300))
    asked: list[str] = []
    page = serve(browser, graph, asked)
    assert "This page has the" in page.inner_text("#notice")
    page.fill("#search", "person number 0")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('#details .rows li').length > 5")
    assert len(asked) == 1
    before = int(page.get_attribute("#network", "data-nodes") or 0)
    page.click("#bring")
    page.wait_for_function(f"Number(document.getElementById('network').dataset.nodes) > {before}")
    assert len(asked) == 1


def test_a_served_page_finds_what_it_does_not_have(browser: Browser) -> None:
    page = serve(browser, build(large(300)), [])
    page.fill("#search", "person number 96")
    page.wait_for_selector("#hits li:has-text('Person number 96')")
    page.click("#hits li:has-text('Person number 96')")
    page.wait_for_selector("#details h2:has-text('Person number 96')")
    address = page.url
    assert "at=entity" in address
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("#details h2:has-text('Person number 96')")


def serve(browser: Browser, graph: nx.MultiDiGraph, asked: list[str]) -> Page:
    """The page under an address of which the test is the server; ``asked`` gets the neighbourhoods' addresses."""
    html = render(graph, title="Served", max_nodes=40, served="/neighbours")
    answer, find = parts(graph), names(graph)
    page = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()

    def handle(route: Route) -> None:
        address = urlsplit(route.request.url)
        fields = parse_qs(address.query)
        if "words" in fields:
            route.fulfill(body=find(fields["words"][0]), content_type="application/json")
        elif address.path == "/neighbours":
            asked.append(route.request.url)
            route.fulfill(body=answer(fields["id"]), content_type="application/json")
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("http://kg.example/**", handle)
    page.goto("http://kg.example/")
    return page
