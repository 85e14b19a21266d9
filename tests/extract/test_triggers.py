"""Triggers and frames on hand-built trees, with rules of the tests' own."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Reader
from trees import annotations, tree

from kg.extract import frames, situations, timing, triggers
from kg.extract.drafts import Draft, Participants
from kg.model import Timex
from kg.rules import schema
from kg.rules.schema import EventRules
from kg.syntax import Parse

RULES = """
[Docking]
definition = "A ship comes to a quay."
example = "The ferry docked."
roles = ["agent", "destination", "patient"]

[[Docking.frames]]
verbs = ["dock", "put into port"]
nouns = ["docking", "port call"]
obj = "patient"
prep = { at = "destination", in = "destination" }
needs = { agent = ["Thing", "Company"] }

[[Docking.frames]]
nouns = ["skipper"]
self = "agent"
of = "patient"
compound = ""

[Muster]
definition = "People are called together."
example = "They mustered."
roles = ["agent", "patient"]

[[Muster.frames]]
verbs = ["gather"]
requires = ["patient"]
heads = { patient = ["crew"] }

[[Muster.frames]]
nouns = ["drill"]
not_modifiers = ["electric"]
not_context = ["hole"]
adjectives = ["adrift"]
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> EventRules:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "ships.toml").write_text(RULES, encoding="utf-8")
    return schema.load(Path(folder))


def found(parse: Parse, rules: EventRules, **classes: str) -> list[tuple[str, str, dict[str, list[str]]]]:
    """(class, trigger, roles by words) of everything found in a parse."""
    marked = annotations(parse, **classes)
    return [
        (
            d.cls,
            " ".join(parse.words[t] for t in d.tokens),
            {r: [parse.words[t] for t in v] for r, v in d.roles.items()},
        )
        for d in situations.find(marked, rules, Participants(marked))
        if not d.plain
    ]


DOCKED = """
The - DT det 2
ferry - NN nsubj 3
docked dock VBD ROOT 0
at - IN prep 3
Odesa Odesa NNP pobj 4
"""


def test_a_verb_puts_its_neighbours_into_roles(rules: EventRules) -> None:
    assert found(tree(DOCKED), rules, Odesa="City") == [
        ("Docking", "docked", {"agent": ["ferry"], "destination": ["Odesa"]})
    ]


def test_a_filler_of_another_class_rules_a_frame_out(rules: EventRules) -> None:
    assert "Docking" not in [cls for cls, _, _ in found(tree(DOCKED), rules, ferry="Person")]


def test_a_pattern_of_several_words_is_found_below_the_verb(rules: EventRules) -> None:
    parse = tree(
        """
        She she PRP nsubj 2
        put put VBD ROOT 0
        quietly - RB advmod 2
        into - IN prep 2
        port - NN pobj 4
        """
    )
    assert found(parse, rules) == [("Docking", "put into port", {"agent": ["She"]})]


def test_a_light_verb_hands_its_subject_to_the_noun(rules: EventRules) -> None:
    parse = tree(
        """
        The - DT det 2
        ferry - NN nsubj 3
        made make VBD ROOT 0
        a - DT det 6
        port - NN compound 6
        call - NN dobj 3
        in - IN prep 3
        Odesa Odesa NNP pobj 7
        """
    )
    assert found(parse, rules, Odesa="City") == [
        ("Docking", "port call", {"agent": ["ferry"], "destination": ["Odesa"]})
    ]


def test_a_noun_for_a_participant_takes_its_name_from_the_apposition(rules: EventRules) -> None:
    parse = tree(
        """
        Ann Ann NNP nsubj 7
        , - , punct 1
        skipper - NN appos 1
        of - IN prep 3
        the - DT det 6
        ferry - NN pobj 4
        slept sleep VBD ROOT 0
        """
    )
    assert found(parse, rules, Ann="Company") == [("Docking", "skipper", {"agent": ["Ann"], "patient": ["ferry"]})]


GATHERED = """
They they PRP nsubj 2
gathered gather VBD ROOT 0
{} - NN dobj 2
"""


@pytest.mark.parametrize(("word", "classes"), [("crew", ["Muster"]), ("evidence", [])])
def test_the_head_of_a_filler_decides(rules: EventRules, word: str, classes: list[str]) -> None:
    assert [cls for cls, _, _ in found(tree(GATHERED.format(word)), rules)] == classes


DRILL = """
The - DT det 3
{} - JJ amod 3
drill - NN nsubj 4
made make VBD ROOT 0
a - DT det 6
{} - NN dobj 4
"""


@pytest.mark.parametrize(
    ("modifier", "thing", "classes"), [("big", "noise", ["Muster"]), ("electric", "noise", []), ("big", "hole", [])]
)
def test_modifiers_and_context_rule_a_trigger_out(
    rules: EventRules, modifier: str, thing: str, classes: list[str]
) -> None:
    assert [cls for cls, _, _ in found(tree(DRILL.format(modifier, thing)), rules)] == classes


def test_a_predicate_adjective_speaks_of_its_subject(rules: EventRules) -> None:
    parse = tree(
        """
        The - DT det 2
        ferry - NN nsubj 3
        was be VBD ROOT 0
        adrift - JJ acomp 3
        """
    )
    assert found(parse, rules) == [("Muster", "adrift", {"agent": ["ferry"]})]


def test_every_other_verb_is_a_plain_event_with_a_readable_predicate(rules: EventRules) -> None:
    parse = tree(
        """
        They they PRP nsubj 2
        hummed hum VBD ROOT 0
        an - DT det 5
        old - JJ amod 5
        tune - NN dobj 2
        """
    )
    marked = annotations(parse)
    (event,) = situations.find(marked, rules, Participants(marked))
    assert (event.cls, event.predicate, list(event.roles)) == ("Event", "hum old tune", ["agent", "patient"])


def test_words_that_stand_apart_are_shown_by_their_head_alone() -> None:
    parse = tree(DOCKED)
    assert triggers.trigger_span(parse, 2, (2, 3)) == (2, 4)
    assert triggers.trigger_span(parse, 0, (0, 4)) == (0, 1)


def times_of(parse: Parse, drafts: list[Draft], times: list[Timex]) -> dict[int, str | None]:
    """The EDTF of each draft that gets a time, by its index."""
    found = timing.assign(parse, drafts, times, schema.load(), Participants(annotations(parse)))
    return {n: time.edtf for n, time in found.items()}


def day(n: int) -> datetime.date:
    return datetime.date(2020, 5, n)


def test_a_time_belongs_to_what_it_modifies() -> None:
    parse = tree(
        """
        Police police NNS nsubj 2
        said say VBD ROOT 0
        he he PRP nsubj 4
        fled flee VBD ccomp 2
        on - IN prep 4
        Monday Monday NNP pobj 5
        """
    )
    monday = Timex(parse.token_span(5), "DATE", "2020-05-04", "2020-05-04", day(4), day(4))
    drafts = [Draft(1, (1,), "Statement", "say", ""), Draft(3, (3,), "Escape", "flee", "")]
    assert times_of(parse, drafts, [monday]) == {1: "2020-05-04"}


def test_a_duration_without_a_place_in_the_calendar_is_no_time() -> None:
    parse = tree(
        """
        He he PRP nsubj 2
        fled flee VBD ROOT 0
        days day NNS npadvmod 2
        """
    )
    length = Timex(parse.token_span(2), "DURATION", "PXD")
    assert (
        timing.assign(
            parse, [Draft(1, (1,), "Escape", "flee", "")], [length], schema.load(), Participants(annotations(parse))
        )
        == {}
    )


def test_a_light_verbs_time_is_its_nouns() -> None:
    parse = tree(
        """
        They they PRP nsubj 2
        held hold VBD ROOT 0
        talks talk NNS dobj 2
        Monday Monday NNP npadvmod 2
        """
    )
    monday = Timex(parse.token_span(3), "DATE", "2020-05-04", "2020-05-04", day(4), day(4))
    assert (
        timing.assign(
            parse,
            [Draft(2, (2,), "Negotiation", "talk", "")],
            [monday],
            schema.load(),
            Participants(annotations(parse)),
        )[0].edtf
        == "2020-05-04"
    )


def test_expletives_fill_no_role(rules: EventRules) -> None:
    parse = tree(
        """
        There - EX expl 2
        docked dock VBD ROOT 0
        a - DT det 4
        ferry - NN nsubj 2
        """
    )
    assert frames.arguments(parse, 1, "verb", (1,), rules)
    assert found(parse, rules) == [("Docking", "docked", {"agent": ["ferry"]})]


SPOKE_ON = """
Police police NNS nsubj 2
said say VBD ROOT 0
so - RB advmod 2
Monday Monday NNP npadvmod 2
"""


def test_who_goes_on_speaking_does_so_on_the_same_occasion() -> None:
    first, second = tree(SPOKE_ON), tree("Police police NNS nsubj 2\nadded add VBD ROOT 0\nmore - JJR dobj 2")
    shift = len(first)
    parse = Parse(
        text=f"{first.text} {second.text}",
        words=first.words + second.words,
        lemmas=first.lemmas + second.lemmas,
        tags=first.tags + second.tags,
        pos=first.pos + second.pos,
        deps=first.deps + second.deps,
        heads=first.heads + [h + shift for h in second.heads],
        starts=first.starts + [s + len(first.text) + 1 for s in second.starts],
        ends=first.ends + [e + len(first.text) + 1 for e in second.ends],
        sents=[(0, shift), (shift, shift + len(second))],
    )
    marked = annotations(parse)
    same = [replace(m, entity="e0") if parse.words[m.root] == "Police" else m for m in marked.mentions]
    who = Participants(replace(marked, mentions=tuple(same)))
    monday = Timex(parse.token_span(3), "DATE", "2020-05-04", "2020-05-04", day(4), day(4))
    drafts = [
        Draft(1, (1,), "Statement", "say", "", roles={"agent": [0]}),
        Draft(shift + 1, (shift + 1,), "Statement", "add", "", roles={"agent": [shift]}),
    ]
    found = timing.assign(parse, drafts, [monday], schema.load(), who)
    assert [found[n].edtf for n in (0, 1)] == ["2020-05-04", "2020-05-04"]


def test_a_verb_that_only_carries_another_word_is_kept_in_the_background(reader: Reader) -> None:
    reading = reader("The ministry has no comment. They argued.")
    text = reading.document.text
    background = {text[slice(*c.trigger)]: c.background for c in reading.claims}
    assert background["has"]
    assert not background["argued"]
