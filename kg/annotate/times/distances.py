"""Times at a distance from another: "six weeks ago", "two days later", "over the past decade"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.annotate.times.context import Context, Reading, calendar
from kg.annotate.times.deictic import UNKNOWN
from kg.annotate.times.numbers import duration, number, pairs
from kg.annotate.times.patterns import Match
from kg.annotate.times.periods import Grain, Period, add

#: Prepositions with which "the next week" is a stretch of time that begins now.
_DURING = frozenset({"over", "in", "for", "within", "during", "throughout", "across"})
#: Which way a stretch lies from its anchor.
_DIRECTIONS = {"past": -1, "last": -1, "previous": -1, "preceding": -1}
_DIRECTIONS |= {"next": 1, "coming": 1, "upcoming": 1, "following": 1}
#: The calendar grain that so many units ago or later is told to.
_GRAINS: dict[str, Grain] = {
    "second": "day",
    "minute": "day",
    "hour": "day",
    "day": "day",
    "week": "day",
    "fortnight": "day",
    "month": "month",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "millennium": "century",
}
_PAST_WORDS = frozenset({"earlier", "before", "previously", "beforehand", "prior"})
#: Tags of what can begin the noun phrase or clause that "the day before" is counted from.
_OPENS = frozenset("DT PRP PRP$ NN NNS NNP NNPS JJ JJR JJS CD VBG WP WDT WRB WP$ EX PDT RB $ `` FW TO HYPH".split())


def span(c: Context, m: Match) -> Reading | None:
    """ "the past two years", "the coming days": a stretch of time that ends or begins at the anchor."""
    word, unit = m.word("s"), c.words.words["UNIT"][m.word("u")]
    plural = m.word("u").endswith("s") or m.word("u") == "millennia"
    if not _is_span(c, m, word, plural):
        return None
    count = None if plural else 1.0
    if m.has("q"):
        count = number(m.words("q"), c.words.words["CARDINAL"])
    reading = Reading(m.start, m.end, "DURATION", duration([(count, unit)]))
    anchor = c.anchor("text" if word in {"previous", "preceding", "following"} else "document", "day")
    if anchor is None or count is None or word not in _DIRECTIONS or m.has("u2") or c.after(m) == "of":
        return reading
    other = add(anchor.start, _DIRECTIONS[word] * count, unit)
    if other is None:
        return reading
    first, last = sorted((anchor.start, other))
    # days are told to the day, longer stretches to the month
    width = 10 if unit in {"day", "week", "fortnight"} else 7
    return replace(reading, edtf=f"{first.isoformat()[:width]}/{last.isoformat()[:width]}", first=first, last=last)


def _is_span(c: Context, m: Match, word: str, plural: bool) -> bool:
    """Whether it is a stretch, and not one calendar unit ("last year") or an item of a list ("the first day")."""
    if m.has("q") and (m.words("q")[0] in {"a", "an"} or (m.words()[0] in {"following", "preceding"})):
        return False
    if m.has("q"):
        return plural or word not in {"first", "final"}
    determiner = m.words()[0] in {"the", "this", "these", "those"}
    if word in {"first", "final", "previous", "preceding", "following"}:
        return False
    if plural:
        return determiner or word in {"coming", "past"}
    if word == "past":
        return determiner
    if word in {"next", "last", "coming"}:
        return m.words()[0] == "the" and c.before(m) in _DURING and c.after(m) != "of" and m.word("u") != "day"
    return False


def _is_approximate(m: Match, c: Context) -> bool:
    words = m.words()
    return any(
        word in {"couple", "than", "least", "most"} or c.listed("APPROX", word) or word in {"over", "under"}
        for word in words
    )


def _moved(anchor: date, counts: list[tuple[float | None, str]], sign: int) -> Period | None:
    """The period that lies so many units from the anchor; ``None`` where a number is left open."""
    day: date | None = anchor
    for count, unit in counts:
        if count is None or day is None:
            return None
        if unit in {"second", "minute", "hour"}:
            count, unit = count // {"second": 86400, "minute": 1440, "hour": 24}[unit], "day"
        day = add(day, sign * count, unit)
    if day is None:
        return None
    count, unit = counts[-1]
    grain = _GRAINS[unit]
    if unit == "year" and count is not None and count % 1:
        grain = "month"
    return Period(day, "day").of(grain)


def ago(c: Context, m: Match) -> Reading | None:
    counts = pairs(c, m)
    if any(count is None for count, _ in counts):
        return Reading(m.start, m.end, "DATE", "PAST_REF")
    if m.words()[-1] == "back" and c.tag_after(m)[:2] not in {"", ",", "."}:
        return None
    period = _moved(c.date, counts, -1) if c.date else None
    if m.words()[-1] == "today" and c.date and period:
        day = add(c.date, -(counts[0][0] or 0), counts[0][1])
        period = Period(day, "day") if day else period
    return _told(c, m, period, counts[-1][1])


def _told(c: Context, m: Match, period: Period | None, unit: str) -> Reading | None:
    """The reading of a distance, approximate where the words say so."""
    unknown = UNKNOWN.get(_GRAINS[unit], "XXXX")
    return calendar(m, replace(period, approximate=_is_approximate(m, c)) if period else None, unknown)


def apart(c: Context, m: Match) -> Reading | None:
    """ "two days later", "the year before": from the last time that the text gave."""
    word = m.word("r")
    if m.words()[1:2] in (["second"], ["minute"]):
        return None
    part = f"T{c.words.words['DAYPART'][m.word('u')]}" if m.word("u") in c.words.words["DAYPART"] else ""
    counts = pairs(c, m) if m.has("q") else [_bare_pair(c, m)]
    sign = -1 if word in _PAST_WORDS else 1
    if _counts_from_event(c, m, word):
        return _from_event(c, m, counts, sign, part)
    far = word in {"from", "hence", "down"}
    if any(count is None for count, _ in counts):
        return Reading(m.start, m.end, "DATE", "FUTURE_REF") if far else _length(m, counts)
    if c.after(m) == "than" or (word in {"before", "after"} and c.before(m) in _DURING):
        return _length(m, counts)
    unit = counts[-1][1]
    anchor = c.today if far else c.anchor("text", _GRAINS[unit])
    period = _moved(anchor.start, counts, sign) if anchor else None
    if part:
        return calendar(m, period.at(part) if period else None, f"XXXX-XX-XX{part}")
    return _told(c, m, period, unit)


def _bare_pair(c: Context, m: Match) -> tuple[float | None, str]:
    """ "the year before" is one; "years later" leaves it open; "the night before" is a day."""
    return 1.0 if m.words()[0] == "the" else None, c.words.words["UNIT"].get(m.word("u"), "day")


def _counts_from_event(c: Context, m: Match, word: str) -> bool:
    """Whether what it is counted from follows: "two days before the vote", "prior to it"."""
    tag = c.tag_after(m)
    return (word in {"before", "after", "prior"} and tag in _OPENS) or (word == "prior" and tag == "IN")


def _from_event(c: Context, m: Match, counts: list[tuple[float | None, str]], sign: int, part: str) -> Reading | None:
    """ "two days before the vote": counted from a date if one follows, else of unknown place."""

    def apply(anchor: Period) -> Period | None:
        period = _moved(anchor.start, counts, sign)
        return period.at(part) if period and part else period

    if part:
        return Reading(m.start, m.end, "TIME", f"XXXX-XX-XX{part}", apply=apply)
    if m.words()[0] == "the":
        return Reading(m.start, m.end, "DATE", UNKNOWN.get(_GRAINS[counts[0][1]], "XXXX-XX-XX"), apply=apply)
    # the word of direction is told only where a date follows it
    return replace(_length(m, counts), apply=apply, reach=m.end)


def _length(m: Match, counts: list[tuple[float | None, str]]) -> Reading:
    """The units alone, without the word of direction that stands behind them."""
    return Reading(m.start, m.end - 1, "DURATION", duration(counts))


def ahead(c: Context, m: Match) -> Reading | None:
    """ "in three weeks", where the clause looks ahead; "in two years' time"."""
    counts = pairs(c, m)
    sure = m.words()[-1] == "time"
    if not sure and c.tense(m) != "future":
        return None
    if any(count is None for count, _ in counts):
        return Reading(m.start, m.end, "DATE", "FUTURE_REF") if sure else None
    period = _moved(c.date, counts, 1) if c.date else None
    return _told(c, m, period, counts[-1][1])
