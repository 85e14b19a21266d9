"""axe-core finds nothing serious in any view, light or dark, wide or narrow.

It comes from npm: ``npm ci --prefix tests`` installs the version of tests/package-lock.json.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Open
from knowledge import FLIGHT, VELHO

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: run npm ci --prefix tests"),
]
STATES = {
    "everything": "",
    "a situation": f"#at={FLIGHT}",
    "neighbourhood": f"#view=around&at={VELHO.id}",
    "timeline": "#view=timeline",
    "dossier": f"#view=dossier&at={VELHO.id}",
    "claims": "#view=claims&status=Disputed",
}


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (380, "light"), (380, "dark")])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious(opened: Open, small_page: Path, state: str, width: int, scheme: str) -> None:
    page = opened(small_page, address=STATES[state], width=width, scheme=scheme)
    page.click("#open-filters")
    page.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations"
        ".map((each) => [each.impact, each.id, each.nodes.map((node) => node.html.slice(0, 160)).slice(0, 4)]))"
    )
    assert [each for each in found if each[0] in {"serious", "critical"}] == []
