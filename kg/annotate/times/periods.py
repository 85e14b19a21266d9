"""Stretches of the calendar: their TIMEX3 value, their EDTF, their first and last day.

TIMEX3 values are those of ISO-TimeML (ISO 24617-1), EDTF is ISO 8601-2 level 1, which has no
weeks, quarters or thirds of a month: those are written as intervals.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Grain = Literal["time", "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century"]
Edge = Literal["", "early", "mid", "late"]

#: From fine to coarse.
FINENESS: dict[Grain, int] = {
    "time": 0,
    "day": 1,
    "weekend": 2,
    "week": 3,
    "month": 4,
    "quarter": 5,
    "season": 6,
    "half": 7,
    "year": 8,
    "decade": 9,
    "century": 10,
}
#: Months that a grain lasts, for those that are counted in months.
_MONTHS: dict[str, int] = {
    "month": 1,
    "quarter": 3,
    "season": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
    "millennium": 12000,
}
_DAYS: dict[str, int] = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_SEASONS: dict[int, tuple[str, str]] = {3: ("SP", "21"), 6: ("SU", "22"), 9: ("FA", "23"), 12: ("WI", "24")}
#: The month in which a season begins in the northern hemisphere, by its TIMEX3 code.
SEASON_MONTH: dict[str, int] = {code: month for month, (code, _) in _SEASONS.items()}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar that begins on ``start`` and lasts one ``grain``.

    ``clock`` is what a TIMEX3 value carries after the day ("T18:00", "TEV"); ``edge`` narrows
    the stretch to its early, middle or late part; ``approximate`` is EDTF's ``~``.
    """

    start: date
    grain: Grain
    edge: Edge = ""
    clock: str = ""
    approximate: bool = False

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        return timex_value(self.start, self.grain) + self.clock

    @property
    def bounds(self) -> tuple[date, date]:
        """The first and the last day."""
        first, last = self.start, _last_day(self.start, self.grain)
        return _narrow(first, last, self.grain, self.edge) if self.edge else (first, last)

    @property
    def edtf(self) -> str:
        """EDTF of level 1 (ISO 8601-2)."""
        mark = "~" if self.approximate else ""
        if self.edge and self.grain not in {"time", "day"}:
            return interval(*self.bounds, self.grain, mark)
        year = f"{self.start.year:04}"
        match self.grain:
            case "time" | "day":
                return self.start.isoformat() + mark
            case "month":
                return f"{year}-{self.start.month:02}{mark}"
            case "season":
                return f"{year}-{_SEASONS[self.start.month][1]}{mark}"
            case "year":
                return year + mark
            case "decade":
                return f"{year[:3]}X{mark}"
            case "century":
                return f"{year[:2]}XX{mark}"
        return interval(*self.bounds, self.grain, mark)

    def at(self, clock: str) -> Period:
        """The same day at that time or part of the day."""
        return replace(self, grain="time", clock=clock, edge="")

    def of(self, grain: Grain) -> Period:
        """The period of that grain in which it begins."""
        return containing(self.start, grain)


def interval(first: date, last: date, grain: Grain, mark: str = "") -> str:
    """EDTF of the days from ``first`` to ``last``, in months or years where they are whole ones."""
    if FINENESS[grain] >= FINENESS["decade"]:
        return f"{first.year:04}{mark}/{last.year:04}{mark}"
    if FINENESS[grain] > FINENESS["month"]:
        return f"{first.year:04}-{first.month:02}{mark}/{last.year:04}-{last.month:02}{mark}"
    return f"{first.isoformat()}{mark}/{last.isoformat()}{mark}"


def timex_value(start: date, grain: Grain) -> str:
    """The TIMEX3 value of the grain that begins on ``start``."""
    year = f"{start.year:04}"
    match grain:
        case "week" | "weekend":
            iso = start.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if grain == "weekend" else "")
        case "month":
            return f"{year}-{start.month:02}"
        case "quarter":
            return f"{year}-Q{(start.month + 2) // 3}"
        case "season":
            return f"{year}-{_SEASONS[start.month][0]}"
        case "half":
            return f"{year}-H{1 if start.month == 1 else 2}"
        case "year":
            return year
        case "decade":
            return year[:3]
        case "century":
            return year[:2]
    return start.isoformat()


def containing(day: date, grain: Grain) -> Period:
    """The period of that grain that ``day`` lies in; a weekend's is that of the day's week."""
    match grain:
        case "week":
            return Period(day - timedelta(days=min(day.weekday(), day.toordinal() - 1)), grain)
        case "weekend":
            return Period(add_days(day, 5 - day.weekday()), grain)
        case "month":
            return Period(day.replace(day=1), grain)
        case "quarter":
            return Period(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), grain)
        case "half":
            return Period(date(day.year, 1 if day.month < 7 else 7, 1), grain)
        case "season":
            # January and February are in the winter that began in December
            month = day.month // 3 * 3
            return Period(date(day.year, month, 1) if month else date(max(1, day.year - 1), 12, 1), grain)
        case "year":
            return Period(date(day.year, 1, 1), grain)
        case "decade":
            return Period(date(max(1, day.year // 10 * 10), 1, 1), grain)
        case "century":
            return Period(date(max(1, day.year // 100 * 100), 1, 1), grain)
    return Period(day, grain)


def shift(period: Period, count: int, unit: str | None = None) -> Period | None:
    """The period ``count`` units on, ``None`` beyond the calendar (years 1 to 9999).

    Of the period's own grain by default: a month after January is February.
    """
    start = add(period.start, count, unit or period.grain)
    return None if start is None else replace(period, start=start)


def add(day: date, count: float, unit: str) -> date | None:
    """The day ``count`` units after ``day``; ``None`` beyond the calendar. A day that the month
    does not have becomes its last one. Halves of years and weeks are counted."""
    if unit in _DAYS:
        ordinal = day.toordinal() + round(count * _DAYS[unit])
        return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None
    if unit in _MONTHS:
        months = day.year * 12 + day.month - 1 + round(count * _MONTHS[unit])
        year, month = divmod(months, 12)
        if not date.min.year <= year <= date.max.year:
            return None
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return day


def add_days(day: date, count: int) -> date:
    """``add`` of days, stopping at the calendar's ends."""
    return date.fromordinal(min(max(day.toordinal() + count, 1), date.max.toordinal()))


def a_day(year: int, month: int, day: int) -> date | None:
    """The date, ``None`` if the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def weekday_before(day: date, weekday: int) -> date:
    """The last day before ``day`` that is that ISO weekday."""
    return add_days(day, -((day.isoweekday() - weekday - 1) % 7 + 1))


def weekday_after(day: date, weekday: int) -> date:
    """The first day after ``day`` that is that ISO weekday."""
    return add_days(day, (weekday - day.isoweekday() - 1) % 7 + 1)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date | None:
    """The day that a rule of ``kg/rules/times.toml`` names: "12-25", "easter-2", "11/4/4+1"."""
    if not 1 <= year <= 9999:
        return None
    if rule.startswith("easter"):
        return add_days(easter(year), int(rule.removeprefix("easter")))
    if "/" not in rule:
        month, day = rule.split("-")
        return a_day(year, int(month), int(day))
    rule, _, more = rule.partition("+")
    month_, weekday, nth = (int(x) for x in rule.split("/"))
    days = calendar.monthrange(year, month_)[1]
    first = date(year, month_, 1 if nth > 0 else days - 6)
    found = add_days(first, (weekday - first.isoweekday()) % 7 + 7 * (nth - 1 if nth > 0 else 0))
    return add_days(found, int(more or 0))


def _last_day(start: date, grain: Grain) -> date:
    if grain in {"time", "day"}:
        return start
    if grain == "weekend":
        return add_days(start, 1)
    after = add(start, 1, grain)
    return date.max if after is None else add_days(after, -1)


#: Where the early part of a period ends and the late one begins: days of a month, months of a
#: year, years of a decade, as shares of the whole.
_THIRDS = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}


def _narrow(first: date, last: date, grain: Grain, edge: Edge) -> tuple[date, date]:
    """The early, middle or late third, in whole units of the next finer kind."""
    if not edge:
        return first, last
    low, high = _THIRDS[edge]
    if grain == "month":
        days = (1, 11, 21, last.day + 1)
        return first.replace(day=days[low]), first.replace(day=days[high] - 1)
    if grain in _MONTHS:
        steps, unit = _steps(grain)
        start = add(first, -(-steps * low // 3), unit) or first
        after = add(first, -(-steps * high // 3), unit)
        return start, add_days(after, -1) if after else last
    return first, last


def _steps(grain: str) -> tuple[int, str]:
    return (_MONTHS[grain], "month") if _MONTHS[grain] <= 12 else (_MONTHS[grain] // 12, "year")
