"""What one event has from another, and offices from the text, on hand-built trees."""

from __future__ import annotations

from dataclasses import replace

import pytest
from trees import annotations, tree

from kg import rules as rulebook
from kg.extract import homes, sharing
from kg.extract.drafts import Draft, Participants
from kg.rules import Rules
from kg.syntax import Parse


@pytest.fixture(scope="module")
def rules() -> Rules:
    return rulebook.load()


def shared(parse: Parse, rules: Rules, *drafts: Draft, **classes: str) -> list[dict[str, list[str]]]:
    """The roles of the drafts, in words, after the sentence's events had what they share."""
    sharing.share(parse, drafts, rules.events, Participants(annotations(parse, **classes)))
    return [{role: [parse.words[t] for t in tokens] for role, tokens in draft.roles.items()} for draft in drafts]


def event(cls: str, head: int, **roles: list[int]) -> Draft:
    return Draft(head, (head,), cls, cls, "a rule", roles=roles)


KILLED = """
Nine - CD nsubjpass 3
were be VBD auxpass 3
killed kill VBN ROOT 0
{} - IN prep 3
an - DT det 7
Israeli - JJ amod 7
strike - NN pobj 4
"""


@pytest.mark.parametrize("preposition", ["in", "by"])
def test_who_struck_killed(rules: Rules, preposition: str) -> None:
    parse = tree(KILLED.format(preposition))
    killing, strike = event("Killing", 2, patient=[0]), event("Attack", 6, agent=[5])
    assert shared(parse, rules, killing, strike) == [
        {"patient": ["Nine"], "agent": ["Israeli"]},
        {"agent": ["Israeli"]},
    ]


def test_what_happened_during_an_attack_is_not_the_attackers_doing(rules: Rules) -> None:
    parse = tree(KILLED.format("during"))
    assert "agent" not in shared(parse, rules, event("Killing", 2, patient=[0]), event("Attack", 6, agent=[5]))[0]


def test_who_is_said_to_have_done_it_stays_alone(rules: Rules) -> None:
    parse = tree(
        """
        Rebels rebel NNS nsubj 2
        killed kill VBD ROOT 0
        nine - CD dobj 2
        in - IN prep 2
        an - DT det 7
        army - NN compound 7
        raid - NN pobj 4
        """
    )
    killing = event("Killing", 1, agent=[0], patient=[2])
    assert shared(parse, rules, killing, event("Attack", 6, agent=[5]))[0]["agent"] == ["Rebels"]


ARRESTED = """
She she PRP nsubjpass 3
was be VBD auxpass 3
arrested arrest VBN ROOT 0
at - IN prep 3
a - DT det 6
rally - NN pobj 4
in - IN prep 6
Oslo Oslo NNP pobj 7
"""


def test_an_arrest_at_a_rally_is_where_the_rally_is(rules: Rules) -> None:
    arrest, rally = event("Arrest", 2, patient=[0]), event("Protest", 5, place=[7])
    assert shared(tree(ARRESTED), rules, arrest, rally)[0] == {"patient": ["She"], "place": ["Oslo"]}


def test_what_has_a_place_of_its_own_keeps_it(rules: Rules) -> None:
    arrest, rally = event("Arrest", 2, patient=[0], origin=[0]), event("Protest", 5, place=[7])
    assert "place" not in shared(tree(ARRESTED), rules, arrest, rally)[0]


def test_what_a_blast_does_is_where_the_blast_is(rules: Rules) -> None:
    parse = tree(
        """
        A - DT det 2
        blast - NN nsubj 3
        killed kill VBD ROOT 0
        two - CD dobj 3
        in - IN prep 3
        Kabul Kabul NNP pobj 5
        """
    )
    killing, blast = event("Killing", 2, patient=[3], place=[5]), event("Attack", 1)
    assert shared(parse, rules, killing, blast)[1] == {"place": ["Kabul"]}


def test_a_place_at_the_head_of_a_sentence_is_that_of_all_its_verbs(rules: Rules) -> None:
    parse = tree(
        """
        In in IN prep 5
        Oslo Oslo NNP pobj 1
        , - , punct 5
        she she PRP nsubj 5
        spoke speak VBD ROOT 0
        and - CC cc 5
        resigned resign VBD conj 5
        """
    )
    assert shared(parse, rules, event("Resignation", 6, agent=[3]), Oslo="City")[0]["place"] == ["Oslo"]


def test_a_place_behind_the_first_verb_is_not_the_next_ones(rules: Rules) -> None:
    parse = tree(
        """
        She she PRP nsubj 2
        spoke speak VBD ROOT 0
        in - IN prep 2
        Oslo Oslo NNP pobj 3
        and - CC cc 2
        resigned resign VBD conj 2
        """
    )
    assert "place" not in shared(parse, rules, event("Resignation", 5, agent=[0]), Oslo="City")[0]


# -- with whom -----------------------------------------------------------------------------
FLED = """
Jo Jo NNP nsubj 2
fled flee VBD ROOT 0
with - IN prep 2
the - DT det 5
guards guard NNS pobj 3
"""


def test_who_flees_with_somebody_flees_too(rules: Rules) -> None:
    parse = tree(FLED)
    [roles] = shared(parse, rules, event("Escape", 1, agent=[0]), Jo="Person", guards="Group")
    assert roles == {"agent": ["Jo", "guards"]}


def test_a_thing_that_is_taken_along_flees_from_nobody(rules: Rules) -> None:
    [roles] = shared(tree(FLED), rules, event("Escape", 1, agent=[0]), Jo="Person", guards="Thing")
    assert roles == {"agent": ["Jo"]}


def test_who_is_met_meets_whom_the_verb_says(rules: Rules) -> None:
    [roles] = shared(tree(FLED), rules, event("Statement", 1, agent=[0]), Jo="Person", guards="Group")
    assert roles == {"agent": ["Jo"]}


# -- whose an office is --------------------------------------------------------------------
MINISTER = """
Norland Norland NNP nsubj 2
said say VBD ROOT 0
that - IN mark 5
Norland Norland NNP nsubj 5
thanked thank VBD ccomp 2
the - DT det 7
minister - NN dobj 5
of - IN prep 7
Sudmark Sudmark NNP pobj 8
"""


def represented(
    rules: Rules, position: str, *, way: str = "apposition", one_place: bool = True, code: str | None = None
) -> str | None:
    """Which country the office is of, in a text that names one country twice, with that code, and another once."""
    parse = tree(MINISTER)
    marked = annotations(parse, Norland="Country", Sudmark="Country")
    if one_place:  # both mentions are of one country
        marked = replace(
            marked,
            mentions=tuple(replace(m, entity="e0") if m.entity == "e3" else m for m in marked.mentions),
            entities=tuple(e for e in marked.entities if e.id != "e3"),
        )
    marked = replace(
        marked, entities=tuple(replace(e, country=code) if e.label == "Norland" else e for e in marked.entities)
    )
    who = Participants(marked)
    office = Draft(
        6, (6,), "Tenure", position, f"posts.toml by {way}", state=True, roles={"agent": [6]}, position=position
    )
    homes.settle(marked, [office], rules.lexicon, who)
    [token] = office.roles.get("represents", [None])
    return None if token is None else parse.words[token]


@pytest.mark.parametrize("position", ["foreign minister", "prime minister", "deputy prime minister"])
def test_a_minister_is_of_the_country_that_the_text_is_about(rules: Rules, position: str) -> None:
    assert represented(rules, position) == "Norland"


@pytest.mark.parametrize("position", ["chairman", "ambassador", "mayor"])
def test_other_posts_are_of_nobody(rules: Rules, position: str) -> None:
    assert represented(rules, position) is None


def test_a_president_is_of_a_country_only_right_before_a_name(rules: Rules) -> None:
    assert represented(rules, "president", way="title") == "Norland"
    assert represented(rules, "president") is None


def test_a_text_that_is_about_no_country_gives_none(rules: Rules) -> None:
    assert represented(rules, "foreign minister", one_place=False) is None


def test_an_office_is_of_no_country_that_has_no_such(rules: Rules) -> None:
    assert represented(rules, "prime minister", code="USA") is None
    assert represented(rules, "foreign minister", code="USA") == "Norland"
    assert represented(rules, "foreign secretary", code="FRA") is None
    assert represented(rules, "foreign secretary", code="GBR") == "Norland"
    assert represented(rules, "president", way="title", code="NLD") is None


OPENED = """
In - IN prep 8
Oslo Oslo NNP pobj 1
, - , punct 8
Justice Justice NNP compound 5
Minister Minister NNP compound 7
Bo Bo NNP compound 7
Lind Lind NNP nsubj 8
thanked thank VBD ROOT 0
Norway Norway NNP dobj 8
"""


def test_a_city_that_opens_the_sentence_says_whose_office_it_is_if_the_text_has_its_country(rules: Rules) -> None:
    parse = tree(OPENED)
    for named, expected in (("NOR", [8]), ("SWE", None)):
        marked = annotations(parse, Oslo="City", Norway="Country")
        codes = {"Oslo": "NOR", "Norway": named}
        marked = replace(marked, entities=tuple(replace(e, country=codes.get(e.label)) for e in marked.entities))
        office = Draft(4, (4,), "Tenure", "minister", "posts.toml by title", state=True, position="justice minister")
        homes.settle(marked, [office], rules.lexicon, Participants(marked))
        assert office.roles.get("represents") == expected
