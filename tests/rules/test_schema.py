"""Rule files: what is well formed, and what each fault is told as."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RulesError
from kg.rules import schema

GOOD = """
[PortCall]
definition = "A ship puts in at a port."
example = "The tanker docked in Odesa."
roles = ["agent", "place"]

[[PortCall.frames]]
verbs = ["dock", "put into port"]
nouns = ["port call"]
prep = { at = "place", in = "place" }
"""


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "ports.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_users_class_is_added_to_those_that_ship(tmp_path: Path) -> None:
    rules = schema.load(folder(tmp_path, GOOD))
    assert rules.classes["PortCall"].family == "ports"
    assert {"Expulsion", "Tenure", "PortCall"} <= rules.classes.keys()
    patterns = {(p.kind, p.text) for p, frame in rules.index["noun"]["call"] if frame.cls == "PortCall"}
    assert patterns == {("noun", "port call")}


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("verbs", "verb"), 8, 'unknown key "verb"; did you mean "verbs"?'),
        (('"agent", "place"', '"agent", "placse"'), 5, '"placse" is no role; did you mean "place"?'),
        (('at = "place"', 'at = "recipient"'), 7, 'fills the role "recipient"'),
        (('definition = "A ship puts in at a port."', ""), 2, 'class PortCall needs a "definition"'),
        (('prep = { at = "place", in = "place" }', 'needs = { agent = ["Persom"] }'), 10, '"Persom" is no class'),
        (('"agent", "place"', '"agent", "place", "origin"'), 5, 'no frame of PortCall can fill the role "origin"'),
        (('verbs = ["dock", "put into port"]', 'verbs = "dock"'), 8, '"verbs" has to be a list of words'),
        (("[PortCall]", "[PortCall"), None, "not TOML"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_file_and_line(
    tmp_path: Path, change: tuple[str, str], line: int | None, says: str
) -> None:
    with pytest.raises(RulesError) as error:
        schema.load(folder(tmp_path, GOOD.replace(*change)))
    assert says in str(error.value)
    assert "ports.toml" in str(error.value)
    if line is not None:
        assert f"line {line}:" in str(error.value)


def test_two_classes_must_not_claim_a_trigger_without_a_condition(tmp_path: Path) -> None:
    clash = GOOD + GOOD.replace("PortCall", "Docking")
    with pytest.raises(RulesError, match='"dock" is claimed without a condition by Docking and by PortCall'):
        schema.load(folder(tmp_path, clash))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="no such folder of rules"):
        schema.load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("kind", "text", "head"),
    [("verb", "break off relation", 0), ("noun", "nuclear test", 1), ("noun", "declaration of war", 0)],
)
def test_the_head_of_a_pattern(kind: schema.Kind, text: str, head: int) -> None:
    assert schema.pattern(kind, text).head == head


def test_every_class_that_ships_has_frames_or_is_read_by_code() -> None:
    rules = schema.load()
    without = {name for name, c in rules.classes.items() if not c.frames}
    assert without <= {"Kinship", "Attribute"}


def test_conditions_order_the_index() -> None:
    for entries in schema.load().index["verb"].values():
        ranks = [(not frame.own, -len(pattern.words), -frame.conditions) for pattern, frame in entries]
        assert ranks == sorted(ranks)
