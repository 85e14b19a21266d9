"""A page in a browser, with all that it asks for and complains of."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download, Locator, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Scheme = Literal["light", "dark"]


class Opened:
    """A page in a window of its own, with all that it asked for and complained of."""

    def __init__(
        self, browser: Browser, path: Path, *, address: str = "", width: int = 1440, scheme: Scheme = "light"
    ) -> None:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.path = path
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri() + address)
        self.page.wait_for_selector("#tabs button", state="attached")

    def all(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def texts(self, selector: str) -> list[str]:
        return self.page.locator(selector).all_inner_texts()

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)

    def click(self, selector: str) -> None:
        self.page.click(selector)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def find(self, words: str) -> None:
        """Choose what the search finds first."""
        self.page.fill("#search", words)
        self.page.keyboard.press("Enter")

    def tick(self, facet: str, label: str) -> None:
        """Tick a value in a facet of the filters, which are opened if they are not."""
        if self.page.is_hidden("#filters"):
            self.click("#open-filters")
        self.page.evaluate(f"document.getElementById('facet-{facet}').open = true")
        if self.page.is_visible(f"#facet-{facet} button:has-text('All ')"):
            self.click(f"#facet-{facet} button:has-text('All ')")
        self.click(f"#facet-{facet} label:has-text('{label}')")

    def place(self, label: str) -> tuple[float, float]:
        """Where on the screen the node of this name is drawn."""
        x, y = self.page.evaluate("(label) => document.getElementById('network').placeOf(label)", label)
        return x, y

    def saved(self, kind: str) -> str:
        """What the page saves in a format."""
        self.click("#export")
        with self.page.expect_download() as waiting:
            self.click(f"#export-menu button[data-format={kind}]")
        download: Download = waiting.value
        assert download.suggested_filename == f"graph.{kind}"
        return str(download.path())

    @property
    def address(self) -> str:
        found: str = self.page.evaluate("location.hash")
        return found

    @property
    def clean(self) -> bool:
        """Whether nothing but the file itself was asked for, and nothing was complained of."""
        assert self.faults == []
        assert {url.partition("#")[0] for url in self.requests if not url.startswith("blob:")} == {self.path.as_uri()}
        return True


Open = Callable[..., Opened]
