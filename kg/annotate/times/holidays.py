"""Days with a name of their own: "New Year's Eve", "Easter", "9/11"."""

from __future__ import annotations

from datetime import date

from kg.annotate.times.context import Context, Reading, calendar
from kg.annotate.times.dates import by_tense, names_year, year_of
from kg.annotate.times.patterns import Match
from kg.annotate.times.periods import Period, holiday


def named(c: Context, m: Match) -> Reading | None:
    value = c.words.values["named"][m.phrase]
    return calendar(m, Period(date.fromisoformat(value), "day"))


def named_holiday(c: Context, m: Match) -> Reading | None:
    rule = c.words.values["holiday"][m.phrase]
    if (
        not c.is_upper(m.parts["h"][0])
        or c.listed("FESTIVE", c.after(m))
        or (not names_year(m) and not m.has("p") and c.tag_after(m) in {"NNP", "NNPS"})
    ):
        return None
    if m.has("s") and m.word("s") in {"last", "past", "next", "previous", "following", "coming", "upcoming"}:
        source, step = c.words.words["SHIFT"][m.word("s")]
        anchor = c.anchor(source, "day")
        day = _holiday_beside(rule, anchor.start, step) if anchor else None
    elif names_year(m):
        year_ = year_of(c, m)
        day = holiday(rule, year_) if year_ else None
    else:
        days = _holidays_around(rule, c.date) if c.date else []
        day = by_tense(c, days, c.tense(m))
    if day is None:
        fixed = "/" not in rule and not rule.startswith("easter")
        return calendar(m, None, f"XXXX-{rule}" if fixed else "XXXX-XX-XX")
    part = f"T{c.words.words['DAYPART'][m.word('p')]}" if m.has("p") else ""
    return calendar(m, Period(day, "time" if part else "day", clock=part))


def _holidays_around(rule: str, day: date) -> list[date]:
    years_ = range(max(1, day.year - 1), min(9999, day.year + 1) + 1)
    return [found for found in (holiday(rule, year_) for year_ in years_) if found]


def _holiday_beside(rule: str, day: date, step: int) -> date | None:
    days = [found for found in _holidays_around(rule, day) if (found - day).days * step > 0]
    return min(days, key=lambda found: abs((found - day).days), default=None)
