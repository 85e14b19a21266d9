"""Dates that stand for themselves: days, months, seasons, years, decades, centuries, holidays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kg.annotate.times.context import Context, Reading, calendar
from kg.annotate.times.patterns import Match
from kg.annotate.times.periods import (
    Edge,
    Period,
    a_day,
    add_days,
    shift,
)
from kg.annotate.times.tense import Tense

#: Months and short forms that are other words too, unless they have a capital.
_AMBIGUOUS = frozenset({"may", "march", "august", "mar", "dec", "jan", "jun", "sep", "sun", "sat", "wed", "mon", "fri"})
#: Given names and surnames: alone, they are months only after a word that wants a time.
_NAMES = frozenset({"may", "april", "june", "august", "march"})
#: How many days a date without a year may lie on the wrong side of the document's.
_SLACK = 7
_APPROXIMATE = frozenset({"about", "around", "approximately", "roughly", "circa", "ca.", "c.", "nearly", "almost"})


def year_of(c: Context, m: Match) -> int | None:
    """The year that the expression itself names, ``None`` if it names none or the text cannot tell."""
    if m.has("y", "y3"):
        return int(m.word("y", "y3")) if len(m.word("y", "y3")) == 4 else _century_of(c, int(m.word("y")))
    if m.has("yy"):
        return _century_of(c, int(m.word("yy")))
    which = m.word("ys", "ys2")
    if which:
        source, step = c.words.words["SHIFT"][which]
        anchor = c.anchor(source, "year")
        return None if anchor is None else anchor.start.year + step
    return None


def _century_of(c: Context, two_digits: int) -> int:
    """The year of two digits: at most twenty years ahead of the document, or of the year 2025."""
    latest = (c.date.year if c.date else 2025) + 20
    return latest - (latest - two_digits) % 100


def names_year(m: Match) -> bool:
    """Whether the expression has a year in it, of whatever form."""
    return m.has("y", "y3", "yy", "ys", "ys2")


def edge_of(m: Match, c: Context) -> Edge:
    """Which part of the period the expression means."""
    for word in m.words():
        for name in ("EDGE", "EDGE_NOUN"):
            if word in c.words.words[name]:
                edge: Edge = c.words.words[name][word]
                return edge
    return ""


def edged(c: Context, m: Match, period: Period | None) -> Period | None:
    """The part of the period that is meant, approximate where a word says so."""
    if period is None:
        return None
    approximate = c.before(m) in _APPROXIMATE
    return replace(period, edge=edge_of(m, c), approximate=approximate)


def _month_number(c: Context, m: Match) -> int | None:
    """The month that is named, ``None`` if the word is another one ("may", "march")."""
    at = m.parts["m"][0]
    word = m.word("m")
    if word in _AMBIGUOUS and not c.is_upper(at):
        return None
    number: int = {**c.words.words["MONTH"], **c.words.words["MON"]}[word]
    return number


def _day_number(word: str, c: Context) -> int:
    ordinals = c.words.words["ORDINAL"]
    return int(ordinals[word]) if word in ordinals else int(word.rstrip("stndrh"))


# ---------------------------------------------------------------- whole dates
def iso_date(c: Context, m: Match) -> Reading | None:
    day = a_day(int(m.word("y")), int(m.word("m")), int(m.word("d")))
    if day is None or in_number(c, m):
        return None
    clock = f"T{m.word('c')[:5]:0>5}" + ("Z" if m.has("z") else "") if m.has("c") else ""
    return calendar(m, Period(day, "time" if clock else "day", clock=clock))


def numeric_date(c: Context, m: Match) -> Reading | None:
    day = a_day(int(m.word("y")), int(m.word("m")), int(m.word("d")))
    return None if day is None or in_number(c, m) else calendar(m, Period(day, "day"))


def slashed_date(c: Context, m: Match) -> Reading | None:
    """Month first, as in America, unless the numbers or the rest of the text say otherwise."""
    if in_number(c, m):
        return None
    first, second, year = int(m.word("a")), int(m.word("b")), year_of(c, m) or 0
    orders = [(second, first), (first, second)] if c.day_first else [(first, second), (second, first)]
    for month, number in orders:
        day = a_day(year, month, number)
        if day is not None:
            return calendar(m, Period(day, "day"))
    return None


def dotted_date(c: Context, m: Match) -> Reading | None:
    number, month, year = (int(x) for x in m.word("x").split("."))
    day = a_day(year, month, number)
    return None if day is None or in_number(c, m) else calendar(m, Period(day, "day"))


def in_number(c: Context, m: Match) -> bool:
    """Whether the figures are part of a longer number or name ("+44-2019-01-03", "v2019-01-03")."""
    if not c.atoms.glued(m.start):
        return False
    before = c.parse.text[c.atoms.begin(m.start) - 1]
    return before.isalnum() or before in "-/.+#$£€_="


def month_day(c: Context, m: Match) -> Reading | None:
    month = _month_number(c, m)
    if month is None:
        return None
    return _day_reading(c, m, month, _day_number(m.word("d"), c))


def _day_reading(c: Context, m: Match, month: int, number: int) -> Reading | None:
    if names_year(m):
        year = year_of(c, m)
        day = a_day(year, month, number) if year else None
    else:
        day = undated_day(c, m, month, number)
    if day is not None:
        return calendar(m, edged(c, m, Period(day, "day")))
    valid = a_day(2000, month, number) is not None
    unknown = c.date is None and not m.has("y", "yy")
    return calendar(m, None, f"XXXX-{month:02}-{number:02}") if valid and unknown else None


def month_days(c: Context, m: Match) -> list[Reading]:
    """ "May 3-5": two readings, of which the range is made later."""
    month = _month_number(c, m)
    if month is None:
        return []
    first, second = m.parts["d"][0], m.parts["e"][0]
    out = []
    # "May 3-5" is "May 3" and "5"; "3-5 May" is "3" and "5 May"
    for name, start, end in (("d", m.start, first + 1), ("e", second, m.end)):
        reading = _day_reading(c, m, month, _day_number(m.word(name), c))
        if reading is None:
            return []
        out.append(replace(reading, start=start, end=end))
    return out


def undated_day(c: Context, m: Match, month: int, number: int) -> date | None:
    """The day of a month without a year: by its weekday, else by tense, else the nearest."""
    if c.date is None:
        return None
    told = _year_told(c, m)
    if told:
        return a_day(told, month, number)
    # the 29th of February comes every eighth year at worst
    years = (c.date.year + step for distance in range(9) for step in sorted({distance, -distance}))
    days = [day for day in (a_day(year, month, number) for year in years) if day]
    if m.has("w"):
        weekday = {**c.words.words["WEEKDAY"], **c.words.words["WDAY"]}[m.word("w")]
        fitting = [day for day in days[:5] if day.isoweekday() == weekday]
        if fitting:
            return min(fitting, key=lambda day: _distance(c, day))
    return by_tense(c, days, c.tense(m))


def _year_told(c: Context, m: Match) -> int | None:
    """The year that opens the sentence: "In 2015 he married, and on May 3 he fled"."""
    sentence = c.sentence(m.start)
    start = c.parse.sents[sentence][0]
    for where, period in c.mentions:
        if period.grain == "year" and c.sentence(where) == sentence and c.atoms.tokens[where] <= start + 2:
            return None if c.atoms.at(where - 1) in {"since", "until", "by"} else period.start.year
    return None


def _distance(c: Context, day: date) -> int:
    return abs((day - c.date).days) if c.date else 0


def by_tense(c: Context, days: Iterable[date], tense: Tense) -> date | None:
    """The last day that is over, or the first that is to come; the nearest where the tense is open."""
    if c.date is None:
        return None
    if tense == "past":
        fitting = [day for day in days if day <= add_days(c.date, _SLACK)]
    elif tense == "future":
        fitting = [day for day in days if day >= add_days(c.date, -_SLACK)]
    else:
        fitting = list(days)
    return min(fitting, key=lambda day: (_distance(c, day), day), default=None)


# ---------------------------------------------------------------- months
def month_year(c: Context, m: Match) -> Reading | None:
    month = _month_number(c, m)
    if month is None:
        return None
    year = year_of(c, m)
    if year is None:
        return calendar(m, None, f"XXXX-{month:02}")
    day = a_day(year, month, 1)
    return calendar(m, edged(c, m, Period(day, "month"))) if day else None


def month(c: Context, m: Match) -> Reading | None:
    number = _month_number(c, m)
    if number is None or c.says_that(m) or not _stands_as_month(c, m):
        return None
    if m.has("y3"):
        return month_year(c, m)
    start = _month_by_shift(c, m, number) if m.has("s") else _month_by_tense(c, m, number)
    if start is None:
        return calendar(m, None, f"XXXX-{number:02}")
    return calendar(m, edged(c, m, Period(start, "month")))


def _month_by_shift(c: Context, m: Match, number: int) -> date | None:
    source, step = c.words.words["SHIFT"][m.word("s")]
    anchor = c.anchor(source, "month")
    if anchor is None:
        return None
    if step == 0:
        return a_day(anchor.start.year, number, 1)
    this = anchor.start.replace(day=1)
    years = (this.year - 1, this.year) if step < 0 else (this.year + 1, this.year)
    days = [
        day for day in (a_day(year, number, 1) for year in years) if day and (day < this if step < 0 else day > this)
    ]
    return (max(days) if step < 0 else min(days)) if days else None


def _month_by_tense(c: Context, m: Match, number: int) -> date | None:
    """Last August or the coming one: what is not said to lie ahead is over."""
    if c.date is None:
        return None
    told = _year_told(c, m)
    this = c.date.replace(day=1)
    if told:
        return a_day(told, number, 1)
    tense = c.tense(m)
    if tense == "likely" or (c.before(m) in {"until", "till"} and tense != "future"):
        tense = "past" if (this.month - number) % 12 < 6 else "future"
    if tense == "future":
        return a_day(c.date.year + (number < this.month), number, 1)
    return a_day(c.date.year - (number > this.month), number, 1)


def _stands_as_month(c: Context, m: Match) -> bool:
    """Whether a bare month's name is one: not "Theresa May", "March on", "may"."""
    at = m.parts["m"][0]
    if m.word("m") not in _NAMES:
        return c.is_upper(at) or c.listed("BEFORE_MONTH", c.before(m))
    tag = c.atoms.tag(at)
    if not c.is_upper(at) or tag in {"MD", "VB", "VBP"}:
        return False
    if m.end - m.start > 1:
        return True
    name = c.parse.name_at.get(c.atoms.tokens[at])
    if name is not None and name.label in {"PERSON", "ORG", "GPE", "FAC"}:
        return False
    return c.listed("BEFORE_MONTH", c.before(m)) or (
        c.before(m) in {"the", "a", "'s"} and c.tag_after(m)[:2] in {"NN", "JJ"}
    )


def day_of(c: Context, m: Match) -> Reading | None:
    """ "the 3rd of this month", "on the 3rd": of the month that the text is in."""
    if c.tag_after(m)[:2] in {"NN", "JJ"}:
        return None
    source, step = c.words.words["SHIFT"][m.word("s")] if m.has("s") else ("text", 0)
    anchor = c.anchor(source, "month")
    start = shift(anchor.of("month"), step) if anchor else None
    if start is None:
        return calendar(m, None, f"XXXX-XX-{_day_number(m.word('d'), c):02}")
    day = a_day(start.start.year, start.start.month, _day_number(m.word("d"), c))
    return calendar(m, Period(day, "day")) if day else None
