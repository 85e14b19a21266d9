"""The README's picture: the page of the first example in headless Chromium, what is around one person.

    python scripts/picture.py [OUT.png]

Needs the extra ``test`` (Playwright) and a Chromium on the path.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

import kg

ROOT = Path(__file__).parent.parent
_CHOSEN = "Jo Song Gil"
_SIZE = {"width": 1440, "height": 900}
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main(out: Path) -> None:
    """Write the picture. Raises ``RuntimeError`` where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise RuntimeError("no Chromium on the path: install Debian's package chromium")
    graph = kg.build(ROOT / "examples" / "rome.txt")
    chosen = next(node for node, data in graph.nx.nodes(data=True) if data.get("label") == _CHOSEN)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "graph.html"
        file.write_text(graph.to_html(), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
        tab = browser.new_context(viewport=_SIZE, reduced_motion="reduce").new_page()
        tab.goto(f"{file.as_uri()}#view=around&steps=2&at={quote(chosen, safe='')}")
        tab.wait_for_selector("#network canvas")
        tab.wait_for_timeout(800)
        tab.screenshot(path=out)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "graph.png")
