"""The publication date that a text carries on its first line, or a row in its ``date`` field."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from kg.model import Span

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "(?P<month>" + "|".join(rf"{name[:3]}(?:{name[3:]}|t?\.?)" for name in _MONTHS) + ")"
_WEEKDAY = r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day|\.)?,?\s+)?"
_CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?)?"
_ISO = r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
_MONTH_FIRST = rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
_DAY_FIRST = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})"

#: One line over the date: a headline, which ends without a full stop.
_HEADLINE = r"(?:[^\r\n]{0,160}[^\r\n.:;,\s](?:\r?\n)+\s*)?"
_LEADING_WORDS = re.compile(rf"\s*(?P<whole>date\s*[:=]?\s*{_ISO})(?![\w-])", re.IGNORECASE)
_DATE_LINES = tuple(
    re.compile(
        rf"\s*{_HEADLINE}(?P<whole>(?:(?:published|posted|date)(?:\s+on)?:?\s+)?{_WEEKDAY}{form}{_CLOCK})[^\S\r\n]*(?:\r|\n|$)",
        re.IGNORECASE,
    )
    for form in (_ISO, _MONTH_FIRST, _DAY_FIRST)
)
_FIELD = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?", re.DOTALL)


class LeadingDate(NamedTuple):
    """A date at the head of a text: its words, and its value, ``None`` if there is no such day."""

    span: Span
    value: date | None


def leading(text: str) -> LeadingDate | None:
    """The date that a text opens with: ``date 2019-01-03``, or a date alone on the first line,
    or on the line below a headline.

    >>> leading("Thursday, November 7, 2019\\n\\nPolice said so.")
    LeadingDate(span=(0, 26), value=datetime.date(2019, 11, 7))
    """
    for pattern in (_LEADING_WORDS, *_DATE_LINES):
        if found := pattern.match(text):
            return LeadingDate(found.span("whole"), _value(found.groupdict()))
    return None


def _value(parts: dict[str, str | None]) -> date | None:
    iso, month = parts.get("iso"), parts.get("month")
    if iso:
        year, number, day = (int(part) for part in iso.split("-"))
        return calendar_day(year, number, day)
    number = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith((month or "")[:3].lower()))
    return calendar_day(int(parts["year"] or 0), number, int(parts["day"] or 0))


def calendar_day(year: int, month: int, day: int) -> date | None:
    """That day, or ``None`` where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def field(value: str) -> date | None:
    """The day of an ISO 8601 date, or of a date and time; ``None`` if it is not one.

    >>> field("2019-01-03T10:00:00Z"), field("2019-02-30")
    (datetime.date(2019, 1, 3), None)
    """
    found = _FIELD.fullmatch(value.strip())
    return calendar_day(*(int(part) for part in found.groups())) if found else None
