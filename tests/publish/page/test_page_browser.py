"""The page in a browser: what is drawn, what a click shows, and that nothing leaves it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from knowledge import FLIGHT, KNOWLEDGE

from kg.graph import build
from kg.publish.page import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


class Opened:
    """A page in a window of its own, with all that it asked for and complained of."""

    def __init__(self, browser: Browser, path: Path, *, width: int = 1440, scheme: str = "light") -> None:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("#network canvas" if "empty" not in path.name else "#empty p")

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)

    def click(self, selector: str) -> None:
        self.page.click(selector)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    path.write_bytes(render(build(KNOWLEDGE), title="Two documents").encode())
    return path


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (380, "light"), (380, "dark")])
def test_it_opens_without_a_request_or_a_complaint(browser: Browser, file: Path, width: int, scheme: str) -> None:
    opened = Opened(browser, file, width=width, scheme=scheme)
    assert opened.text("h1") == "Two documents"
    assert "14 claims" in opened.text("#meta")
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    drawn = """() => { const c = document.querySelector('#network canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        return new Set(new Uint32Array(d.buffer)).size }"""
    assert opened.page.evaluate(drawn) > 20
    assert opened.requests == [file.as_uri()]
    assert opened.faults == []


def test_what_is_disputed_leads_to_its_claims_and_their_words(browser: Browser, file: Path) -> None:
    opened = Opened(browser, file)
    opened.click("#details button:has-text('Defection: Ana Velho')")
    details = opened.text("#details")
    assert "one source says so, another denies it" in details
    assert "a diplomat (through Farol) says so" in details
    assert "Norland says it is not so" in details
    assert opened.page.locator("#details .claim").count() == 3
    assert opened.page.locator("#details mark").all_inner_texts() == ["defected", "defected", "defect"]
    assert opened.page.locator("#words .hit").all_inner_texts() == ["defected", "defected"]
    assert opened.page.evaluate("decodeURIComponent(location.hash.slice(1))") == FLIGHT
    opened.click("#details .claim:nth-of-type(3) blockquote")
    assert opened.text("#article h2") == "second.txt"
    assert opened.page.locator("#words .hit").all_inner_texts() == ["defect"]
    assert opened.faults == []


def test_an_address_opens_what_it_names(browser: Browser, file: Path) -> None:
    opened = Opened(browser, file)
    opened.page.goto(f"{file.as_uri()}#{FLIGHT.replace('/', '%2F')}")
    assert opened.text("#details h2") == "Defection: Ana Velho – from Norland"
    opened.page.goto(f"{file.as_uri()}#%E0%A4")
    assert opened.text("#details h2") == "Who says what happened"


def test_words_lead_to_what_they_name(browser: Browser, file: Path) -> None:
    opened = Opened(browser, file)
    opened.click("#words .m:has-text('Lisbon')")
    assert opened.text("#details h2") == "Lisbon"
    assert "Disappearance: Ana Velho – in Lisbon" in opened.text("#details")
    opened.click("#words .t:has-text('warned')")
    assert opened.text("#details h2") == "Warning: Portugal – to Norland"
    opened.page.keyboard.press("Escape")
    assert opened.text("#details h2") == "Who says what happened"
    assert opened.faults == []


def test_a_click_in_the_network(browser: Browser, file: Path) -> None:
    opened = Opened(browser, file)
    box = opened.page.locator("#network").bounding_box()
    assert box is not None
    opened.click("#words .m:has-text('Ana Velho')")
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_timeout(400)
    # the network was moved so that she stands in its middle
    opened.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.page.wait_for_selector("#details .back")
    assert opened.text("#details h2") == "Ana Velho"
    opened.page.mouse.click(box["x"] + 5, box["y"] + box["height"] - 5)
    opened.page.wait_for_selector("#details .lead")


def test_a_dossier_lists_states_events_and_what_it_says(browser: Browser, file: Path) -> None:
    opened = Opened(browser, file)
    opened.page.fill("#search", "rui")
    opened.page.keyboard.press("Enter")
    details = opened.text("#details")
    assert details.index("Posts, kin and the like") < details.index("Says")
    assert "Ana Velho, sibling of Rui Velho" in details
    assert "Rui Velho said his sister did not defect." in details


def test_search_finds_and_says_when_it_does_not(browser: Browser, file: Path) -> None:
    opened = Opened(browser, file)
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("norland")
    assert opened.page.locator("#hits li").count() > 2
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.get_attribute("#search", "aria-activedescendant") == "hit0"
    opened.page.keyboard.press("ArrowUp")
    opened.page.keyboard.press("Escape")
    assert opened.page.is_hidden("#hits")
    opened.page.fill("#search", "zzz")
    assert opened.text("#hits") == "Nothing is called that"
    opened.page.keyboard.press("Enter")
    assert opened.text("#details h2") == "Who says what happened"
    assert opened.faults == []


def test_switches_and_filters(browser: Browser, file: Path) -> None:
    opened = Opened(browser, file)
    assert opened.text("#more") == "Other events 1"
    opened.click("#more")
    assert opened.page.get_attribute("#more", "aria-pressed") == "true"
    opened.click("#says")
    for status in ("Asserted", "Hedged", "Disputed"):
        opened.click(f"#legend button:has-text('{status}')")
    assert "Nothing is left to show" in opened.text("#empty")
    opened.click("#legend button:has-text('Disputed')")
    assert opened.page.is_hidden("#empty")
    for tool in ("#in", "#out", "#whole"):
        opened.click(tool)
    assert opened.faults == []


def test_a_plain_event_can_be_reached_from_its_words(browser: Browser, file: Path) -> None:
    opened = Opened(browser, file)
    opened.page.select_option("#article select", "1")
    opened.click("#words .t.plain:has-text('watched')")
    assert opened.text("#details h2") == "watch"
    assert "other event" in opened.text("#details")


def test_an_empty_page_says_so(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_bytes(render(nx.MultiDiGraph(), title="Nothing").encode())
    opened = Opened(browser, path)
    assert "No claim was found" in opened.text("#empty")
    assert opened.faults == []


@pytest.mark.parametrize(
    "text",
    ["</script><script>document.title='x'</script>", "<img src=x onerror=\"document.title='x'\">", "javascript:1"],
)
def test_hostile_text_stays_text(browser: Browser, tmp_path: Path, text: str) -> None:
    graph = build(KNOWLEDGE)
    for _, data in graph.nodes(data=True):
        data["label"] = text
        if data["kind"] == "entity":
            data["aliases"] = json.dumps([text])
        if data["kind"] == "document":
            data |= {"title": text, "publisher": text, "url": text}
        if data["kind"] == "claim":
            data |= {"rule": text, **({"cue": text} if "cue" in data else {})}
    path = tmp_path / "hostile.html"
    path.write_bytes(render(graph, title=text).encode())
    opened = Opened(browser, path)
    opened.click("#details .rows button")
    opened.page.fill("#search", text[:6])
    assert opened.page.title() == text
    assert opened.text("#details h2") == text
    assert opened.page.locator("img, #article a").count() == 0
    assert opened.requests == [path.as_uri()]
    assert opened.faults == []
