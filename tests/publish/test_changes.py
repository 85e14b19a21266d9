"""What differs between two graphs is told claim by claim, whether rules, texts or judgements have changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import networkx as nx
from typer.testing import CliRunner

from kg.api import Graph
from kg.cli import app
from kg.fuse import fuse
from kg.graph import build
from kg.model import Claim, Document, Entity, Filler, Mention, Reading
from kg.publish.changes import changes, counts

TEXT = "Ann Bo fled. Oz said that she was arrested."


def graph(*claims: Claim, text: str = TEXT) -> nx.MultiDiGraph:
    people = (Entity("e1", "Person", "Ann Bo", named=True), Entity("e2", "Country", "Oz", named=True))
    spans = {"e1": (0, 6), "e2": (text.index("Oz"), text.index("Oz") + 2)}
    mentions = tuple(Mention(span, span, entity, 0, (0, 1), "name") for entity, span in spans.items())
    return build(fuse([Reading(Document("one", text), people, mentions, (), (), claims, ())]))


def claim(cls: str, word: str, *, text: str = TEXT, **more: object) -> Claim:
    begin = text.index(word)
    sentence = (text.rfind(".", 0, begin) + 1, text.index(".", begin) + 1)
    roles = {"agent": (Filler((0, 6), entity="e1"),)}
    made = Claim(f"{cls}{begin}", cls, word, (begin, begin + len(word)), sentence, roles)
    return replace(made, **more)  # type: ignore[arg-type]


FLED, HELD = claim("Escape", "fled"), claim("Arrest", "arrested", source="e2")


def test_two_graphs_that_are_equal_differ_in_nothing() -> None:
    assert changes(graph(FLED, HELD), graph(FLED, HELD)) == []


def test_new_gone_and_changed_claims_are_told_apart() -> None:
    surer = replace(HELD, certainty="possible")
    found = changes(graph(FLED, HELD), graph(surer, claim("Statement", "said")))
    assert [(c.kind, c.sentence) for c in found] == [
        ("changed", "Oz said that she was arrested."),
        ("new", "Oz said that she was arrested."),
        ("gone", "Ann Bo fled."),
    ]
    assert found[0].fields == (("certainty", "certain", "possible"), ("status", "Reported", "Hedged"))
    assert counts(found) == {"new": 1, "gone": 1, "changed": 1}


def test_another_class_for_the_same_words_is_a_change() -> None:
    (change,) = changes(graph(FLED), graph(claim("Defection", "fled")))
    assert change.kind == "changed"
    assert ("what", "Escape", "Defection") in change.fields


def test_claims_of_a_text_that_has_changed_are_found_by_their_words() -> None:
    longer = "It rained. " + TEXT
    moved = claim("Escape", "fled", text=longer)
    assert changes(graph(FLED), graph(moved, text=longer)) == []


def test_the_command_tells_it_in_words_and_as_json(tmp_path: Path) -> None:
    Graph(graph(FLED)).save(tmp_path / "old", formats="json")
    Graph(graph(claim("Defection", "fled"), HELD)).save(tmp_path / "new", formats="json")
    done = CliRunner().invoke(app, ["diff", str(tmp_path / "old"), str(tmp_path / "new")])
    assert done.exit_code == 0, done.output
    assert "what: Escape -> Defection" in done.output
    assert "Claims that are new: 1; gone: 0; changed: 1." in done.output
    done = CliRunner().invoke(app, ["diff", str(tmp_path / "old"), str(tmp_path / "new"), "--json"])
    assert {json.loads(line)["kind"] for line in done.output.splitlines()} == {"new", "changed"}
