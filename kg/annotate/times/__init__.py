"""When the text says it was: TIMEX3 expressions, resolved against the document's date.

The way down: ``atoms`` cuts the parse into pieces, ``patterns`` says what expressions look like,
``dates``, ``years``, ``holidays``, ``deictic``, ``distances``, ``clock`` and ``lengths`` say what each means against
its ``context`` (``tense`` tells past from future), ``join`` puts neighbours together, and ``periods`` writes
calendar stretches as TIMEX3 and EDTF. The words are in ``kg/rules/times.toml``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kg.annotate.times import clock, dates, deictic, distances, holidays, join, lengths, years
from kg.annotate.times.atoms import split
from kg.annotate.times.context import Context, Reading
from kg.annotate.times.patterns import PATTERNS, Grammar, Match, grammar
from kg.model import Timex
from kg.rules import times as rules
from kg.syntax import Parse

Resolver = Callable[[Context, Match], "Reading | list[Reading] | None"]

#: What a match of each kind means.
RESOLVERS: dict[str, Resolver] = {
    "nothing": lambda c, m: [],
    "named": holidays.named,
    "iso_date": dates.iso_date,
    "numeric_date": dates.numeric_date,
    "slashed_date": dates.slashed_date,
    "dotted_date": dates.dotted_date,
    "month_days": dates.month_days,
    "days_month": dates.month_days,
    "month_day": dates.month_day,
    "month_year": dates.month_year,
    "holiday": holidays.named_holiday,
    "quarter": years.quarter,
    "half": years.half,
    "season": years.season,
    "weekend": deictic.weekend,
    "weekends": lengths.on_weekends,
    "month": dates.month,
    "day_of": dates.day_of,
    "decade": years.decade,
    "decade_word": years.decade_word,
    "century": years.century,
    "fiscal": years.year,
    "years": years.years,
    "year": years.year,
    "year_end": years.year_end,
    "clock": clock.clock,
    "moment": clock.moment,
    "days_off": deictic.days_off,
    "before_last": deictic.before_last,
    "today": deictic.today,
    "tonight": deictic.tonight,
    "weekday": deictic.weekday,
    "weekdays": lengths.on_weekdays,
    "this_part": deictic.this_part,
    "part_of": deictic.part_of,
    "part": deictic.part,
    "span": distances.span,
    "shifted": deictic.shifted,
    "in_the": deictic.in_the,
    "edge_of": deictic.edge_of_unit,
    "every": lengths.every,
    "times": lengths.times,
    "frequency": lengths.frequency,
    "ago": distances.ago,
    "apart": distances.apart,
    "ahead": distances.ahead,
    "duration": lengths.duration,
    "rate": lengths.rate,
    "vague": deictic.vague,
}


def find(parse: Parse, date: date | None) -> tuple[Timex, ...]:
    """The time expressions of a text, in text order; their spans never overlap.

    ``date`` is the day that the text was written; without it, what is counted from it has a
    ``value`` with X's ("XXXX-WXX-4") and no ``edtf``.
    """
    found = grammar()
    atoms = split(parse, found.vocabulary)
    context = Context(parse, atoms, date, rules.load())
    readings = join.open_ends(context, join.ranges(context, _read(context, found)))
    return tuple(_timex(context, reading) for reading in readings)


def _read(c: Context, found: Grammar) -> list[Reading]:
    """Every expression's reading, each with the times before it in mind."""
    out: list[Reading] = []
    for start, end in found.runs(c.atoms.codes):
        at = start
        while at < end:
            place = found.first(c.atoms.codes, at, end)
            if place is None:
                break
            readings, at = _resolve(c, found, place, end)
            for reading in readings:
                _take(c, out, reading)
    _settle(c, out)
    return out


def _resolve(c: Context, found: Grammar, place: tuple[int, int], end: int) -> tuple[list[Reading], int]:
    """The readings of the first pattern that means something at a place, and where to go on."""
    at, first = place
    for match in found.fits(c.atoms, at, end, first):
        if _is_torn(c, match):
            continue
        c.at = match.start
        reading = RESOLVERS[match.kind](c, match)
        if reading is not None and (reading != [] or match.kind == "nothing"):
            readings = reading if isinstance(reading, list) else [reading]
            return readings, max([match.start + 1, *(r.end for r in readings)] if readings else [match.end])
    return [], at + 1


def _is_torn(c: Context, match: Match) -> bool:
    """Whether letters or figures run on without a blank: part of a code or an address of the web."""
    begin, end = c.atoms.span(match.start, match.end)
    text = c.parse.text
    first, last = text[begin], text[end - 1]
    before, after = text[begin - 1 : begin], text[end : end + 1]
    runs_in = first.isalnum() and (before.isalnum() or before in {"_", "@"})
    return runs_in or (last.isalnum() and (after.isalnum() or after == "_"))


def _take(c: Context, out: list[Reading], reading: Reading) -> None:
    """Add a reading, joined to the one before where they are one."""
    if out:
        joined = join.neighbour(c, out[-1], reading)
        if joined is not None:
            if c.mentions and c.mentions[-1][0] == out[-1].start:
                c.mentions.pop()
            out[-1] = joined
            _mention(c, joined)
            return
        _settle(c, out)
    out.append(reading)
    _mention(c, reading)


def _settle(c: Context, out: list[Reading]) -> None:
    """Give the last reading up the hope of a neighbour."""
    if not out:
        return
    last = out[-1]
    if last.apply and last.period is None and not last.value:
        out.pop()
    elif last.clock and last.period is None:
        out[-1] = join.lone_hour(c, last)
        _mention(c, out[-1])


def _mention(c: Context, reading: Reading) -> None:
    """Note a calendar time to count on from; one that only says which ("the May 3 accord") is none."""
    if reading.period is None or reading.type == "DURATION":
        return
    if c.atoms.at(reading.end) == "'s" or not join.dates_a_noun(c, reading):
        c.mentions.append((reading.start, reading.period))


def _timex(c: Context, reading: Reading) -> Timex:
    edtf, first, last = join.days(reading)
    value = reading.period.value if reading.period is not None and not reading.value else reading.value
    return Timex(c.atoms.span(reading.start, reading.end), reading.type, value, edtf, first, last)


if missing := {kind for kind, _ in PATTERNS} ^ set(RESOLVERS):
    raise AssertionError(f"kinds of expressions without a pattern or a meaning: {sorted(missing)}")
