"""Times that are counted from another: "yesterday", "on Thursday", "last week", "two days later"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.annotate.times.context import Context, Reading, calendar
from kg.annotate.times.dates import edge_of
from kg.annotate.times.patterns import Match
from kg.annotate.times.periods import (
    Grain,
    Period,
    add,
    add_days,
    shift,
    weekday_after,
    weekday_before,
)
from kg.annotate.times.tense import Tense

#: The value of a calendar unit where the text has no date to count from.
UNKNOWN: dict[str, str] = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}


def _part(c: Context, m: Match, name: str = "p") -> str:
    """The part of the day that the expression names, as a TIMEX3 suffix: "TMO", or ""."""
    return f"T{c.words.words['DAYPART'][m.word(name)]}" if m.has(name) else ""


def _on_day(c: Context, m: Match, day: date | None, unknown: str = "XXXX-XX-XX") -> Reading | None:
    part = _part(c, m)
    if day is None:
        return calendar(m, None, unknown + part)
    return calendar(m, Period(day, "time" if part else "day", clock=part))


# ---------------------------------------------------------------- days
def today(c: Context, m: Match) -> Reading | None:
    if c.is_title(m) or c.atoms.tag(m.start - 1) in {"JJ", "JJR"}:
        return None
    step = c.words.words["TODAY"][m.word("t")]
    return _on_day(c, m, add(c.date, step, "day") if c.date else None)


def days_off(c: Context, m: Match) -> Reading | None:
    """ "the day before yesterday", "the day after tomorrow"."""
    step = c.words.words["TODAY"][m.word("t")] + (1 if m.word("r") == "after" else -1)
    return _on_day(c, m, add(c.date, step, "day") if c.date else None)


def before_last(c: Context, m: Match) -> Reading | None:
    """ "the week before last", "the year after next"."""
    return _stretch(c, m, c.words.words["SHIFTABLE"][m.word("u")], -2 if m.word("r") == "before" else 2, "document")


def tonight(c: Context, m: Match) -> Reading | None:
    if m.word("n") == "overnight" and c.atoms.tag(m.start) != "RB":
        return None
    return calendar(m, Period(c.date, "time", clock="TNI") if c.date else None, "XXXX-XX-XXTNI")


def weekday(c: Context, m: Match) -> Reading | None:
    at = m.parts["w"][0]
    if not c.is_upper(at) and c.atoms.tag(at) not in {"NNP", "NN"}:
        return None
    if c.is_name(m) or c.says_that(m):
        return None
    number_ = c.words.words["WEEKDAY"][m.word("w")]
    return _on_day(c, m, _weekday_date(c, m, number_), f"XXXX-WXX-{number_}")


def _weekday_date(c: Context, m: Match, weekday_: int) -> date | None:
    if m.has("x"):
        source, step = c.words.words["SHIFT"][m.word("x")]
        anchor = c.anchor(source, "week")
        week = shift(anchor.of("week"), step) if anchor else None
        return add_days(week.start, weekday_ - 1) if week else None
    word = m.word("s2", "s")
    source, step = c.words.words["SHIFT"][word] if word else ("document", 0)
    if word == "next" and "the" in m.words():
        source = "text"
    anchor = c.anchor(source, "day")
    if anchor is None:
        return None
    if step:
        return (weekday_after if step > 0 else weekday_before)(anchor.start, weekday_)
    if word in {"that", "same"} and anchor.start.isoweekday() == weekday_:
        return anchor.start
    tense = "future" if c.before(m) == "effective" else c.tense(m)
    if c.before(m) in {"until", "till"} and tense != "future":
        tense = "future" if 1 <= (weekday_ - anchor.start.isoweekday()) % 7 <= 3 else "past"
    return weekday_by_tense(anchor.start, weekday_, tense, strictly=word in {"that", "same"})


def weekday_by_tense(day: date, weekday_: int, tense: Tense, *, strictly: bool = False) -> date:
    """The next such weekday where the clause looks ahead, else the last one, today's included."""
    if tense in {"future", "likely"}:
        return weekday_after(day, weekday_)
    return weekday_before(day if strictly else add_days(day, 1), weekday_)


def weekend(c: Context, m: Match) -> Reading | None:
    source, step = c.words.words["SHIFT"][m.word("s2", "s")] if m.has("s") else ("document", 0)
    anchor = c.anchor(source, "day")
    if anchor is None:
        return calendar(m, None, UNKNOWN["weekend"])
    found = _weekend_from(c, m, anchor, step)
    reading = calendar(m, found, UNKNOWN["weekend"])
    return replace(reading, apply=lambda day: day.of("weekend")) if reading and m.has("of") else reading


def _weekend_from(c: Context, m: Match, anchor: Period, step: int) -> Period | None:
    """On a Saturday or Sunday it is this one; before, the coming one if the clause looks ahead."""
    this = anchor.of("weekend")
    if step:
        return this if m.has("s2") and step > 0 and anchor.start < this.start else shift(this, step, "week")
    tense = c.tense(m)
    ahead = tense in {"future", "likely"} or (m.word("s") == "this" and tense != "past")
    return this if ahead or anchor.start >= this.start else shift(this, -1, "week")


def this_part(c: Context, m: Match) -> Reading | None:
    """ "this morning", "last night", "the next evening"."""
    word = m.word("s", "s2")
    if c.is_title(m) or word in {"past", "current", "upcoming", "prior"} or (word in {"last", "this"} and m.has("s")):
        return None
    source, step = c.words.words["SHIFT"][word]
    if word == "next":
        source = "text"
    anchor = c.anchor(source, "day")
    return _on_day(c, m, add(anchor.start, step, "day") if anchor else None)


def part_of(c: Context, m: Match) -> Reading | None:
    """ "the morning of" a day that the next expression names."""
    part = _part(c, m) or "TMO"

    def apply(day: Period) -> Period | None:
        return day.at(part) if day.grain == "day" else day if day.grain == "time" else None

    return Reading(m.start, m.end, "TIME", apply=apply)


def part(c: Context, m: Match) -> Reading | None:
    """ "in the morning": of the day that the sentence tells, if it tells one."""
    if c.tag_after(m)[:2] == "NN":
        return None
    return Reading(m.start, m.end, "TIME", f"XXXX-XX-XX{_part(c, m)}", clock=_part(c, m))


# ---------------------------------------------------------------- weeks, months, years
def shifted(c: Context, m: Match) -> Reading | None:
    """ "last week", "the following year", "that day"."""
    word, unit = m.word("s", "s2"), c.words.words["SHIFTABLE"][m.word("u")]
    if not _is_unit(c, m, word, unit):
        return None
    source, step = c.words.words["SHIFT"][word]
    if word == "next" and (unit == "day" or (m.has("s") and c.tense(m) != "future")):
        source = "text"
    return _stretch(c, m, unit, step, source)


def _is_unit(c: Context, m: Match, word: str, unit: str) -> bool:
    """Whether it is a day, week, year of the calendar: not "the last day", "this week of talks"."""
    if unit == "day" and word in {"last", "past", "current", "coming", "upcoming"}:
        return False
    if unit in {"day", "week"} and c.after(m) == "of":
        return False
    if m.has("s") and word in {"this", "that"}:
        return False
    # "this years festival" lacks an apostrophe; "next years" does not exist
    return m.word("u") != "years" or c.after(m) == "'" or word == "this"


def _stretch(c: Context, m: Match, unit: str, step: int, source: str) -> Reading | None:
    if unit not in UNKNOWN:
        return None
    grain: Grain = unit  # type: ignore[assignment]
    anchor = c.anchor(source, grain)
    period = shift(anchor.of(grain), step) if anchor else None
    if period and c.date and source == "text" and step > 0 and period.start > c.date and c.tense(m) == "past":
        period = None  # "they sang the next day": the day before is not told
    if period is not None and grain != "day":
        period = replace(period, edge=edge_of(m, c))
    return calendar(m, period, UNKNOWN[grain])


def in_the(c: Context, m: Match) -> Reading | None:
    """ "later in the day": the one that the text is in."""
    return _stretch(c, m, c.words.words["SHIFTABLE"][m.word("u")], 0, "text")


def edge_of_unit(c: Context, m: Match) -> Reading | None:
    """ "the end of the year": the one that the sentence is in, else the document's."""
    unit: Grain = c.words.words["UNIT"].get(m.word("u"), m.word("u"))
    near = c.mentioned_near(m.start, unit)
    return _stretch(c, m, unit, 0, "text" if near else "document")


# ---------------------------------------------------------------- neither here nor there
def vague(c: Context, m: Match) -> Reading | None:
    value = c.words.values["vague"][m.phrase]
    tag, after = c.tag_after(m), c.after(m)
    last = m.words()[-1]
    if last in {"past", "present", "future", "moment"} and (tag[:2] in {"NN", "JJ", "CD"} or after in {"of", "-"}):
        return None
    if (
        after in {"-", "as"}
        or (last == "far" and after == "from")
        or c.is_title(m)
        or c.atoms.tag(m.end - 1) in {"VB", "VBP", "NNP"}
    ):
        return None
    return Reading(m.start, m.end, "DATE", value)
