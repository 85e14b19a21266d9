"""Time expressions: a table of cases read with the model, and properties that need none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate import times
from kg.annotate.times import periods, tense
from kg.annotate.times.numbers import duration, number
from kg.annotate.times.periods import Period
from kg.errors import RulesError
from kg.model import Timex
from kg.rules import times as rules
from kg.syntax import Parse

if TYPE_CHECKING:
    from spacy.language import Language

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "times.toml").read_text(encoding="utf-8")
)["case"]
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
EDTF = re.compile(
    r"(?:\.\.|(?P<one>\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-\d\d)?)?|\d{3}X|\d\dXX)~?)"
    r"(?:/(?:\.\.|(?:\d{4}(?:-(?:0[1-9]|1[0-2]|2[1-4])(?:-\d\d)?)?|\d{3}X|\d\dXX)~?))?"
)
TODAY = date(2019, 1, 3)


def flat(text: str, *, coarse: bool = False) -> Parse:
    """A parse without a tree: words, figures and marks apart, or, ``coarse``, cut at blanks alone."""
    fine = r"\s+|[ap]\.m\.|\d[\d.,:]*\w*|\w+(?:\.(?=\s\S))?|[^\w\s]"
    pieces = list(re.finditer(r"\s+|\S+" if coarse else fine, text))
    pieces = [piece for piece in pieces if piece.group() != " "]
    words = [piece.group() for piece in pieces]
    tags = [_tag(word) for word in words]
    n = len(words)
    return Parse(
        text=text,
        words=words,
        lemmas=[word.lower() for word in words],
        tags=tags,
        pos=["X"] * n,
        deps=["dep"] * n,
        heads=list(range(n)),
        starts=[piece.start() for piece in pieces],
        ends=[piece.end() for piece in pieces],
        sents=[(0, n)] if n else [],
    )


def _tag(word: str) -> str:
    if word.isspace():
        return "_SP"
    if word[0].isdigit():
        return "CD"
    if word in {"in", "on", "at", "by", "of", "and", "or", "to"}:
        return "IN"
    return "NNP" if word[0].isupper() else "NN" if word.isalpha() else word[0]


def read(text: str, day: date | None = TODAY, **kwargs: bool) -> list[tuple[str, str, str, str | None]]:
    """(words, type, value, EDTF) of each expression, read without a tree."""
    return [(text[slice(*t.span)], t.type, t.value, t.edtf) for t in times.find(flat(text, **kwargs), day)]


# ---------------------------------------------------------------- the table
@pytest.fixture(scope="module")
def found(nlp: Language) -> list[tuple[Timex, ...]]:
    """What is found in each case, all read in one run."""
    from kg.annotate import language
    from kg.model import Document

    parses = language.parse(nlp, [Document(f"case-{n}", case["text"]) for n, case in enumerate(CASES)])
    return [times.find(parse, case.get("date")) for parse, case in zip(parses, CASES, strict=True)]


@pytest.mark.parametrize("n", range(len(CASES)), ids=[case["text"][:60] for case in CASES])
def test_case(n: int, found: list[tuple[Timex, ...]]) -> None:
    case = CASES[n]
    got = [[case["text"][slice(*t.span)], t.type, t.value, t.edtf or ""] for t in found[n]]
    assert got == case["times"]


def test_the_table_is_large() -> None:
    assert sum(len(case["times"]) for case in CASES) >= 200


# ---------------------------------------------------------------- properties
FORMS: list[Callable[[date], str]] = [
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{MONTHS[d.month - 1]} {d.day} {d.year}",
    lambda d: f"{MONTHS[d.month - 1][:3]} {d.day}, {d.year}",
    lambda d: f"{MONTHS[d.month - 1][:3]}. {d.day}, {d.year}" if d.month != 5 else f"May {d.day}, {d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day:02} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day}-{MONTHS[d.month - 1][:3]}-{d.year}",
    lambda d: f"{_ordinal(d.day)} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"the {_ordinal(d.day)} of {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{MONTHS[d.month - 1]} {_ordinal(d.day)}, {d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]}, {MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]} the {_ordinal(d.day)} of {MONTHS[d.month - 1]}, {d.year}",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    lambda d: f"{d.month:02}/{d.day:02}/{d.year}",
    lambda d: f"{d.month}/{d.day}/{d.year}",
    lambda d: f"{d.month:02}-{d.day:02}-{d.year}",
    lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
]


def _ordinal(day: int) -> str:
    ending = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


@given(
    day=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    form=st.sampled_from(FORMS),
    coarse=st.booleans(),
    written=st.none() | st.dates(date(1900, 1, 1), date(2099, 12, 31)),
)
def test_every_date_in_every_form_is_read(
    day: date, form: Callable[[date], str], coarse: bool, written: date | None
) -> None:
    text = f"He left on {form(day)} ."
    [timex] = times.find(flat(text, coarse=coarse), written)
    assert text[slice(*timex.span)] == form(day)
    assert (timex.type, timex.value, timex.edtf) == ("DATE", day.isoformat(), day.isoformat())
    assert (timex.earliest, timex.latest) == (day, day)


@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_months_and_years_are_read(day: date) -> None:
    name = MONTHS[day.month - 1]
    month = f"{day.year}-{day.month:02}"
    assert read(f"in {name} {day.year} .") == [(f"{name} {day.year}", "DATE", month, month)]
    assert read(f"in {day.year} .") == [(f"{day.year}", "DATE", f"{day.year}", f"{day.year}")]
    century = f"{_ordinal(day.year // 100 + 1)} century"
    decade = f"{day.year // 10}0s"
    assert read(f"in the {decade} .")[0][2:] == (f"{day.year // 10}", f"{day.year // 10}X")
    assert read(f"in the {century} .")[0][2:] == (f"{day.year // 100}", f"{day.year // 100}XX")


LEXICON = sorted(
    {
        word
        for tables in (rules.load().words, rules.load().phrases)
        for table in tables.values()
        for words in table
        for word in words.split()
    }
)
#: Function words, figures and marks, well and badly formed.
MARKS = (
    "the a an of in on at to by - – — / , . ' 's ( ) [ ] \n \n\n ago before after later from until "
    "since and between every each per times once twice 0 1 3 12 31 32 59 1899 2016 2099 9999 10000 "
    "2.5 6.30 1,200 18:00 25:61 3rd 31st 99th 1990s '90s 90s Q1 q4 H2 FY 1430/2019 2003–2005 2016-17 "
    "01/02/03 31/12/9999 2019-02-30 00.00.0000 $ % more than at least half quarter o'clock long next"
).split(" ")
PIECES = st.sampled_from(
    [
        *LEXICON,
        *(word.title() for word in LEXICON),
        *MARKS,
    ]
)


@given(words=st.lists(PIECES, max_size=14), glue=st.sampled_from(["", " ", "  "]), coarse=st.booleans(), day=st.dates())
def test_words_of_time_in_any_order_are_read_without_fault(
    words: list[str], glue: str, coarse: bool, day: date
) -> None:
    _check(glue.join(words), day, coarse)


@given(text=st.text(max_size=60), coarse=st.booleans(), day=st.none() | st.dates())
def test_any_text_is_read_without_fault(text: str, coarse: bool, day: date | None) -> None:
    _check(text, day, coarse)


def _check(text: str, day: date | None, coarse: bool) -> None:
    found = times.find(flat(text, coarse=coarse), day)
    end = 0
    for timex in found:
        assert end <= timex.span[0] < timex.span[1] <= len(text)
        end = timex.span[1]
        assert timex.type in {"DATE", "TIME", "DURATION", "SET"}
        assert timex.value
        assert timex.edtf is None or EDTF.fullmatch(timex.edtf), timex.edtf
        if timex.edtf is None:
            assert timex.earliest is None and timex.latest is None
        elif ".." in timex.edtf:
            assert (timex.earliest is None) != (timex.latest is None)
        else:
            assert timex.earliest is not None and timex.latest is not None
            assert timex.earliest <= timex.latest


@given(text=st.lists(PIECES, max_size=10).map(" ".join), day=st.none() | st.dates())
def test_the_same_text_gives_the_same_times(text: str, day: date | None) -> None:
    assert times.find(flat(text), day) == times.find(flat(text), day)


# ---------------------------------------------------------------- what the table does not reach
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("on the first of May 2018 .", [("the first of May 2018", "DATE", "2018-05-01", "2018-05-01")]),
        ("in '93 and in '18 .", [("'93", "DATE", "1993", "1993"), ("'18", "DATE", "2018", "2018")]),
        ("on 1/2/19 .", [("1/2/19", "DATE", "2019-01-02", "2019-01-02")]),
        ("on 31/02/2019 or 2019-02-30 .", []),
        ("[ Ten ] years ago .", [("Ten ] years ago", "DATE", "2009", "2009")]),
        ("in the 5th century BC .", []),
        ("in 300 years ' time .", [("300 years ' time", "DATE", "2319", "2319")]),
        ("9000 years ago .", [("9000 years ago", "DATE", "XXXX", None)]),
        ("1,200 days .", [("1,200 days", "DURATION", "P1200D", None)]),
        ("dozens of hours .", [("dozens of hours", "DURATION", "PTXH", None)]),
        ("a millennium and two centuries .", [("a millennium and two centuries", "DURATION", "P1ML2CE", None)]),
        ("every 4th year .", [("every 4th year", "SET", "P4Y", None)]),
        ("each quarter .", [("each quarter", "SET", "P3M", None)]),
        ("every May .", [("every May", "SET", "XXXX-05", None)]),
        ("at quarter to 7 .", [("quarter to 7", "TIME", "2019-01-03T06:45", "2019-01-03")]),
        ("at 12 a.m. .", [("12 a.m.", "TIME", "2019-01-03T00:00", "2019-01-03")]),
        ("at 12 p.m. .", [("12 p.m.", "TIME", "2019-01-03T12:00", "2019-01-03")]),
        ("at 0200 GMT .", [("0200 GMT", "TIME", "2019-01-03T02:00Z", "2019-01-03")]),
        ("at 24:30 or 25:00 .", [("24:30", "TIME", "2019-01-03T24:30", "2019-01-03")]),
        ("in summer 2015/16 .", [("summer 2015/16", "DATE", "2015-SU", "2015-22")]),
        ("this year end .", [("this year end", "DATE", "2019-12-31", "2019-12-31")]),
        ("on Memorial Day 2018 .", [("Memorial Day 2018", "DATE", "2018-05-28", "2018-05-28")]),
        ("in the mid-80s , in his 80s .", [("the mid-80s", "DATE", "198", "1984/1986")]),
        ("in mid - August 2016 .", [("mid - August 2016", "DATE", "2016-08", "2016-08-11/2016-08-20")]),
        ("the year 2000 .", [("the year 2000", "DATE", "2000", "2000")]),
        ("pic.example/Q23pm", []),
        ("CVE-2018-1100 , +44 2019-555 , e2016 , 2016x .", []),
    ],
)  # fmt: skip
def test_read_without_a_tree(text: str, wanted: list[tuple[str, str, str, str | None]]) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Christmas .", "XXXX-12-25"),
        ("on Easter .", "XXXX-XX-XX"),
        ("this weekend .", "XXXX-WXX-WE"),
        ("tonight .", "XXXX-XX-XXTNI"),
        ("on Monday night .", "XXXX-WXX-1TNI"),
        ("at 6 p.m. .", "XXXX-XX-XXT18:00"),
        ("on Monday at 6 p.m. .", "XXXX-WXX-1T18:00"),
        ("next quarter .", "XXXX-QX"),
        ("two months ago .", "XXXX-XX"),
        ("a decade ago .", "XXX"),
        ("this century .", "XX"),
        ("in the first quarter .", "XXXX-Q1"),
        ("last summer .", "XXXX-SU"),
        ("in May this year .", "XXXX-05"),
        ("on 3 May last year .", "XXXX-05-03"),
        ("on the 3rd of this month .", "XXXX-XX-03"),
        ("by year-end .", "XXXX-12-31"),
        ("the day before yesterday .", "XXXX-XX-XX"),
        ("the night before .", "XXXX-XX-XXTNI"),
    ],
)
def test_without_a_date_the_value_has_blanks(text: str, value: str) -> None:
    [(_, _, got, edtf)] = read(text, None)
    assert (got, edtf) == (value, None)


def test_the_calendar_ends_without_fault() -> None:
    assert read("ten years ago .", date(5, 1, 1)) == [("ten years ago", "DATE", "XXXX", None)]
    assert read("tomorrow .", date.max) == [("tomorrow", "DATE", "XXXX-XX-XX", None)]
    assert read("last week .", date.min)[0][2] == "XXXX-WXX"
    assert read("in the 20s , in '93 .", date(5, 1, 1)) == []
    assert read("next Easter .", date.max)[0][2] == "XXXX-XX-XX"


# ---------------------------------------------------------------- periods
@pytest.mark.parametrize(
    ("year", "month", "day"), [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2019, 4, 21), (2038, 4, 25)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert periods.easter(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("period", "value", "edtf", "first", "last"),
    [
        (Period(date(2018, 2, 3), "day", approximate=True), "2018-02-03", "2018-02-03~", (2018, 2, 3), (2018, 2, 3)),
        (Period(date(2018, 11, 19), "week"), "2018-W47", "2018-11-19/2018-11-25", (2018, 11, 19), (2018, 11, 25)),
        (Period(date(2018, 11, 24), "weekend"), "2018-W47-WE", "2018-11-24/2018-11-25", (2018, 11, 24), (2018, 11, 25)),
        (Period(date(2018, 12, 31), "week"), "2019-W01", "2018-12-31/2019-01-06", (2018, 12, 31), (2019, 1, 6)),
        (Period(date(2016, 2, 1), "month"), "2016-02", "2016-02", (2016, 2, 1), (2016, 2, 29)),
        (Period(date(2016, 12, 1), "season"), "2016-WI", "2016-24", (2016, 12, 1), (2017, 2, 28)),
        (Period(date(2018, 7, 1), "half"), "2018-H2", "2018-07/2018-12", (2018, 7, 1), (2018, 12, 31)),
        (Period(date(2018, 4, 1), "quarter"), "2018-Q2", "2018-04/2018-06", (2018, 4, 1), (2018, 6, 30)),
        (Period(date(2010, 1, 1), "decade"), "201", "201X", (2010, 1, 1), (2019, 12, 31)),
        (Period(date(1900, 1, 1), "century"), "19", "19XX", (1900, 1, 1), (1999, 12, 31)),
        (Period(date(1900, 1, 1), "century", "late"), "19", "1967/1999", (1967, 1, 1), (1999, 12, 31)),
        (Period(date(2018, 1, 1), "quarter", "mid"), "2018-Q1", "2018-02/2018-02", (2018, 2, 1), (2018, 2, 28)),
        (Period(date(9990, 1, 1), "decade"), "999", "999X", (9990, 1, 1), (9999, 12, 31)),
    ],
)  # fmt: skip
def test_periods(
    period: Period, value: str, edtf: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert (period.value, period.edtf, period.bounds) == (value, edtf, (date(*first), date(*last)))


GRAINS: list[periods.Grain] = ["week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]


@given(day=st.dates(date(2, 1, 1), date(9990, 1, 1)), grain=st.sampled_from(GRAINS))
def test_a_day_lies_in_its_period(day: date, grain: periods.Grain) -> None:
    first, last = periods.containing(day, grain).bounds
    assert first <= last
    if grain == "weekend":
        assert abs((day - first).days) <= 7
    else:
        assert first <= day <= last


@given(
    day=st.dates(date(1600, 1, 1), date(2400, 1, 1)),
    count=st.integers(-500, 500),
    unit=st.sampled_from(["day", "week"]),
)
def test_days_and_weeks_add_up(day: date, count: int, unit: str) -> None:
    assert periods.add(day, count, unit) == day + timedelta(days=count * (7 if unit == "week" else 1))


@given(day=st.dates(date(1600, 1, 1), date(2400, 1, 1)), weekday=st.integers(1, 7))
def test_weekdays_beside_a_day(day: date, weekday: int) -> None:
    before, after = periods.weekday_before(day, weekday), periods.weekday_after(day, weekday)
    assert before.isoweekday() == after.isoweekday() == weekday
    assert 1 <= (day - before).days <= 7 and 1 <= (after - day).days <= 7


def test_a_month_later_stays_in_the_calendar() -> None:
    assert periods.add(date(2019, 1, 31), 1, "month") == date(2019, 2, 28)
    assert periods.add(date(2019, 1, 31), 1e9, "year") is None
    assert periods.add(date(2019, 1, 31), 1e9, "day") is None
    assert periods.add(date(2019, 1, 31), 3, "hour") == date(2019, 1, 31)
    assert periods.shift(Period(date(9999, 1, 1), "year"), 1) is None


# ---------------------------------------------------------------- numbers and tense
@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("a", 1), ("half an", 0.5), ("two and a half", 2.5), ("twenty - five", 25), ("a hundred and twenty", 120),
        ("two thousand", 2000), ("1,200", 1200), ("2.5", 2.5), ("a couple of", 2), ("a dozen", 12), ("several", None),
        ("a few", None), ("999999999 thousand", 1e9),
    ],
)  # fmt: skip
def test_numbers(words: str, value: float | None) -> None:
    assert number(words.split(), rules.load().words["CARDINAL"]) == value


def test_durations() -> None:
    assert duration([(2, "day"), (3, "hour")]) == "P2DT3H"
    assert duration([(0.5, "century")]) == "P50Y"
    assert duration([(None, "fortnight")]) == "PXW"


SENTENCES = [
    ("The talks will open on Monday.", "future"),
    ("The talks opened on Monday.", "past"),
    ("The talks begin on Monday.", "future"),
    ("The talks have failed on Monday.", "past"),
    ("The talks had been due to open on Monday.", "future"),
    ("The talks may open on Monday.", "future"),
    ("He must have left on Monday.", "past"),
    ("The talks held on Monday failed.", "past"),
    ("The talks scheduled for Monday failed.", "likely"),
    ("The talks are scheduled for Monday.", "future"),
    ("The talks are due on Monday.", "future"),
    ("The talks were due on Monday.", "likely"),
    ("He plans to leave on Monday.", "future"),
    ("He managed to leave on Monday.", "past"),
    ("They are leaving on Monday.", "future"),
    ("They were leaving on Monday.", "past"),
    ("Leaving on Monday, he wept.", "past"),
    ("If they win on Monday, we lose.", "future"),
    ("He condemns the attack on Monday.", "present"),
    ("He spoke after the attack on Monday.", "past"),
    ("Troops were sent ahead of Monday's vote.", "future"),
    ("His decision to leave on Monday hurt.", "likely"),
    ("Monday.", ""),
]


def test_tenses(nlp: Language) -> None:
    wanted, got = [], []
    for text, expected in SENTENCES:
        parse = Parse.of(nlp(text))
        token = parse.words.index("Monday")
        wanted.append((text, expected))
        got.append((text, tense.of_clause(parse, token, rules.load())))
    assert got == wanted


# ---------------------------------------------------------------- the words
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("january = 1", "january = 13", r"times\.toml, line \d+: 13 is no value for \"january\""),
        ("january = 1", "January = 1", r"times\.toml, line \d+: \"January\" has to be in lower case"),
        ('spring = "SP"', 'spring = "XX"', r"times\.toml, line \d+: 'XX' is no value"),
        ('last = ["document", -1]', 'last = ["here", -1]', r"times\.toml, line \d+: .* is no value for \"last\""),
        ("[words.MONTH]", "[words.MOMTH]", r"times\.toml, line \d+: unknown key \"MOMTH\"; did you mean \"MONTH\""),
        ('"halloween" = "10-31"', '"halloween" = "soon"', r"times\.toml, line \d+: 'soon' is no value"),
        ("AGE = [", "AGES = [", r"unknown key \"AGES\""),
    ],
)
def test_faults_in_the_words_are_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = rules.FILE.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "times.toml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError, match=message):
        rules.load(broken)


def test_a_missing_class_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "times.toml"
    broken.write_text("[words.MONTH]\njanuary = 1\n", encoding="utf-8")
    with pytest.raises(RulesError, match="is missing from"):
        rules.load(broken)
