"""The page in a browser: from the graph to the words and back, and that nothing leaves it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from browsing import Open
from knowledge import FAROL, FLIGHT, KNOWLEDGE, VELHO

from kg.graph import build
from kg.publish import card

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
COLOURS = """() => { const c = document.querySelector('#network canvas');
    const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
    return new Set(new Uint32Array(d.buffer)).size }"""


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (380, "light"), (380, "dark")])
def test_it_opens_without_a_request_or_a_complaint(opened: Open, small_page: Path, width: int, scheme: str) -> None:
    page = opened(small_page, width=width, scheme=scheme)
    assert page.text("h1") == "Two documents"
    assert "14 claims" in page.text("#meta")
    assert page.page.evaluate(COLOURS) > 20
    for view in ("around", "timeline", "dossier", "claims", "network"):
        page.click(f"#tab-{view}")
        assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view


def test_what_is_disputed_leads_to_its_claims_and_their_words(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.click("#details button:has-text('Defection: Ana Velho')")
    details = page.text("#details")
    assert "one source says so, another denies it" in details
    assert "a diplomat (through Farol) says so" in details
    assert "Norland says it is not so" in details
    assert page.all("#details .claim").count() == 3
    assert page.texts("#details mark") == ["defected", "defected", "defect"]
    assert page.texts("#words .hit") == ["defected", "defected"]
    assert page.page.evaluate("new URLSearchParams(location.hash.slice(1)).get('at')") == FLIGHT
    page.click("#details .claim:nth-of-type(3) blockquote button")
    assert page.text("#article h2") == "second.txt"
    assert page.texts("#words .hit") == ["defect"]


def test_each_claim_tells_all_that_is_known_of_it(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address=f"#{FLIGHT.replace('/', '%2F')}")
    told = page.all("#details .claim").first.locator("dl").inner_text().split("\n")
    known = dict(zip(told[::2], told[1::2], strict=True))
    assert known == {
        "polarity": "positive",
        "certainty": "certain",
        "cue": "“citing”",
        "confidence": "90 %",
        "rule": "events/test.toml:Defection:1",
        "in": "Envoy missing in Lisbon",
        "address": FLIGHT.replace("situation", "claim"),
    }
    page.find("disappearance")
    assert "“on Monday”, 1 March 2021" in page.text("#details .claim dl")


def test_words_lead_to_what_they_name(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.click("#words .m:has-text('Lisbon')")
    assert page.text("#details h2") == "Lisbon"
    assert "Disappearance: Ana Velho – in Lisbon" in page.text("#details")
    page.click("#words .t:has-text('warned')")
    assert page.text("#details h2") == "Warning: Portugal – to Norland"
    page.press("Escape")
    assert page.text("#details h2") == "Who says what happened"


def test_a_click_in_the_network_leads_to_the_words(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    box = page.all("#network").bounding_box()
    assert box is not None
    x, y = page.place("Ana Velho")
    page.page.mouse.click(x, y)
    page.page.wait_for_selector("#details .back")
    assert page.text("#details h2") == "Ana Velho"
    assert page.texts("#words .hit")[0] == "Ana Velho"
    page.page.mouse.click(box["x"] + 5, box["y"] + box["height"] - 5)
    page.page.wait_for_selector("#details .lead")


def test_a_click_on_a_line_tells_of_its_role_first(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    (ax, ay), (bx, by) = page.place("Lisbon"), page.place("Disappearance: Ana Velho – in Lisbon")
    page.page.mouse.click((2 * ax + bx) / 3, (2 * ay + by) / 3)
    assert page.text("#details h2") == "Disappearance: Ana Velho – in Lisbon"
    assert "Those that give Lisbon as place come first." in page.text("#details")
    assert page.texts("#details .claim mark")[0] == "disappeared"


def test_an_address_opens_what_it_names(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address=f"#{FLIGHT.replace('/', '%2F')}")
    assert page.text("#details h2") == "Defection: Ana Velho – from Norland"
    page.page.goto(f"{small_page.as_uri()}#%E0%A4")
    assert page.text("#details h2") == "Who says what happened"
    page.page.goto(f"{small_page.as_uri()}#view=claims&at=constructor&from=yesterday&sort=__proto__&status=Nonsense")
    assert page.text("#claims-count") == "0 claims of 14"


def test_search_finds_and_says_when_it_does_not(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.press("/")
    page.page.keyboard.type("norland")
    assert page.all("#hits li").count() > 2
    page.press("ArrowDown")
    assert page.page.get_attribute("#search", "aria-activedescendant") == "hit0"
    page.press("ArrowUp", "Escape")
    assert page.page.is_hidden("#hits")
    page.page.fill("#search", "zzz")
    assert page.text("#hits") == "Nothing is called that, and no sentence has it"
    page.press("Enter")
    assert page.text("#details h2") == "Who says what happened"


def test_search_puts_a_name_before_what_only_begins_like_it(
    opened: Open, page_of: Callable[[nx.MultiDiGraph, str], Path]
) -> None:
    graph = build(KNOWLEDGE)
    graph.nodes[VELHO.id]["aliases"] = '["Velho"]'
    graph.nodes[FAROL.id]["label"] = "Velho's daily"
    page = opened(page_of(graph, "2 documents"))
    page.page.fill("#search", "velho")
    first, *others = page.texts("#hits li")
    assert first == "Ana Velho"
    assert "Velho's daily" in others


def test_what_is_counted_and_not_drawn_is_told(opened: Open, page_of: Callable[[nx.MultiDiGraph, str], Path]) -> None:
    page = opened(page_of(build(KNOWLEDGE), "2 documents"))
    assert page.text("#meta").startswith("9 entities")  # its title is how many documents there are
    assert "1 event of no class of the vocabulary is counted here" in page.text("#others")
    page.click("#more")
    assert page.all("#others").count() == 0


def test_a_plain_event_can_be_reached_from_its_words(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.page.select_option("#article select", "1")
    page.click("#words .t.plain:has-text('watched')")
    assert page.text("#details h2") == "watch"
    assert "other event" in page.text("#details")
    page.click("#article button[aria-label='Next article']")
    assert page.text("#article h2") == "Envoy missing in Lisbon"


def test_an_empty_page_says_so(opened: Open, page_of: Callable[[nx.MultiDiGraph, str], Path]) -> None:
    page = opened(page_of(nx.MultiDiGraph(), "Nothing"))
    assert "No claim was found" in page.text("#empty")
    for view in ("around", "timeline", "dossier", "claims", "network"):
        page.click(f"#tab-{view}")


HOSTILE = [
    "</script><script>document.title='x'</script>",
    "<img src=x onerror=\"document.title='x'\">",
    "javascript:document.title='x'",
    "\"'><b onmouseover=alert(1)>",
    "\u202eright to left\u202c",
    "😀 " * 40,
    "x" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(opened: Open, page_of: Callable[[nx.MultiDiGraph, str], Path], text: str) -> None:
    graph = build(KNOWLEDGE)
    for _, data in graph.nodes(data=True):
        data["label"] = text
        if data["kind"] == "entity":
            data["aliases"] = json.dumps([text, "second"])
            data["country"] = text
        if data["kind"] == "document":
            data |= {"title": text, "publisher": text, "author": text, "url": text}
        if data["kind"] in {"claim", "situation"}:
            data |= {"rule": text, "position": text, "predicate": text, "time_text": text, "edtf": text}
    hostile = nx.relabel_nodes(graph, {node: f"{node}/{text}" for node in graph})
    for _, data in hostile.nodes(data=True):
        data.pop("chain", None)
    page = opened(page_of(hostile, text))
    plain = page.page.evaluate("[...new Set([...document.querySelectorAll('*')].map((e) => e.tagName))].sort().join()")
    page.click("#details .rows button")
    page.page.fill("#search", text[:6])
    page.press("Escape")
    page.click("#open-filters")
    for view in ("around", "timeline", "dossier", "claims", "network"):
        page.click(f"#tab-{view}")
        assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
    shown = page.page.evaluate("[...new Set([...document.querySelectorAll('*')].map((e) => e.tagName))].sort().join()")
    assert not {"IMG", "A", "B", "IFRAME"} & {*shown.split(","), *plain.split(",")}
    assert page.page.title().strip() == " ".join(text.split())
    assert text.strip()[:60] in page.text("#details h2")
    assert page.page.evaluate("document.scripts.length") == 3
    Path(page.saved("svg")).read_text(encoding="utf-8")


def test_it_opens_in_the_frame_of_a_notebook(browser: Browser, small_page: Path) -> None:
    html = card.frame(small_page.read_text(encoding="utf-8"), height=700)
    tab = browser.new_context(viewport={"width": 1300, "height": 800}).new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.append(message.text))
    tab.set_content(f"<!doctype html><title>x</title>{html}")
    frame = tab.frame_locator("iframe")
    frame.locator("#details button:has-text('Defection: Ana Velho')").click()
    frame.locator("#tab-claims").click()
    assert frame.locator("#claims-count").inner_text() == "13 claims of 14"
    assert faults == []
    tab.context.close()
