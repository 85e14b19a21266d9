"""What a server gives out, in a browser: the explorer, and the page of questions beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from knowledge import VELHO
from large import large
from serving import Served, served

import kg
from kg.graph import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, server: Served) -> Iterator[Page]:
    """A window; whatever it complains of, and whatever it asks of others than the server, fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(20_000)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    # the browser itself complains of each answer that is an error
    assert [fault for fault in faults if "the server responded with a status of 400" not in fault] == []
    assert all(url.startswith((server.address, "blob:", "about:")) for url in asked)


def rows(page: Page) -> list[list[str]]:
    page.wait_for_selector("#result tbody tr")
    return [row.locator("td").all_inner_texts() for row in page.locator("#result tbody tr").all()]


def test_from_the_graph_to_a_question_and_from_its_answer_back_to_the_graph(page: Page, server: Served) -> None:
    page.goto(server.address)
    page.wait_for_selector("#tabs button")
    page.click("#questions")
    page.click("#questions a[data-name=posts]")
    assert page.inner_text("#question") == "Who holds which post"
    page.fill("#set-person", "rui velho")
    page.press("#set-person", "Enter")
    page.wait_for_selector("#told:has-text('No answer')")
    page.fill("#set-person", "ANA VELHO")
    page.click("#form button[type=submit]")
    assert rows(page)[0][:4] == ["Ana Velho", "ambassador", "Norland", "Portugal"]
    assert "/14-23>" in page.input_value("#editor")
    assert page.url.endswith("#name=posts&person=ANA+VELHO")
    page.click("#result tbody td a:has-text('Ana Velho')")
    page.wait_for_selector("#details h2:has-text('Ana Velho')")
    assert f"at={VELHO.id.replace('/', '%2F')}" in page.url
    page.go_back()
    assert rows(page)[0][0] == "Ana Velho"
    assert page.input_value("#set-person") == "ANA VELHO"


def test_a_name_that_the_graph_does_not_have_is_told_with_those_that_it_has(page: Page, server: Served) -> None:
    page.goto(f"{server.address}ask#name=dossier")
    assert page.locator("#set-person").get_attribute("required") is not None
    assert page.evaluate("document.activeElement.id") == "set-person"
    assert page.is_hidden("#answer")
    assert "Ana Velho" in page.locator("#list-NAME option").evaluate_all("all => all.map((each) => each.value)")
    page.fill("#set-person", "Velo")
    page.press("#set-person", "Enter")
    page.wait_for_selector("#told.wrong")
    assert "nothing in the graph is called" in page.inner_text("#told")
    assert "Ana Velho" in page.inner_text("#told") or "Velho" in page.inner_text("#told")


def test_the_editor_offers_the_vocabulary_and_asks_by_the_keyboard_alone(page: Page, server: Served) -> None:
    page.goto(f"{server.address}ask")
    page.fill("#editor", "")
    page.focus("#editor")
    page.keyboard.type("SELECT ?x { ?x a kg:Defec")
    assert page.inner_text("#completions li[aria-selected=true] code") == "kg:Defection"
    assert page.get_attribute("#editor", "aria-activedescendant") == "word0"
    page.keyboard.press("Enter")
    assert page.is_hidden("#completions")
    page.keyboard.type(" ; kg:sta")
    page.keyboard.press("Escape")
    assert page.is_hidden("#completions")
    page.keyboard.press("Control+Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?status }")
    assert page.input_value("#editor") == "SELECT ?x { ?x a kg:Defection ; kg:status ?status }"
    page.keyboard.press("Control+Enter")
    found = rows(page)
    assert len(found) == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "ask"
    page.click("#result tbody a")
    page.wait_for_selector("#details h2:has-text('Defection')")


def test_what_is_wrong_with_a_query_is_told(page: Page, server: Served) -> None:
    page.goto(f"{server.address}ask")
    for query, why in {
        "SELECT ?x { ?x a kg:Persn }": 'did you mean "kg:Person"',
        "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }": "SERVICE would ask another server",
        "CLEAR ALL": "would change the graph",
    }.items():
        page.fill("#editor", query)
        page.click("#ask")
        page.wait_for_selector(f"#told.wrong:has-text('{why}')")
        assert page.locator("#result *").count() == 0


def test_yes_statements_and_rows_that_are_cut(page: Page, server: Served) -> None:
    page.goto(f"{server.address}ask")
    page.fill("#editor", "ASK { ?who a kg:Person }")
    page.click("#ask")
    page.wait_for_selector("#told:has-text('Yes.')")
    page.fill("#editor", "CONSTRUCT WHERE { ?who a kg:Person }")
    page.click("#ask")
    page.wait_for_selector("#result pre:has-text('kg:Person')")
    page.fill("#editor", "SELECT * { ?s ?p ?o }")
    page.click("#ask")
    page.wait_for_selector("#told:has-text('Only the first 50 are given')")
    assert len(rows(page)) == 50


def test_an_answer_can_be_saved(page: Page, server: Served) -> None:
    page.goto(f"{server.address}ask#name=posts")
    rows(page)
    with page.expect_download() as waiting:
        page.click("#saves button:has-text('CSV')")
    assert waiting.value.suggested_filename == "answer.csv"
    assert "Ana Velho,ambassador" in Path(waiting.value.path()).read_text(encoding="utf-8")


def test_a_question_can_be_stopped(page: Page, server: Served) -> None:
    page.goto(f"{server.address}ask")
    page.fill("#editor", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    page.click("#ask")
    page.click("#stop")
    page.wait_for_selector("#told:has-text('Stopped.')")
    assert page.is_hidden("#stop")


def test_a_graph_too_large_for_one_page_is_asked_for_as_it_is_explored(browser: Browser, tmp_path: Path) -> None:
    kg.Graph(build(large(300))).save(tmp_path)
    with served(tmp_path, "--max-nodes", 40, most_in_page=100) as server:
        page = browser.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(server.address)
        page.wait_for_selector("#notice:has-text('This page has the')")
        page.fill("#search", "person number 96")
        page.click("#hits li:has-text('Person number 96')")
        page.wait_for_selector("#details h2:has-text('Person number 96')")
        page.wait_for_selector("#details .rows li")
        page.goto(f"{server.address}ask#name=dossier&person=Person+number+94")
        page.click("#result tbody td:first-child a >> nth=0")
        page.wait_for_selector("#details h2:has-text('Person number 94')")
        page.close()
        assert faults == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run npm ci")
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (380, "light"), (380, "dark")])
def test_axe_finds_nothing_serious(page: Page, server: Served, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for address in ("#name=posts&person=Ana+Velho", "#query=nonsense"):
        page.goto("about:blank")
        page.goto(f"{server.address}ask{address}")
        page.wait_for_selector("#result tbody tr" if "posts" in address else "#told.wrong")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if not page.is_visible("#editor"):
            page.click("#sparql summary")
        page.focus("#editor")
        page.press("#editor", "Control+Space")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations"
            ".map((each) => [each.impact, each.id, each.nodes.map((node) => node.html.slice(0, 160)).slice(0, 4)]))"
        )
        assert [each for each in found if each[0] in {"serious", "critical"}] == []
