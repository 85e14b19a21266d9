"""The page on a class of one's own is true: its rules are the example's, its commands print what it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from test_readme import output, prepared, shape

from kg.errors import RulesError
from kg.rules import schema

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples" / "rules-port-calls"
PAGE = (ROOT / "docs" / "own-classes.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```console\n\$ (kg [^\n]*)\n(.*?)```", PAGE, re.DOTALL)
MISTAKES = re.findall(r"^\| `([^`]+)` \| (.+) \|$", PAGE, re.MULTILINE)


def test_the_rules_of_the_page_are_those_of_the_example() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    rules = (FOLDER / "ports.toml").read_text(encoding="utf-8")
    assert len(blocks) == 4
    assert all(block in rules for block in blocks)
    assert sum(map(len, blocks)) + len("\n" * 3) == len(rules)


def test_the_code_of_the_page_is_that_of_the_example() -> None:
    [block] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert block in (FOLDER / "test_port_calls.py").read_text(encoding="utf-8")


def test_the_commands_print_what_the_page_shows(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    built, asked = [(output(command, folder), shown) for command, shown in COMMANDS]
    assert shape(built[0]) == shape(built[1])
    assert asked[0] == asked[1]


def test_the_tests_of_the_example_pass() -> None:
    [command] = re.findall(r"^    (pytest .*)$", PAGE, re.MULTILINE)
    words = [sys.executable, "-m", *shlex.split(command), "-q", "-p", "no:cacheprovider"]
    assert "5 passed" in subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


@pytest.mark.parametrize(("line", "message"), MISTAKES)
def test_a_mistake_is_told_as_the_page_says(line: str, message: str, tmp_path: Path) -> None:
    frame = line if line.startswith("verb") else f'verbs = ["dock"]\n{line}'
    text = '[PortCall]\ndefinition = "x"\nexample = "y"\nroles = ["agent"]\n\n[[PortCall.frames]]\n' + frame
    (tmp_path / "ports.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as raised:
        schema.load(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'ports.toml'}, line ")
    assert str(raised.value).endswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[PortCall]\ndefinition = "x"\nexample = "y"\nroles = ["agent"]\n', "add [[PortCall.frames]] with its verbs"),
        ('[PortCall]\ndefinition = "x"\nexample = "y"\nroles = ["harbour"]\n', "there are agent, patient, recipient"),
    ],
)
def test_a_class_that_can_do_nothing_is_refused(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "ports.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError, match=re.escape(message)):
        schema.load(tmp_path)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"no files that end in \.toml"):
        schema.load(tmp_path)
