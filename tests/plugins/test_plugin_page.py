"""The page on plug-ins is true: its code is the example's, its commands print what it shows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import distributions
import pytest
from test_readme import output, prepared, shape

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "plugin"
PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")


def test_the_code_of_the_page_is_that_of_the_example() -> None:
    module = (EXAMPLE / "kg_toy" / "__init__.py").read_text(encoding="utf-8")
    functions = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(functions) == 2
    assert all(function in module for function in functions)
    [points] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    described = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))
    assert tomllib.loads(points)["project"]["entry-points"] == described["project"]["entry-points"]


def test_the_commands_print_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = re.findall(r"```console\n\$ (kg [^\n]*)\n(.*?)```", PAGE, re.DOTALL)
    assert [command.split()[1] for command, _ in commands] == ["build", "query"]
    monkeypatch.setenv("PYTHONPATH", str(distributions.install(tmp_path / "toy", EXAMPLE)))
    folder = prepared(tmp_path)
    for command, shown in commands:
        assert shape(output(command, folder)) == shape(shown)
