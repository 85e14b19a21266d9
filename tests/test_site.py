"""The documentation as a site: it is built without a warning, and fetches nothing from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kg

pytest.importorskip("mkdocs", reason="the extra kg-news[docs] is not installed")

ROOT = Path(__file__).parents[1]
#: What makes a browser fetch something: scripts, styles, pictures, fonts and frames.
FETCHED = re.compile(r'<(?:script|img|iframe|source|link(?! rel="?canonical))\b[^>]*?(?:src|href)=["\']?([^"\' >]+)')
IMPORTED = re.compile(r'(?:@import\s*|url\()["\']?((?:https?:)?//[^"\')]+)')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 15
    fetched = {address for page in pages for address in FETCHED.findall(page.read_text(encoding="utf-8"))}
    assert any(address.endswith(".js") for address in fetched)
    assert {address for address in fetched if re.match(r"(?:https?:)?//", address)} == set()
    styles = "".join(style.read_text(encoding="utf-8") for style in site.rglob("*.css"))
    assert IMPORTED.findall(styles) == []


def test_every_name_of_the_package_is_in_the_reference(site: Path) -> None:
    reference = (site / "api" / "index.html").read_text(encoding="utf-8")
    for name in kg.__all__:
        if name not in {"__version__", "KgError"}:
            assert f'id="kg.{name}"' in reference, name
    assert 'id="kg.errors.KgError"' in reference
    assert reference.count("&gt;&gt;&gt;") > 5, "examples are shown as code"


def test_every_page_is_in_the_table_of_contents() -> None:
    listed = set(re.findall(r"(\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} == listed
