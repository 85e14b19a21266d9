"""Polarity and certainty: a table of sentences read with the model, and the grammar on trees built by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import tree

from kg import rules
from kg.annotate import annotate, language
from kg.extract import attribution, factuality
from kg.extract.factuality import Judgement
from kg.extract.modifiers import combine
from kg.extract.reports import Report
from kg.model import Document
from kg.rules import cues
from kg.rules.cues import CERTAIN, SCALE, Value
from kg.syntax import Parse

if TYPE_CHECKING:
    from spacy.language import Language

TABLE = Path(__file__).parents[1] / "cases" / "factuality.toml"


def cases() -> Iterator[tuple[str, dict[str, str]]]:
    for group, rows in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        for n, row in enumerate(rows, start=1):
            assert row.keys() == {"text", "word", "value"}, f"{group} {n}"
            yield f"{group}-{n}", row


CASES = list(cases())


Read = tuple[Parse, tuple[Report, ...]]


@pytest.fixture(scope="module")
def read(nlp: Language) -> dict[str, Read]:
    """The tree and the reports of each case, all parsed in one run."""
    book = rules.load()
    documents = [Document(ident, row["text"]) for ident, row in CASES]
    parses = list(language.parse(nlp, documents))
    return {
        document.id: (parse, attribution.find(annotate(document, parse, book), book.cues))
        for document, parse in zip(documents, parses, strict=True)
    }


def judged(reading: Read, token: int) -> Judgement:
    parse, reports = reading
    return factuality.judge(parse, token, rules.load().cues, attribution.sources_of(token, reports).report)


def value(judgement: Judgement) -> str:
    return ("not " if judgement.polarity == "negative" else "") + judgement.certainty


@pytest.mark.parametrize("ident", [ident for ident, _ in CASES])
def test_table(ident: str, read: dict[str, Read]) -> None:
    row = dict(CASES)[ident]
    found = judged(read[ident], read[ident][0].words.index(row["word"]))
    assert value(found) == row["value"], f"{row['text']} [{row['word']}]: {found.because}"


#: Cues that show in the source or in nothing: "citing police" names it, "because" leaves all as it is.
SILENT = {"reporting.toml:citing a source", "modality.toml:given facts"}


def test_every_group_of_cues_has_a_case(read: dict[str, Read]) -> None:
    seen = set(SILENT)
    for reading in read.values():
        parse, reports = reading
        seen |= {report.rule for report in reports}
        seen |= {why.partition(": ")[2] for t in range(len(parse)) for why in judged(reading, t).because}
    groups = {
        f"{name}:{group['name']}"
        for name in cues.FILES
        for section, tables in tomllib.loads((cues.FOLDER / name).read_text(encoding="utf-8")).items()
        if section != "sources"
        for group in tables
    }
    assert groups - seen == set()


# ------------------------------------------------------------------ trees built by hand
def judge(parse: Parse, word: str, report: Report | None = None) -> Judgement:
    return factuality.judge(parse, parse.words.index(word), cues.load(), report)


NO_DENIAL = tree(
    """
    Police - NNS nsubj 4
    did do VBD aux 4
    not - RB neg 4
    deny - VB ROOT 0
    that - IN mark 7
    he - PRP nsubj 7
    fled flee VBD ccomp 4
    """
)


def test_the_reason_names_the_words_and_their_rules() -> None:
    assert judge(NO_DENIAL, "fled").because == ("not: modality.toml:negation", "deny: reporting.toml:denial")


def test_a_plain_statement_needs_no_reason() -> None:
    assert judge(NO_DENIAL, "Police") == Judgement("positive", "certain", ())


def test_a_report_decides_and_what_stands_above_its_cue_does_not() -> None:
    report = Report(3, (1, 4), (0, 1), None, None, ((4, 7),), "Denial", "negative", "certain", rule="table")
    assert judge(NO_DENIAL, "fled", report) == Judgement("negative", "certain", ("deny: table",))


def test_a_report_without_an_effect_gives_no_reason() -> None:
    report = Report(3, (1, 4), (0, 1), None, None, ((4, 7),), "Statement")
    assert judge(NO_DENIAL, "fled", report) == Judgement("positive", "certain", ())


def test_coordinated_verbs_share_their_modal_only_in_a_form_that_needs_one() -> None:
    shared = tree(
        """
        He - PRP nsubj 3
        may - MD aux 3
        resign - VB ROOT 0
        or - CC cc 3
        flee - VB conj 3
        """
    )
    own = tree(
        """
        He - PRP nsubj 3
        may - MD aux 3
        resign - VB ROOT 0
        but - CC cc 3
        stayed stay VBD conj 3
        """
    )
    assert judge(shared, "flee").certainty == "possible"
    assert judge(own, "stayed").certainty == "certain"


def test_a_negation_on_the_auxiliary_counts() -> None:
    parse = tree(
        """
        Italy - NNP nsubj 6
        had have VBD aux 6
        not - RB neg 2
        , - , punct 6
        yet - RB advmod 6
        announced announce VBD ROOT 0
        plans plan NNS dobj 6
        """
    )
    assert judge(parse, "announced").polarity == "negative"


def test_an_inverted_condition_is_open() -> None:
    parse = tree(
        """
        Had have VBD aux 3
        he - PRP nsubj 3
        stayed stay VBN advcl 7
        , - , punct 7
        they - PRP nsubj 7
        would - MD aux 7
        win - VB ROOT 0
        """
    )
    assert judge(parse, "stayed").certainty == "unspecified"


def test_a_compound_of_a_plan_is_as_open_as_the_plan() -> None:
    plot = tree(
        """
        Police - NNS nsubj 2
        found find VBD ROOT 0
        a - DT det 5
        murder - NN compound 5
        plot - NN dobj 2
        """
    )
    agreement = tree(
        """
        Banks bank NNS nsubj 2
        signed sign VBD ROOT 0
        a - DT det 5
        merger - NN compound 5
        agreement - NN dobj 2
        """
    )
    assert judge(plot, "murder").certainty == "unspecified"
    assert judge(agreement, "merger").certainty == "certain"


def test_an_imperative_is_open() -> None:
    parse = tree(
        """
        Free free VB ROOT 0
        the - DT det 3
        sailors sailor NNS dobj 1
        """
    )
    assert judge(parse, "Free") == Judgement("positive", "unspecified", ("free: imperative",))


VALUES = st.builds(Value, st.sampled_from(["positive", "negative"]), st.sampled_from(SCALE))


@given(VALUES, VALUES)
def test_combining_never_makes_surer(outer: Value, inner: Value) -> None:
    found = combine(outer, inner)
    assert SCALE.index(found.certainty) == min(SCALE.index(outer.certainty), SCALE.index(inner.certainty))
    assert (found.polarity == "positive") == (outer.polarity == inner.polarity)


@given(VALUES)
def test_a_certain_context_changes_nothing(inner: Value) -> None:
    assert combine(CERTAIN, inner) == inner


@given(
    st.lists(st.sampled_from(["He", "not", "may", "deny", "that", "fled", "plan", "no", "if", ","]), max_size=12),
    st.data(),
)
def test_any_tree_gets_a_value(words: list[str], data: st.DataObject) -> None:
    """No tree, however wrong, makes the judge fail."""
    labels = ["nsubj", "dobj", "ccomp", "advcl", "mark", "neg", "aux", "prep", "pobj", "conj", "acl", "relcl", "dep"]
    tags = ["VB", "VBD", "VBG", "NN", "IN", "MD", "RB", "DT"]
    rows = []
    for n, word in enumerate(words, start=1):
        head = data.draw(st.integers(1, n - 1)) if n > 1 else 0
        label = data.draw(st.sampled_from(labels)) if n > 1 else "ROOT"
        rows.append(f"{word} - {data.draw(st.sampled_from(tags))} {label} {head}")
    if not rows:
        return
    parse = tree("\n".join(rows))
    for token in range(len(parse)):
        assert factuality.judge(parse, token, cues.load(), None).certainty in SCALE
