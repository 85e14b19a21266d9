"""What people set right, and the files in which it stands."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.fuse import corrections, fuse, records
from kg.graph import build
from kg.model import Claim, Correction, Document, Entity, Filler, Judgement, Mention, Reading

TEXT = "Ann Bo fled to Oz in May."


def read() -> Reading:
    people = (Entity("e1", "Person", "Ann Bo", named=True), Entity("e2", "Country", "Oz", named=True))
    mentions = (
        Mention((0, 6), (0, 6), "e1", 1, (0, 2), "name"),
        Mention((15, 17), (15, 17), "e2", 4, (4, 5), "name"),
    )
    fled = Claim(
        "s1", "Escape", "flee", (7, 11), (0, len(TEXT)), {"agent": (Filler((0, 6), entity="e1"),)}, confidence=0.5
    )
    return Reading(Document("one", TEXT), people, mentions, (), (), (fled,), ((0, len(TEXT)),))


CLAIM = f"claim/{read().document.key}/7-11-Escape"


def test_a_claim_that_is_wrong_is_left_out_and_the_document_says_so() -> None:
    knowledge = fuse([read()], corrections=[Correction(CLAIM, wrong=True)])
    assert not knowledge.claims
    assert not knowledge.situations
    graph = build(knowledge)
    (document,) = (data for _, data in graph.nodes(data=True) if data["kind"] == "document")
    assert CLAIM in document["rejected"]


def test_fields_are_set_and_the_claim_says_what_was_there() -> None:
    changes = (("certainty", "possible"), ("class", "Defection"), ("time", "2021-02"))
    knowledge = fuse([read()], corrections=[Correction(CLAIM, changes=changes)])
    (claim,), (situation,) = knowledge.claims, knowledge.situations
    assert (claim.certainty, situation.cls, situation.status) == ("possible", "Defection", "Hedged")
    assert claim.time is not None
    assert (claim.time.earliest, claim.time.latest) == (datetime.date(2021, 2, 1), datetime.date(2021, 2, 28))
    assert "certainty: possible (was certain)" in claim.corrected
    assert claim.confidence == 1.0
    build(knowledge)


def test_a_later_correction_of_a_field_counts() -> None:
    twice = [Correction(CLAIM, changes=(("polarity", p),)) for p in ("negative", "positive")]
    assert fuse([read()], corrections=twice).claims[0].polarity == "positive"


def test_a_correction_of_a_claim_that_is_not_there_changes_nothing() -> None:
    assert fuse([read()], corrections=[Correction("claim/none", wrong=True)]).claims == fuse([read()]).claims


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("certainty", "sure", "none of certain, probable, possible, unspecified"),
        ("polarity", "maybe", "none of positive, negative"),
        ("class", "Defecton", 'did you mean "Defection"'),
        ("time", "May", "no day"),
        ("sentence", "x", "cannot be set; choose from class"),
    ],
)
def test_what_cannot_be_set_is_said_in_words(field: str, value: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        corrections.check({field: value})
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("value", "last"), [("2020", (2020, 12, 31)), ("2020-12", (2020, 12, 31)), ("2020-02", (2020, 2, 29))]
)
def test_a_time_that_is_set_has_its_last_day(value: str, last: tuple[int, int, int]) -> None:
    (claim,) = corrections.apply(
        [Claim("c", "Arrest", "x", (0, 1), (0, 1))], [Correction("c", changes=(("time", value),))]
    ).claims
    assert claim.time is not None
    assert claim.time.latest == datetime.date(*last)


REFERENCES = st.builds(
    lambda key, begin: f"{key:016x}/{begin}-{begin + 1}", st.integers(0, 2**64 - 1), st.integers(0, 99)
)
JUDGEMENTS = st.builds(
    Judgement,
    a=REFERENCES,
    b=REFERENCES,
    same=st.booleans(),
    names=st.tuples(st.text(), st.text()),
    by=st.sampled_from(["rule", "person"]),
    score=st.none() | st.floats(0, 1),
    reasons=st.lists(st.text()).map(tuple),
).filter(lambda judgement: judgement.a != judgement.b)


@given(st.lists(JUDGEMENTS))
def test_judgements_come_back_from_their_file(tmp_path_factory: pytest.TempPathFactory, found: list[Judgement]) -> None:
    folder = tmp_path_factory.mktemp("j")
    printable = [j for j in found if not any("\ud800" <= c <= "\udfff" for t in (*j.names, *j.reasons) for c in t)]
    (folder / records.JUDGEMENTS).write_text(records.judgement_lines(printable), encoding="utf-8", newline="")
    assert records.judgements(folder) == printable


def test_corrections_come_back_from_their_file(tmp_path: Path) -> None:
    found = [Correction(CLAIM, wrong=True), Correction(CLAIM, changes=(("position", "envoy"), ("amount", "")))]
    (tmp_path / records.CORRECTIONS).write_text(records.correction_lines(found), encoding="utf-8")
    assert records.corrections(tmp_path) == found


def test_a_folder_without_files_has_none(tmp_path: Path) -> None:
    assert records.judgements(tmp_path) == records.corrections(tmp_path) == []


A, B = f"{1:016x}/0-2", f"{2:016x}/0-2"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 2: is not JSON"),
        ("[" * 100_000, "line 2: is not JSON"),
        ("[]", "has to be a JSON object"),
        ('{"a": "x"}', '"a" has to name a mention'),
        (f'{{"a": "{A}", "b": "{A}"}}', "are one mention"),
        (f'{{"a": "{A}", "b": "{B}", "same": "yes"}}', '"same" has to be true or false'),
        (f'{{"a": "{A}", "b": "{B}", "same": true, "by": "me"}}', '"by" has to be'),
        (f'{{"a": "{A}", "b": "{B}", "same": true, "by": "person", "names": "x"}}', '"names" has to be'),
        (f'{{"a": "{A}", "b": "{B}", "same": true, "by": "person", "reasons": [1]}}', '"reasons" has to be'),
        (f'{{"a": "{A}", "b": "{B}", "same": true, "by": "person", "score": true}}', '"score" has to be'),
    ],
)
def test_a_broken_judgement_is_told_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / records.JUDGEMENTS).write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        records.judgements(tmp_path)
    assert words in str(error.value)
    assert "line 2" in str(error.value)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"claim": 1}', '"claim" has to be'),
        (f'{{"claim": "{CLAIM}"}}', "says either"),
        (f'{{"claim": "{CLAIM}", "wrong": true, "set": {{"amount": "1"}}}}', "says either"),
        (f'{{"claim": "{CLAIM}", "set": {{"amount": 1}}}}', '"set" has to be'),
        (f'{{"claim": "{CLAIM}", "set": {{"weight": "1"}}}}', "cannot be set"),
    ],
)
def test_a_broken_correction_is_told_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / records.CORRECTIONS).write_text(line, encoding="utf-8")
    with pytest.raises(InputError) as error:
        records.corrections(tmp_path)
    assert words in str(error.value)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / records.CORRECTIONS).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        records.corrections(tmp_path)
