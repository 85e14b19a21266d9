"""PLOVER's root type of a claim by how it stands, and the conditions that decide between frames."""

from __future__ import annotations

from pathlib import Path

import pytest
from trees import tree

from kg.errors import RulesError
from kg.extract import plover, situations
from kg.extract.drafts import Draft, Participants
from kg.extract.factuality import Judgement
from kg.model import Annotations, Document, Entity, Mention
from kg.rules import schema
from kg.rules.schema import EventRules
from kg.syntax import Parse

RULES = """
[Hail]
definition = "A ship calls another."
example = "The tug hailed the barge."
plover = "CONSULT"
roles = ["agent", "patient"]

[[Hail.frames]]
verbs = ["beckon"]
needs = { patient = ["Person", "Company"] }
known = ["patient"]
without = ["attr"]

[Mooring]
definition = "A ship is tied up."
example = "The tug moored."
roles = ["agent", "purpose"]

[[Mooring.frames]]
verbs = ["moor", "moor at quay", "tie rope"]
nouns = ["mooring"]
without = ["obj"]
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> EventRules:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "ships.toml").write_text(RULES, encoding="utf-8")
    return schema.load(Path(folder))


def drafts(parse: Parse, rules: EventRules, **classes: str) -> dict[str, Draft]:
    """What is found in a sentence whose named nouns are of the classes given, by trigger word."""
    entities, mentions = [], []
    for i, word in enumerate(parse.words):
        if word in classes:
            entities.append(Entity(f"e{i}", classes[word], word))
            span = parse.token_span(i)
            mentions.append(Mention(span, span, f"e{i}", i, (i, i + 1), "nominal"))
    notes = Annotations(Document("d", parse.text), parse, (0,), tuple(entities), tuple(mentions), ())
    return {parse.words[d.head]: d for d in situations.find(notes, rules, Participants(notes))}


@pytest.mark.parametrize(
    ("root", "polarity", "certainty", "because", "wanted"),
    [
        ("YIELD", "positive", "unspecified", "agree: intention", "AGREE"),
        ("ASSAULT", "positive", "unspecified", "will: future", "THREATEN"),
        ("AID", "positive", "unspecified", "to: purpose", "AID"),
        ("CONSULT", "positive", "unspecified", "if: condition", "CONSULT"),
        ("AGREE", "negative", "certain", "fail: failure", "REJECT"),
        ("ASSAULT", "negative", "certain", "not: negation", "ASSAULT"),
        ("ACCUSE", "positive", "unspecified", "will: future", "ACCUSE"),
        ("SUPPORT", "positive", "certain", "", "SUPPORT"),
        (None, "negative", "certain", "not: negation", None),
    ],
)
def test_root_follows_promise_threat_and_refusal(
    root: str | None, polarity: str, certainty: str, because: str, wanted: str | None
) -> None:
    judgement = Judgement(polarity, certainty, (because,) if because else ())  # type: ignore[arg-type]
    assert plover.root(root, judgement) == wanted


def test_an_open_predicate_without_a_reason_keeps_its_root() -> None:
    assert plover.root("YIELD", Judgement("positive", "unspecified", ())) == "YIELD"


TUG = """
    The - DT det 2
    tug - NN nsubj 3
    beckoned beckon VBD ROOT 0
    Ann ann NNP dobj 3
"""


@pytest.mark.parametrize(("classes", "found"), [({"Ann": "Person"}, "Hail"), ({"Ann": "Work"}, None), ({}, None)])
def test_known_asks_for_a_class_that_is_known(rules: EventRules, classes: dict[str, str], found: str | None) -> None:
    draft = drafts(tree(TUG), rules, **classes)["beckoned"]
    assert draft.cls == (found or "Event")


def test_without_wants_a_place_empty(rules: EventRules) -> None:
    hero = tree(TUG + "    hero - NN oprd 3")
    assert drafts(hero, rules, Ann="Person")["beckoned"].cls == "Event"
    crew = tree("They - PRP nsubj 2\nmoored moor VBD ROOT 0\nit - PRP dobj 2")
    assert drafts(crew, rules)["moored"].cls == "Event"


def test_a_noun_before_a_noun_is_no_trigger(rules: EventRules) -> None:
    buoy = tree("A - DT det 3\nmooring - NN compound 3\nbuoy - NN nsubj 4\nsank sink VBD ROOT 0")
    assert "Mooring" not in {d.cls for d in drafts(buoy, rules).values()}


def test_a_preposition_of_a_pattern_hangs_on_its_verb(rules: EventRules) -> None:
    rows = "It - PRP nsubj 2\nmoored moor VBD ROOT 0\n{} - NN {} 2\nat - IN prep {}\nquay - NN pobj 4"
    assert drafts(tree(rows.format("today", "npadvmod", 2)), rules)["moored"].tokens == (1, 3, 4)
    assert drafts(tree(rows.format("boats", "npadvmod", 3)), rules)["moored"].tokens == (1,)


def test_a_word_of_a_pattern_does_not_modify_another_noun(rules: EventRules) -> None:
    rows = "They - PRP nsubj 2\ntied tie VBD ROOT 0\nrope - NN {} {}\nladders ladder NNS dobj 2"
    assert drafts(tree(rows.format("compound", 4)), rules)["tied"].cls == "Event"


def test_longer_phrases_give_the_root() -> None:
    shipped = schema.load()
    pact = tree("They - PRP nsubj 2\npledged pledge VBD ROOT 0\nsupport - NN dobj 2")
    assert drafts(pact, shipped)["pledged"].plover == "SUPPORT"
    visit = tree("They - PRP nsubj 2\npledged pledge VBD ROOT 0\nmoney - NN dobj 2")
    assert drafts(visit, shipped)["pledged"].plover == "AGREE"


@pytest.mark.parametrize(
    ("line", "told"),
    [('known = ["agent"]', '"known" has the role "agent"'), ('without = ["objekt"]', 'did you mean "obj"')],
)
def test_faults_in_known_and_without_are_told(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "ships.toml").write_text(RULES.replace('without = ["obj"]', line), encoding="utf-8")
    with pytest.raises(RulesError, match=r"ships\.toml, line") as fault:
        schema.load(tmp_path)
    assert told in str(fault.value)
