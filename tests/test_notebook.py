"""The notebook runs, and what is committed below its cells is of the kind that they give.

``python tests/test_notebook.py`` runs it and writes what it gives now.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

ROOT = Path(__file__).parents[1]
PATH = ROOT / "notebooks" / "explore.ipynb"


def run() -> nbformat.NotebookNode:
    """The notebook, run from top to bottom in its own folder."""
    book = nbformat.read(PATH, as_version=4)
    before = os.environ.get("PYTHONPATH")
    os.environ |= {
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
    try:
        client = nbclient.NotebookClient(book, timeout=600, kernel_name="python3", record_timing=False)
        client.execute(cwd=str(PATH.parent))
    finally:
        os.environ.pop("PYTHONPATH") if before is None else os.environ.update(PYTHONPATH=before)
    book.metadata.language_info = {"name": "python"}
    return book


def kinds(book: nbformat.NotebookNode) -> list[tuple[str, ...]]:
    """What each cell gives: a table, a picture, the page or printed lines. Figures may move as the rules get better."""
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    return [(output["output_type"], output.get("name", ""), *sorted(output.get("data", {}))) for output in outputs]


def printed(book: nbformat.NotebookNode) -> str:
    return "".join(output.get("text", "") for cell in book.cells for output in cell.get("outputs", []))


@pytest.fixture(scope="module")
def committed() -> nbformat.NotebookNode:
    return nbformat.read(PATH, as_version=4)


# the kernel's own sockets and loops warn when they are closed
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::RuntimeWarning")
def test_the_cells_run_and_give_what_is_committed_below_them(committed: nbformat.NotebookNode) -> None:
    book = run()
    assert kinds(book) == kinds(committed), "python tests/test_notebook.py writes what they give now"
    for each in (book, committed):
        assert "Kim Jong Un – Kim Jong Nam: Kim Jong Nam, sibling of Kim Jong Un (Asserted)" in printed(each)
        assert "a person with knowledge of the case" in str(each.cells)


def test_every_cell_was_run_and_none_failed(committed: nbformat.NotebookNode) -> None:
    cells = [cell for cell in committed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert {output["output_type"] for cell in cells for output in cell.outputs} <= {
        "execute_result",
        "display_data",
        "stream",
    }
    assert not [output for cell in cells for output in cell.outputs if output.get("name") == "stderr"]


def test_it_has_a_picture_and_the_page_and_is_not_large(committed: nbformat.NotebookNode) -> None:
    data = [output.get("data", {}) for cell in committed.cells for output in cell.get("outputs", [])]
    assert any("image/png" in each for each in data)
    assert any(each.get("text/html", "").startswith("<iframe srcdoc=") for each in data)
    assert PATH.stat().st_size < 2_000_000


def test_nothing_in_it_names_the_machine_that_ran_it(committed: nbformat.NotebookNode) -> None:
    text = PATH.read_text(encoding="utf-8")
    for place in (str(ROOT), str(Path.home()) + "/", "/tmp/", "site-packages"):
        assert place not in text


def refresh() -> None:
    nbformat.write(run(), PATH)


if __name__ == "__main__":
    refresh()
