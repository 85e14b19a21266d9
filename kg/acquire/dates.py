"""The publication date that a text carries on its first line, or a row in its ``date`` field."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_tz
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
#: Blanks are never given back (``*+``): a text may open with a million of them.
_HEADLINE = r"(?:[^\r\n]{0,160}[^\r\n.:;,\s]\r?\n\s*+)?"
_LEADING_WORDS = re.compile(rf"\s*+(?P<whole>date\s*+(?:[:=]\s*+)?{_ISO})(?![\w-])", re.IGNORECASE)
_DATE_LINES = tuple(
    re.compile(
        rf"\s*+{_HEADLINE}(?P<whole>(?:(?:published|posted|date)(?:\s+on)?:?\s+)?{_WEEKDAY}{form}{_CLOCK})[^\S\r\n]*+(?:\r|\n|$)",
        re.IGNORECASE,
    )
    for form in (_ISO, _MONTH_FIRST, _DAY_FIRST)
)
#: "MONROVIA, July 3, 2019 (Reuters)": a day inside of words that are known to be a dateline.
_FULL_DAYS = tuple(re.compile(rf"\b{form}\b", re.IGNORECASE) for form in (_MONTH_FIRST, _DAY_FIRST))
_FIELD = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?", re.DOTALL)
_SLASHED = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?:\D.*)?|(\d{4})(\d\d)(\d\d)(?:T.*)?", re.DOTALL)
#: Before the first there was no news; beyond the last, reckoning with relative times leaves the calendar.
_YEARS = range(1500, 2200)


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


def of_dateline(words: str) -> date | None:
    """The day that a dateline names with its year, ``None`` if it names none or none that news can be from.

    >>> of_dateline("MONROVIA, Liberia, July 3, 2019 (Reuters) -"), of_dateline("LIMA, July 3 -")
    (datetime.date(2019, 7, 3), None)
    """
    found = next((match for pattern in _FULL_DAYS if (match := pattern.search(words))), None)
    day = _value(found.groupdict()) if found else None
    return day if day and is_plausible(day) else None


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


def is_plausible(day: date) -> bool:
    """Whether news can be from that day."""
    return day.year in _YEARS


def stated(value: str) -> date | None:
    """The day that a page's, a feed's or a PDF's metadata states, in the forms that are used there.

    ``None`` if it is no day, or none that news can be from: such fields are often filled by machines.

    >>> stated("Mon, 04 Mar 2019 08:00:00 +0100"), stated("2019/03/04"), stated("0000-00-00")
    (datetime.date(2019, 3, 4), datetime.date(2019, 3, 4), None)
    """
    value = value.strip()[:100]
    day = field(value) or _slashed(value) or _in_mail(value) or _in_words(value)
    return day if day and is_plausible(day) else None


def _slashed(value: str) -> date | None:
    found = _SLASHED.fullmatch(value)
    return calendar_day(*(int(part) for part in found.groups() if part)) if found else None


def _in_mail(value: str) -> date | None:
    """RFC 822, as in feeds and mail."""
    try:
        parts = parsedate_tz(value)
    except (ValueError, IndexError, OverflowError):  # what it makes of "0" and the like differs by version
        return None
    return calendar_day(*parts[:3]) if parts and parts[0] >= min(_YEARS) else None


def _in_words(value: str) -> date | None:
    found = leading(value)
    return found.value if found else None
