"""Grammar on hand-built trees: who does what in which construction."""

from __future__ import annotations

import pytest
from trees import tree

from kg.syntax import Parse


def parties(parse: Parse, verb: str) -> set[tuple[str, str]]:
    """The (position, word) pairs of a verb's arguments."""
    return {(a.position, parse.words[a.token]) for a in parse.arguments(parse.words.index(verb))}


ACTIVE = """
Italy Italy NNP nsubj 2
expelled expel VBD ROOT 0
the - DT det 4
envoy - NN dobj 2
from - IN prep 2
Rome Rome NNP pobj 5
"""
PASSIVE = """
The - DT det 2
envoy - NN nsubjpass 4
was be VBD auxpass 4
expelled expel VBN ROOT 0
by - IN agent 4
Italy Italy NNP pobj 5
"""
SHARED_SUBJECT = """
Ann Ann NNP nsubj 2
fled flee VBD ROOT 0
and - CC cc 2
sought seek VBD conj 2
asylum - NN dobj 4
"""
TWO_SUBJECTS = """
Ann Ann NNP nsubj 4
and - CC cc 1
Bo Bo NNP conj 1
fled flee VBD ROOT 0
"""
OBJECT_CONTROL = """
They they PRP nsubj 2
asked ask VBD ROOT 0
Ann Ann NNP dobj 2
to - TO aux 5
resign resign VB xcomp 2
"""
SUBJECT_CONTROL = """
Ann Ann NNP nsubj 2
promised promise VBD ROOT 0
Bo Bo NNP dobj 2
to - TO aux 5
resign resign VB xcomp 2
"""
RELATIVE = """
the - DT det 2
envoy - NN ROOT 0
who who WP nsubj 4
defected defect VBD relcl 2
"""
OBJECT_RELATIVE = """
the - DT det 2
envoy - NN ROOT 0
they they PRP nsubj 4
expelled expel VBD relcl 2
"""
PARTICIPLE = """
the - DT det 2
men man NNS ROOT 0
arrested arrest VBN acl 2
by - IN agent 3
police - NNS pobj 4
"""
PURPOSE = """
Italy Italy NNP nsubj 2
expelled expel VBD ROOT 0
him he PRP dobj 2
to - TO aux 5
protest protest VB advcl 2
the - DT det 7
test - NN dobj 5
"""
PLAN = """
Their they PRP$ poss 2
plan - NN nsubj 5
to - TO aux 4
attack attack VB acl 2
failed fail VBD ROOT 0
"""
GERUND = """
Ann Ann NNP nsubj 2
fled flee VBD ROOT 0
after - IN prep 2
attacking attack VBG pcomp 3
police - NNS dobj 4
"""


@pytest.mark.parametrize(
    ("rows", "verb", "expected"),
    [
        (ACTIVE, "expelled", {("subj", "Italy"), ("obj", "envoy"), ("prep:from", "Rome")}),
        (PASSIVE, "expelled", {("subj", "Italy"), ("obj", "envoy")}),
        (SHARED_SUBJECT, "sought", {("subj", "Ann"), ("obj", "asylum")}),
        (TWO_SUBJECTS, "fled", {("subj", "Ann"), ("subj", "Bo")}),
        (OBJECT_CONTROL, "resign", {("subj", "Ann")}),
        (SUBJECT_CONTROL, "resign", {("subj", "Ann")}),
        (RELATIVE, "defected", {("subj", "envoy")}),
        (OBJECT_RELATIVE, "expelled", {("subj", "they"), ("obj", "envoy")}),
        (PARTICIPLE, "arrested", {("obj", "men"), ("subj", "police")}),
        (PURPOSE, "protest", {("subj", "Italy"), ("obj", "test")}),
        (PLAN, "attack", {("subj", "Their")}),
        (GERUND, "attacking", {("subj", "Ann"), ("obj", "police")}),
    ],
    ids=lambda value: value.split()[0] if isinstance(value, str) else "",
)
def test_arguments(rows: str, verb: str, expected: set[tuple[str, str]]) -> None:
    assert parties(tree(rows), verb) == expected


def test_noun_arguments_take_possessive_preposition_and_compound() -> None:
    parse = tree(
        """
        Bo Bo NNP poss 4
        's - POS case 1
        Rome Rome NNP compound 4
        visit - NN ROOT 0
        to - IN prep 4
        Italy Italy NNP pobj 5
        """
    )
    found = {(a.position, parse.words[a.token]) for a in parse.noun_arguments(3)}
    assert found == {("poss", "Bo"), ("compound", "Rome"), ("prep:to", "Italy")}


def test_noun_phrase_leaves_out_apposition_and_relative_clause() -> None:
    parse = tree(
        """
        The - DT det 3
        acting act VBG amod 3
        ambassador - NN ROOT 0
        to - IN prep 3
        Rome Rome NNP pobj 4
        , - , punct 3
        a - DT det 8
        lawyer - NN appos 3
        who who WP nsubj 10
        fled flee VBD relcl 3
        """
    )
    assert parse.text_of(*parse.noun_phrase(2)) == "The acting ambassador to Rome"
    assert parse.text_of(*parse.base_noun_phrase(2)) == "The acting ambassador"


def test_quotations_end_with_their_paragraph_at_the_latest() -> None:
    parse = tree(
        """
        “ - `` punct 2
        Stay stay VB ROOT 0
        here - RB advmod 2
        ” - '' punct 2
        now - RB advmod 2
        """
    )
    assert parse.quoted == [False, True, True, False, False]


def test_prepositions_are_joined_when_compound() -> None:
    parse = tree(
        """
        She she PRP nsubj 2
        left leave VBD ROOT 0
        because - IN prep 2
        of - IN prep 3
        threats threat NNS pobj 4
        """
    )
    assert [(name, parse.words[t]) for name, t in parse.prepositions(1)] == [("because of", "threats")]


def test_edges_and_depths_follow_the_tree() -> None:
    parse = tree(ACTIVE)
    assert parse.edges[1] == (0, 5)
    assert parse.edges[4] == (4, 5)
    assert [parse.depths[i] for i in range(6)] == [1, 0, 2, 1, 1, 2]
