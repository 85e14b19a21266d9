"""What the README shows is what happens. Figures may move as the rules get better; the rest may not.

``python tests/test_readme.py`` writes what happens now into the README.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import networkx as nx
import pytest

import kg

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```console\n\$ (kg [^\n]*)\n(.*?)```", re.DOTALL)
CONSOLE = dict(BLOCK.findall(README))
BUILD = "kg build examples/rome.txt"
QUERIES = [command for command in CONSOLE if command.startswith("kg query")]


def output(command: str, folder: Path) -> str:
    words = [sys.executable, "-m", *shlex.split(command)]
    paths = [str(Path(kg.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return subprocess.run(
        words, cwd=folder, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True
    ).stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder in which the README's first command was run, and what it printed."""
    folder = prepared(tmp_path_factory.mktemp("readme"))
    return folder, output(BUILD, folder)


def prepared(folder: Path) -> Path:
    (folder / "examples").symlink_to(ROOT / "examples")
    return folder


def shape(text: str) -> list[str]:
    """The text without its figures, and without the situations that are named as disputed."""
    lines = [re.sub(r" *\d[\d,]*", " N", line) for line in text.splitlines()]
    return [line for line in lines if not line.startswith("Disputed:")]


def test_the_first_screen_has_the_two_commands() -> None:
    first_screen = README.splitlines()[:45]
    assert "    pip install . && kg build examples/rome.txt" in first_screen
    assert "    pip install '.[test]' && pytest" in first_screen


def test_the_build_prints_what_the_readme_shows(built: tuple[Path, str]) -> None:
    folder, printed = built
    assert shape(printed) == shape(CONSOLE[BUILD])
    assert sorted(path.name for path in (folder / "output").iterdir()) == ["graph.html", "graph.json", "graph.ttl"]


@pytest.mark.parametrize("command", QUERIES)
def test_the_queries_give_the_rows_that_the_readme_shows(command: str, built: tuple[Path, str]) -> None:
    rows = [line.split() for line in output(command, built[0]).splitlines()]
    shown = [line.split() for line in CONSOLE[command].splitlines()]
    assert shown[0] == rows[0]
    assert len(shown) > 2
    for row in shown[2:]:
        assert row in rows


def test_the_lines_of_python_give_a_graph_and_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    names: dict[str, object] = {}
    exec(code[1], names)
    graph = names["graph"]
    assert isinstance(graph, kg.Graph)
    assert isinstance(graph.nx, nx.MultiDiGraph)
    assert kg.project(graph).number_of_edges() > 0


def test_every_room_that_the_readme_names_is_there() -> None:
    layout = README.split("## Where things are")[1]
    rooms = re.findall(r"^    ([\w./]+) {2,}", layout, re.MULTILINE)
    assert len(rooms) == 9
    for room in rooms:
        assert (ROOT / room).exists(), room


def refresh() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = prepared(Path(name))
        fresh = BLOCK.sub(lambda m: f"```console\n$ {m[1]}\n{output(m[1], folder).rstrip()}\n```", README)
    (ROOT / "README.md").write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    refresh()
