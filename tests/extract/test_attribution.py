"""Who says so: tables of reports and of chains read with the model, quotations on hand-made text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import rules
from kg.annotate import annotate, language
from kg.extract import attribution, quotations
from kg.extract.attribution import Report, Sourcing
from kg.model import DOCUMENT_SOURCE, Annotations, Attribution, Document
from kg.syntax import Parse

if TYPE_CHECKING:
    from spacy.language import Language

FOLDER = Path(__file__).parents[1] / "cases"
_FIELDS = {"text", "source", "cue", "content", "certainty", "polarity", "none", "word", "relayed"}


def cases(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for group, rows in tomllib.loads((FOLDER / name).read_text(encoding="utf-8")).items():
        for n, row in enumerate(rows, start=1):
            assert row.keys() <= _FIELDS, f"{name} {group} {n}"
            yield f"{group}-{n}", row


REPORTS = list(cases("attribution.toml"))
CHAINS = list(cases("chains.toml"))


def read(nlp: Language, rows: list[tuple[str, dict[str, Any]]]) -> dict[str, tuple[Annotations, tuple[Report, ...]]]:
    book = rules.load()
    documents = [Document(ident, row["text"]) for ident, row in rows]
    out = {}
    for document, parse in zip(documents, language.parse(nlp, documents), strict=True):
        annotations = annotate(document, parse, book)
        out[document.id] = (annotations, attribution.find(annotations, book.cues))
    return out


@pytest.fixture(scope="module")
def reports(nlp: Language) -> dict[str, tuple[Annotations, tuple[Report, ...]]]:
    return read(nlp, REPORTS)


@pytest.fixture(scope="module")
def chains(nlp: Language) -> dict[str, tuple[Annotations, tuple[Report, ...]]]:
    return read(nlp, CHAINS)


def shown(text: str, found: Attribution) -> tuple[str | None, str, list[str]]:
    source = None if found.source is None else text[slice(*found.source)]
    return source, text[slice(*found.cue)], [text[slice(*piece)] for piece in found.content]


@pytest.mark.parametrize("ident", [ident for ident, _ in REPORTS])
def test_reports(ident: str, reports: dict[str, tuple[Annotations, tuple[Report, ...]]]) -> None:
    row = dict(REPORTS)[ident]
    annotations, found = reports[ident]
    listed = [shown(row["text"], a) for a in attribution.as_attributions(found, annotations.parse)]
    if row.get("none"):
        assert listed == []
        return
    assert (row.get("source"), row["cue"], row["content"]) in listed
    [report] = [r for r in found if row["text"][slice(*r.cue_span)] == row["cue"]]
    assert report.polarity == row.get("polarity", "positive")
    assert report.certainty == row.get("certainty", "certain")


@pytest.mark.parametrize("ident", [ident for ident, _ in CHAINS])
def test_chains(ident: str, chains: dict[str, tuple[Annotations, tuple[Report, ...]]]) -> None:
    row = dict(CHAINS)[ident]
    annotations, found = chains[ident]
    sourcing = attribution.sources_of(annotations.parse.words.index(row["word"]), found)
    names = {e.id: {e.label.lower(), *(alias.lower() for alias in e.aliases)} for e in annotations.entities}

    def is_called(entity: str, wanted: str) -> bool:
        forms = {form.removeprefix("the ").removeprefix("a ").removeprefix("an ") for form in names[entity]}
        return wanted.lower() in forms

    if row["source"] == DOCUMENT_SOURCE:
        assert sourcing == Sourcing(DOCUMENT_SOURCE, (), None, None)
        return
    assert is_called(sourcing.source, row["source"]), names.get(sourcing.source)
    assert len(sourcing.relayed_by) == len(row.get("relayed", []))
    for entity, wanted in zip(sourcing.relayed_by, row.get("relayed", []), strict=True):
        assert is_called(entity, wanted), names[entity]
    assert sourcing.report is not None
    assert sourcing.cue == sourcing.report.cue_span


# ------------------------------------------------------------------ reports built by hand
def report(cue: int, content: tuple[int, int], speaker: str | None, **more: Any) -> Report:
    return Report(cue, (cue, cue + 1), (cue, cue + 1), None, speaker, (content,), "Statement", **more)


def test_the_innermost_source_speaks_and_the_others_relay() -> None:
    found = (report(0, (1, 20), "a"), report(5, (6, 20), "b", relayed=("c",)))
    sourcing = attribution.sources_of(10, found)
    assert (sourcing.source, sourcing.relayed_by, sourcing.report) == ("b", ("a", "c"), found[1])
    assert attribution.sources_of(3, found).source == "a"


def test_one_speaker_twice_is_no_chain_and_speaks_from_the_outer_cue() -> None:
    found = (report(0, (1, 20), "a"), report(5, (6, 20), "a"))
    assert attribution.sources_of(10, found) == Sourcing("a", (), (0, 1), found[0])


def test_what_is_only_spoken_of_and_what_nobody_says_is_the_text_s_own() -> None:
    about = report(0, (1, 20), "a", voice=False)
    unsaid = report(0, (1, 20), None)
    given = report(0, (1, 20), "a", given=((8, 12),))
    for found in (about, unsaid, given):
        assert attribution.sources_of(10, (found,)).source == DOCUMENT_SOURCE
    assert attribution.sources_of(5, (given,)).source == "a"


def test_a_source_that_is_not_known_leaves_the_report_to_judge_by() -> None:
    unknown = report(0, (1, 20), None)
    named = Report(0, (0, 1), (0, 1), (0, 1), None, ((1, 20),), "Statement", certainty="probable")
    assert attribution.sources_of(10, (unknown,)) == Sourcing(DOCUMENT_SOURCE, (), None, None)
    assert attribution.sources_of(10, (named,)) == Sourcing(DOCUMENT_SOURCE, (), (0, 1), named)
    assert attribution.sources_of(10, (named, report(0, (1, 30), "a"))).source == "a"


def test_a_cue_is_not_its_own_content() -> None:
    assert attribution.sources_of(5, (report(5, (1, 20), "a"),)).source == DOCUMENT_SOURCE


def test_what_a_source_says_of_others_words_is_not_listed_again() -> None:
    parse = words(*"a b c d e f g h".split())
    quote = report(0, (1, 8), "a", quoted=True)
    speech = report(0, (1, 8), "a")
    inner = report(3, (4, 8), "b")
    same = report(3, (4, 8), "a")
    named = [r if r is not inner else Report(3, (3, 4), (3, 4), (2, 3), "b", ((4, 8),), "Statement") for r in (inner,)]
    assert len(attribution.as_attributions((quote, *named), parse)) == 1
    assert len(attribution.as_attributions((speech, *named), parse)) == 1
    assert len(attribution.as_attributions((speech, same), parse)) == 1


def test_a_word_of_a_longer_cue_is_not_listed_by_itself() -> None:
    parse = words(*"a b c d e f g h".split())
    longer = Report(2, (1, 4), (1, 4), (0, 1), "a", ((4, 8),), "Statement")
    assert len(attribution.as_attributions((report(1, (4, 8), "a"), longer), parse)) == 1


# ------------------------------------------------------------------ quotation marks
def words(*tokens: str) -> Parse:
    """Tokens in a row, each followed by a space but for marks and breaks, as one sentence."""
    text, starts = "", []
    for n, token in enumerate(tokens):
        glued = n == 0 or token in {"”", ",", "."} or tokens[n - 1] in {"“", "\n\n"} or token == "\n\n"
        text += token if glued else f" {token}"
        starts.append(len(text) - len(token))
    tags = ["_SP" if t.isspace() else "VB" if t.isalpha() else "." for t in tokens]
    return Parse(
        text=text,
        words=list(tokens),
        lemmas=[t.lower() for t in tokens],
        tags=tags,
        pos=["SPACE" if t == "_SP" else "VERB" if t == "VB" else "PUNCT" for t in tags],
        deps=["dep"] * len(tokens),
        heads=list(range(len(tokens))),
        starts=starts,
        ends=[s + len(t) for s, t in zip(starts, tokens, strict=True)],
        sents=[(0, len(tokens))],
    )


def spans(parse: Parse) -> list[tuple[int, int, bool, bool]]:
    return [(q.start, q.end, q.closed, q.resumes) for q in quotations.find(parse)]


def test_typographic_marks_enclose_a_quotation() -> None:
    assert spans(words("“", "come", "”", "he", "said")) == [(0, 3, True, False)]


def test_an_open_quotation_goes_on_in_the_next_paragraph() -> None:
    parse = words("“", "come", ".", "\n\n", "“", "go", ".", "”")
    assert spans(parse) == [(0, 3, False, False), (4, 8, True, True)]


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    assert spans(words("“", "come", ".", "\n\n", "he", "left")) == [(0, 3, False, False)]


def test_an_open_quotation_ends_with_the_text() -> None:
    assert spans(words("he", "said", "“", "come")) == [(2, 4, False, False)]


def test_single_marks_count_outside_double_ones_only() -> None:
    assert spans(words("‘", "come", "’", "he")) == [(0, 3, True, False)]
    assert spans(words("“", "come", "‘", "go", "’", "”")) == [(0, 6, True, False)]


def test_an_apostrophe_opens_nothing() -> None:
    assert spans(words("he", "came", "’", "here")) == []


def test_straight_marks_are_read_by_the_white_space_around_them() -> None:
    text = 'he said "come here" and left'
    tokens = ["he", "said", '"', "come", "here", '"', "and", "left"]
    starts, at = [], 0
    for token in tokens:
        at = text.index(token, at)
        starts.append(at)
        at += len(token)
    parse = words(*tokens)
    parse.text, parse.starts = text, starts
    parse.ends = [s + len(t) for s, t in zip(starts, tokens, strict=True)]
    assert spans(parse) == [(2, 6, True, False)]


@given(st.lists(st.sampled_from(["come", "“", "”", '"', "‘", "’", "\n\n", ".", ","]), max_size=30))
def test_quotations_lie_in_order_and_apart(tokens: list[str]) -> None:
    found = quotations.find(words(*tokens))
    edges = [edge for q in found for edge in (q.start, q.end)]
    assert edges == sorted(edges)
    assert all(0 <= q.start < q.end <= len(tokens) for q in found)


def test_speakers_of_transcripts_and_headlines(nlp: Language) -> None:
    text = "MAYOR: We will build a bridge.\n\nThe bridge is old.\n\nNote: the office is closed."
    book = rules.load()
    document = Document("x", text)
    [parse] = language.parse(nlp, [document])
    annotations = annotate(document, parse, book)
    found = attribution.as_attributions(attribution.find(annotations, book.cues), parse)
    assert ("MAYOR", ":", ["We will build a bridge"]) in [shown(text, a) for a in found]
    assert not any(text[slice(*a.cue)] == ":" and a.cue[0] > 20 for a in found)
