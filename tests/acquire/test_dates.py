from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.acquire import dates
from kg.acquire.documents import finish
from kg.model import Document


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("date 2019-01-03 The flag", "date 2019-01-03", date(2019, 1, 3)),
        ("Date: 2019-1-3\nThe flag", "Date: 2019-1-3", date(2019, 1, 3)),
        ("\n  date=2019-01-03", "date=2019-01-03", date(2019, 1, 3)),
        ("Thursday, November 7, 2019 \n\nHe left.", "Thursday, November 7, 2019", date(2019, 11, 7)),
        ("Thurs. Nov. 7, 2019\nHe left.", "Thurs. Nov. 7, 2019", date(2019, 11, 7)),
        ("7 November 2019\r\nHe left.", "7 November 2019", date(2019, 11, 7)),
        ("Sat, 7th Sept 2019, 10:30 a.m. GMT\nHe left.", "Sat, 7th Sept 2019, 10:30 a.m. GMT", date(2019, 9, 7)),
        ("Published on 2019-11-07\nHe left.", "Published on 2019-11-07", date(2019, 11, 7)),
        ("May 1, 2020", "May 1, 2020", date(2020, 5, 1)),
        ("date 2019-02-30 He left.", "date 2019-02-30", None),
        ("February 30, 2019\nHe left.", "February 30, 2019", None),
        ("date 0000-01-01", "date 0000-01-01", None),
    ],
)
def test_a_date_that_opens_a_text(text: str, words: str, day: date | None) -> None:
    found = dates.leading(text)
    assert found is not None
    assert (text[slice(*found.span)], found.value) == (words, day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On November 7, 2019, he left.",
        "November 7, 2019, was a Thursday.",
        "He left.\nNovember 7, 2019\n",
        "11/07/2019\nHe left.",  # which of the two is the month?
        "dates 2019-01-03",
        "date 2019-01-035",
        "2019\nHe left.",
    ],
)
def test_other_openings_are_no_date(text: str) -> None:
    assert dates.leading(text) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-01-03", date(2019, 1, 3)),
        (" 2019-01-03T23:59:00+02:00", date(2019, 1, 3)),
        ("2019-01-03 10:00", date(2019, 1, 3)),
        ("2019-02-30", None),
        ("0000-01-01", None),
        ("9999-12-31", date(9999, 12, 31)),
        ("20190103", None),
        ("3 January 2019", None),
        ("", None),
    ],
)
def test_a_date_of_a_field(written: str, day: date | None) -> None:
    assert dates.field(written) == day


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    opening = dates.leading(f"date {day.isoformat()}\n")
    assert opening is not None
    assert dates.field(day.isoformat()) == opening.value == day


def test_a_date_line_may_stand_below_a_headline() -> None:
    found = dates.leading("Ferry sinks off Crete\n\nTuesday, September 22, 2015\n\nA ferry sank.")
    assert found is not None
    assert found.value == date(2015, 9, 22)
    assert dates.leading("A ferry sank.\n\nSeptember 22, 2015\n\nThe crew was saved.") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("MONROVIA, Liberia, July 3, 2019 (Reuters) - The harbour was closed.", date(2019, 7, 3)),
        ("Harbour closed\n\nMONROVIA, 3 July 2019 — The harbour was closed.", date(2019, 7, 3)),
        ("LIMA, Sept. 12, 2017 -- The harbour was closed.", date(2017, 9, 12)),
        ("LIMA, Sept. 12 -- The harbour was closed on July 3, 2019.", None),
        ("LIMA, July 33, 2019 -- The harbour was closed.", None),
        ("The harbour was closed.\nOn July 3, 2019 - a Wednesday - it opened again.", None),
    ],
)
def test_a_dateline_with_a_year_dates_the_document(text: str, day: date | None) -> None:
    assert finish(Document("x", text), date=None, max_chars=1000).date == day


def test_a_date_line_goes_before_a_dateline() -> None:
    text = "July 4, 2019\n\nMONROVIA, July 3, 2019 - The harbour was closed."
    assert finish(Document("x", text), date=date(2001, 1, 1), max_chars=1000).date == date(2019, 7, 4)
