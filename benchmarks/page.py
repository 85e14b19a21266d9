"""How long the page takes to open, and to follow what a reader does, at several sizes of graph.

    python benchmarks/page.py [--nodes 200 2000 20000] [--rounds 3] [--max-nodes 2000]

Prints seconds of making the page, of opening it in headless Chromium until it is drawn, and milliseconds from one
frame to the next while it is dragged and zoomed, and until an answer stands on the page. The best round counts.
Needs the extra ``test`` (Playwright) and a Chromium on the path.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from kg.graph import build
from kg.publish import page

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from large import large

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_RECORD = """() => { window.frames_ = []; window.go_ = true; let last = performance.now();
  const frame = (now) => { frames_.push(now - last); last = now; if (go_) requestAnimationFrame(frame); };
  requestAnimationFrame(frame); }"""
_RECORDED = "() => { go_ = false; return frames_ }"
#: What a reader does, as what is clicked.
_CLICKS = {
    "other events": "#more",
    "only disputed": "#disputed",
    "timeline": "#tab-timeline",
    "claims": "#tab-claims",
    "network": "#tab-network",
    "choose one": "#details .rows button",
    "neighbourhood": "#tab-around",
    "dossier": "#tab-dossier",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table, a column a size."""
    parser = argparse.ArgumentParser(description="How long the page takes to open and to answer.")
    parser.add_argument("--nodes", type=int, nargs="+", default=[200, 2000, 20_000], help="sizes of the graphs")
    parser.add_argument("--rounds", type=int, default=3, help="how often each page is opened")
    parser.add_argument("--max-nodes", type=int, default=page.MAX_NODES, help="how many are drawn at first")
    options = parser.parse_args(arguments)

    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    columns: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for nodes in options.nodes:
            path = Path(folder) / f"{nodes}.html"
            start = perf_counter()
            path.write_text(page.render(build(large(nodes)), title=f"{nodes} nodes", max_nodes=options.max_nodes))
            made = {"make the page, s": perf_counter() - start, "size, MB": path.stat().st_size / 1e6}
            rounds = [_round(browser, path) for _ in range(options.rounds)]
            columns.append(made | {name: min(each[name] for each in rounds) for name in rounds[0]})
        browser.close()
    print(f"{'nodes':<24}" + "".join(f"{nodes:>10,}" for nodes in options.nodes))
    for name in columns[0]:
        print(
            f"{name:<24}"
            + "".join(
                f"{column[name]:>10.{2 if name.endswith(('s', 'MB')) and 'ms' not in name else 0}f}"
                for column in columns
            )
        )


def _round(browser: Browser, path: Path) -> dict[str, float]:
    tab = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()
    start = perf_counter()
    tab.goto(path.as_uri())
    tab.evaluate(_DRAWN)
    found = {"open until drawn, s": perf_counter() - start}
    box = tab.locator("#network").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    found |= _frames(tab, "drag", lambda: _drag(tab, box["x"] + 20, y))
    found |= _frames(tab, "zoom", lambda: _zoom(tab, x, y))
    found |= _frames(tab, "drag, near", lambda: _drag(tab, box["x"] + 20, y))
    for name, selector in _CLICKS.items():
        script = f"document.querySelector({selector!r})"
        if tab.evaluate(f"Boolean({script}) && !{script}.hidden"):
            took = f"() => {{ const start = performance.now(); {script}.click(); return performance.now() - start }}"
            found[f"{name}, ms"] = tab.evaluate(took)
    tab.context.close()
    return found


def _frames(tab: Page, name: str, act: Callable[[], None]) -> dict[str, float]:
    """Median and 95th percentile from frame to frame while something goes on."""
    tab.evaluate(_RECORD)
    act()
    frames = sorted(tab.evaluate(_RECORDED))
    return {f"{name}, median ms": frames[len(frames) // 2], f"{name}, 95 % ms": frames[int(len(frames) * 0.95)]}


def _drag(tab: Page, x: float, y: float) -> None:
    tab.mouse.move(x, y)
    tab.mouse.down()
    for i in range(30):
        tab.mouse.move(x + i * 4, y - i * 2)
        tab.wait_for_timeout(16)
    tab.mouse.up()


def _zoom(tab: Page, x: float, y: float) -> None:
    tab.mouse.move(x, y)
    for _ in range(12):
        tab.mouse.wheel(0, -120)
        tab.wait_for_timeout(30)


if __name__ == "__main__":
    main()
