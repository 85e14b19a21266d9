"""Light words that take up an event, by the table in ``cases/anaphora.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.errors import RulesError
from kg.rules import anaphora
from kg.rules.schema import load
from tests.conftest import Reader

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "anaphora.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[c["text"][-60:] for c in CASES])
def test_a_light_word_stands_for_the_event_that_it_takes_up(case: dict[str, str], reader: Reader) -> None:
    reading = reader(case["text"])
    text = reading.document.text
    words = {claim.id: text[slice(*claim.trigger)] for claim in reading.claims}
    [claim] = [c for c in reading.claims if words[c.id] == case["of"] and not c.background]
    told = {c.id for c in reading.claims if not c.background}
    meant = [words[f.situation] for f in claim.roles.get(case["role"], ()) if f.situation in told]
    assert meant == ([case["means"]] if case["means"] else [])


def test_the_reason_stands_in_the_rule(reader: Reader) -> None:
    reading = reader("Norland expelled two envoys on Monday. The move angered Velia.")
    [angered] = [c for c in reading.claims if c.predicate == "anger"]
    assert angered.rule.endswith("«The move» takes up «expelled»")


def test_a_noun_for_an_event_of_another_class_is_no_event_besides_it(reader: Reader) -> None:
    reading = reader("Gunmen killed six people in Rome. France condemned the attack.")
    assert [c.cls for c in reading.claims if not c.background and not c.state and c.cls != "Criticism"] == ["Killing"]


def test_another_name_of_an_event_is_a_claim_about_it(reader: Reader) -> None:
    reading = reader("A bomb went off in Rome, killing six. Nobody spoke. It rained. France condemned the attack.")
    text = reading.document.text
    told = [(c.cls, text[slice(*c.trigger)]) for c in reading.claims if not c.background and c.cls != "Criticism"]
    assert ("Bombing", "attack") in told
    assert "Attack" not in {cls for cls, _ in told}


def test_a_noun_is_what_it_says_where_that_was_told(reader: Reader) -> None:
    reading = reader("The two firms agreed to merge. One of them bought a mill. The merger cost a million.")
    text = reading.document.text
    assert [c.cls for c in reading.claims if text[slice(*c.trigger)] == "merger"] == ["Merger"]


def test_every_class_and_family_that_the_table_names_is_one() -> None:
    classes = load().classes
    assert {name for t in anaphora.load().nouns.values() for name in t.names} <= classes.keys()
    known = {"any", *classes, *(c.family for c in classes.values())}
    table = anaphora.load()
    assert set().union(*(t.takes for t in (*table.nouns.values(), table.pronouns))) <= known


def test_a_word_in_two_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "anaphora.toml"
    path.write_text('[[nouns]]\nwords = ["move"]\ntakes = ["law"]\n\n[[nouns]]\nwords = ["move"]\ntakes = ["any"]\n')
    with pytest.raises(RulesError, match='"move" is in two tables'):
        anaphora.read(path)
