"""Clauses put right on the finished parse, on trees as the parser really made them."""

from __future__ import annotations

from trees import tree

from kg.annotate import language_trees
from kg.syntax import Parse


def mended(table: str) -> Parse:
    parse = tree(table)
    language_trees.mended(parse)
    return parse


def test_a_participle_that_opens_a_sentence_is_no_verb_of_it() -> None:
    parse = mended(
        """
        Sailors - NNS nsubj 2
        snatched snatch VBD ROOT 0
        off - IN prep 2
        Togo - NNP pobj 3
        have - VBP aux 7
        been be VBN auxpass 7
        freed free VBN conj 2
        . - . punct 2
        """
    )
    assert (parse.heads[6], parse.deps[6]) == (6, "ROOT")
    assert (parse.heads[0], parse.deps[0]) == (6, "nsubjpass")
    assert (parse.heads[1], parse.deps[1], parse.tags[1]) == (0, "acl", "VBN")
    assert parse.heads[7] == 6


def test_two_verbs_that_are_joined_stay() -> None:
    parse = mended(
        """
        She - PRP nsubj 2
        walked walk VBD ROOT 0
        home - RB advmod 2
        and - CC cc 2
        has have VBZ aux 6
        slept sleep VBN conj 2
        """
    )
    assert (parse.heads[5], parse.deps[5], parse.tags[1]) == (1, "conj", "VBD")


def test_a_past_tense_goes_on_with_the_past_tense() -> None:
    table = """
        She - PRP nsubj 2
        said say VBD ROOT 0
        she - PRP nsubj 5
        would - MD aux 5
        stay - VB ccomp 2
        but - CC cc 5
        {} demand {} conj 5
        a - DT det 9
        vote - NN dobj 7
        """
    assert mended(table.format("demanded", "VBD")).heads[6] == 1
    assert mended(table.format("demand", "VB")).heads[6] == 4


def test_who_says_so_at_the_end_is_no_apposition() -> None:
    parse = mended(
        """
        Police - NNS nsubj 2
        held hold VBD ROOT 0
        the - DT det 4
        director - NN dobj 2
        , - , punct 4
        the - DT det 7
        agency - NN appos 4
        Belog - NNP nsubj 9
        reported report VBD relcl 7
        . - . punct 2
        """
    )
    assert (parse.heads[8], parse.deps[8]) == (8, "ROOT")
    assert (parse.heads[1], parse.deps[1]) == (8, "ccomp")
    assert (parse.heads[6], parse.deps[6]) == (8, "nsubj")
    assert (parse.heads[7], parse.deps[7]) == (6, "appos")


def test_what_an_apposition_said_of_something_stays() -> None:
    parse = mended(
        """
        Police - NNS nsubj 2
        held hold VBD ROOT 0
        Berg - NNP dobj 2
        , - , punct 3
        the - DT det 6
        clerk - NN appos 3
        Lund - NNP nsubj 8
        said say VBD relcl 6
        knew know VBD ccomp 8
        """
    )
    assert (parse.deps[7], parse.heads[7]) == ("relcl", 5)


def test_an_unwelcome_envoy() -> None:
    parse = mended(
        """
        Norland - NNP nsubj 2
        declared declare VBD ROOT 0
        the - DT det 7
        envoy - NN compound 7
        persona - NN compound 7
        non - NNP compound 7
        grata - NN dobj 2
        """
    )
    assert (parse.heads[3], parse.deps[3]) == (1, "dobj")
    assert (parse.heads[6], parse.deps[6]) == (1, "oprd")
    assert parse.heads[2] == 3


CHARGED = """
The - DT det 2
board - NN nsubj 3
accused {verb} VBD ROOT 0
the - DT det 5
head - NN dobj 3
of - IN prep 5
the - DT det 8
bank - NN pobj 6
of - IN prep 8
{what}
"""


def test_what_somebody_is_charged_with_hangs_on_the_verb() -> None:
    assert mended(CHARGED.format(verb="accuse", what="fraud - NN pobj 9")).heads[8] == 2
    assert mended(CHARGED.format(verb="accuse", what="lying lie VBG pcomp 9")).heads[8] == 2
    # a place, a verb that charges nobody
    assert mended(CHARGED.format(verb="accuse", what="Norland - NNP pobj 9")).heads[8] == 7
    assert mended(CHARGED.format(verb="see", what="fraud - NN pobj 9")).heads[8] == 7


def test_what_a_plan_is_for_stays_with_it() -> None:
    table = """
        The - DT det 2
        council - NN nsubj 3
        blocked block VBD ROOT 0
        the - DT det 5
        {} - NN dobj 3
        for - IN prep 5
        closing close VBG pcomp 6
        mills - NNS dobj 7
        """
    assert mended(table.format("plan")).heads[5] == 4
    assert mended(table.format("mayor")).heads[5] == 2


def test_who_is_wanted_to_do_something() -> None:
    parse = mended(
        """
        He - PRP nsubj 2
        wants want VBZ ROOT 0
        envoys - NNS nsubj 4
        based base VBN ccomp 2
        in - IN prep 4
        Bern - NNP pobj 5
        to - TO aux 8
        meet - VB advcl 4
        """
    )
    assert (parse.heads[7], parse.deps[7]) == (1, "ccomp")
    assert (parse.heads[2], parse.heads[3], parse.deps[3]) == (7, 2, "acl")


def test_what_stands_before_a_conjunction_is_no_part_of_its_clause() -> None:
    table = """
        It - PRP nsubj 2
        exploded explode VBD ROOT 0
        , - , punct 2
        killing kill VBG advcl 9
        two - CD dobj 4
        , - , punct 9
        after - IN mark 9
        they - PRP nsubj 9
        agreed agree VBD advcl 2
        """
    assert mended(table).heads[3] == 1


def test_a_conjunction_with_a_place_in_its_clause_is_a_relative_pronoun() -> None:
    parse = mended(
        """
        a - DT det 2
        charge - NN ROOT 0
        that - IN dobj 5
        it - PRP nsubj 5
        rejects reject VBZ relcl 2
        """
    )
    assert (parse.tags[2], parse.pos[2]) == ("WDT", "PRON")
    assert parse.antecedent_of(2) == 1


def test_a_conjunction_that_only_opens_its_clause_stays_one() -> None:
    parse = mended(
        """
        a - DT det 2
        charge - NN ROOT 0
        that - IN mark 5
        it - PRP nsubj 5
        spies spy VBZ acl 2
        """
    )
    assert parse.tags[2] == "IN"


DENIED = """
She - PRP nsubj 2
denied deny VBD ROOT 0
in - IN prep 2
a - DT det 5
{} - NN pobj 3
that - IN mark 9
he - PRP nsubj 9
had have VBD aux 9
fled flee VBN relcl 5
and - CC cc 9
accused accuse {} conj 9
Norland Norland NNP dobj 11
"""


def test_what_is_denied_in_a_post_hangs_on_the_verb_and_what_is_done_besides_with_it() -> None:
    parse = mended(DENIED.format("post", "VBN"))
    assert (parse.heads[8], parse.deps[8]) == (1, "ccomp")
    assert (parse.heads[10], parse.tags[10]) == (1, "VBD")


def test_what_a_claim_is_of_stays_with_it() -> None:
    parse = mended(DENIED.format("claim", "VBN"))
    assert (parse.heads[8], parse.deps[8]) == (4, "relcl")


def test_who_was_arrested_and_accused_did_not_accuse() -> None:
    parse = mended(
        """
        Police police NNS nsubj 2
        said say VBD ROOT 0
        he - PRP nsubjpass 6
        had have VBD aux 6
        been be VBN auxpass 6
        arrested arrest VBN ccomp 2
        and - CC cc 6
        accused accuse VBN conj 6
        of - IN prep 8
        theft - NN pobj 9
        """
    )
    assert parse.heads[7] == 5


def test_a_past_tense_behind_a_past_tense_may_be_of_the_same_one() -> None:
    parse = mended(
        """
        Fars Fars NNP nsubj 2
        reported report VBD ROOT 0
        Norland Norland NNP nsubj 4
        jailed jail VBD ccomp 2
        her - PRP dobj 4
        and - CC cc 4
        demanded demand VBD conj 4
        money - NN dobj 7
        """
    )
    assert parse.heads[6] == 3


SUMMED = """
Bo Bo NNP nsubj 2
said say VBD ROOT 0
she - PRP nsubj 4
robbed rob VBD ccomp 2
them - PRP dobj 4
{} - {} punct 4
a - DT det 8
{} - NN dobj 4
she - PRP nsubj 10
denies deny VBZ relcl 8
"""


def test_what_sums_up_a_clause_is_no_part_of_it() -> None:
    parse = mended(SUMMED.format(",", ",", "charge"))
    assert (parse.heads[7], parse.deps[7]) == (1, "parataxis")


def test_other_nouns_and_nouns_without_a_comma_stay() -> None:
    for words in ((",", ",", "bank"), ("of", "IN", "charge")):
        assert mended(SUMMED.format(*words)).heads[7] == 3
