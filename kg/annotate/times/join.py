"""What neighbouring time expressions are together: a day and its hour, the two ends of a range,
and the words before them that leave an end open."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

from kg.annotate.times.context import Context, Reading
from kg.annotate.times.periods import FINENESS, Period, add

_BETWEEN_DAY_AND_HOUR = frozenset(
    {(), (",",), ("at",), ("on",), (",", "at"), (",", "on"), ("at", "about"), ("at", "around"), ("of",), ("(",)}
)
_DASHES = frozenset({"-", "–", "—", "‐", "‑", "/"})
_TO = frozenset({"to", "until", "till", "through", "thru"})
#: Prepositions that leave the first day open, and those that leave the last one.
_UNTIL = frozenset({"until", "till", "by", "before", "through"})
_SINCE = frozenset({"since", "after", "following"})


def neighbour(c: Context, before: Reading, after: Reading) -> Reading | None:
    """One reading of a day and a time of day that stand together, or of "the morning of" a day."""
    gap = tuple(c.atoms.words(before.end, after.start))
    if before.apply and after.period and after.start == (before.reach or before.end):
        period = before.apply(after.period)
        if period is not None:
            kind = "TIME" if period.grain == "time" else "DATE"
            return Reading(before.start, after.end, kind, period=period)  # type: ignore[arg-type]
    if gap not in _BETWEEN_DAY_AND_HOUR or not _same_line(c, before.end, after.start):
        return None
    day, hour = (after, before) if before.clock else (before, after)
    if not hour.clock or day.clock or hour is day or day.type not in {"DATE", "TIME"}:
        return None
    if day.period is None:
        known = day.value.startswith("XXXX") and day.type == "DATE" and day.value.count("-") == 2
        return Reading(before.start, after.end, "TIME", day.value + hour.clock) if known else None
    if day.period.grain == "day" or (
        day.period.grain == "time" and day.period.clock[1:].isalpha() and ":" in hour.clock
    ):
        return Reading(before.start, after.end, "TIME", period=day.period.at(hour.clock))
    return None


def _same_line(c: Context, start: int, end: int) -> bool:
    return "\n" not in c.atoms.codes[start:end]


def lone_hour(c: Context, reading: Reading) -> Reading:
    """A time of day without a day: that of the day that the sentence tells, else, where it is a
    clock's, of the document's."""
    exact = ":" in reading.clock
    day = c.anchor("text", "day") if exact else c.mentioned_near(reading.start, "day")
    if day is None:
        return replace(reading, value=f"XXXX-XX-XX{reading.clock}", clock="")
    return replace(reading, period=day.at(reading.clock), clock="", value="")


def ranges(c: Context, readings: list[Reading]) -> list[Reading]:
    """The readings with both ends of each range spanning it: "from 2010 to 2014"."""
    out = list(readings)
    for i, (first, second) in enumerate(itertools.pairwise(readings)):
        if _is_range(c, first, second) and out[i].edtf is None:
            out[i : i + 2] = _spanned(out[i], out[i + 1])
    return out


def _is_range(c: Context, first: Reading, second: Reading) -> bool:
    if first.period is None or second.period is None or first.type == "DURATION":
        return False
    gap = [word for word in c.atoms.words(first.end, second.start) if word not in {"the", "of"}]
    if not _same_line(c, first.end, second.start) or len(gap) != 1:
        return False
    before = c.atoms.at(first.start - 1)
    if gap[0] == "and":
        return before == "between"
    if gap[0] in _DASHES:
        return True
    fine = abs(FINENESS[first.period.grain] - FINENESS[second.period.grain]) <= 1
    return gap[0] in _TO and (before == "from" or fine)


def _spanned(first: Reading, second: Reading) -> tuple[Reading, Reading]:
    assert first.period is not None and second.period is not None
    one, two = first.period, second.period
    if one.start > two.start:
        # a month or day without a year was put after the end: it is that of the year before
        earlier = add(one.start, -1, "year")
        moved = Period(earlier, one.grain, one.edge, one.clock) if earlier else one
        if moved.start > two.start or FINENESS[one.grain] >= FINENESS["year"]:
            return first, second
        first, one = replace(first, period=moved), moved
    edtf = f"{_left(one.edtf)}/{_right(two.edtf)}"
    both = {"edtf": edtf, "first": one.bounds[0], "last": two.bounds[1]}
    return replace(first, **both), replace(second, **both)  # type: ignore[arg-type]


def _left(edtf: str) -> str:
    return edtf.partition("/")[0]


def _right(edtf: str) -> str:
    return edtf.rpartition("/")[2]


def open_ends(c: Context, readings: list[Reading]) -> list[Reading]:
    """The readings with the end left open that a preposition leaves open: "since 2017", "by Friday"."""
    return [_opened(c, reading) for reading in readings]


def _opened(c: Context, reading: Reading) -> Reading:
    if reading.period is None or reading.edtf is not None or reading.type == "DURATION" or dates_a_noun(c, reading):
        return reading
    if reading.type == "TIME":
        return reading  # EDTF ends at the day, and "before midnight on Monday" is still that day
    at = reading.start - 1
    before = c.atoms.at(at)
    if before in {"the", "early", "late"} and at:
        before = c.atoms.at(at - 1)
    first, last = reading.period.bounds
    edtf = reading.period.edtf
    after = c.atoms.at(reading.end)
    if before in _SINCE or after in {"onwards", "onward"} or (before == "from" and after == "on"):
        return replace(reading, edtf=f"{_left(edtf)}/..", first=first)
    if before in _UNTIL or (before == "to" and c.atoms.at(at - 1) in {"up", "prior"}):
        return replace(reading, edtf=f"../{_right(edtf)}", last=last)
    return reading


def _opens_sentence(c: Context, at: int) -> bool:
    """Whether the piece is a sentence's first."""
    return at >= 0 and c.atoms.tokens[at] == c.parse.sents[c.sentence(at)][0]


def dates_a_noun(c: Context, reading: Reading) -> bool:
    """Whether the expression modifies what follows it: "after Monday's attack", "since the 2016 vote"."""
    after = c.atoms.at(reading.end)
    if after == "'s" or after in _DASHES:
        return True
    if reading.period is not None and reading.period.grain == "year" and _opens_sentence(c, reading.start - 1):
        # "Since 2016 large banks have closed": the noun is the subject
        return False
    return bool(after) and c.atoms.tag(reading.end) in {"NN", "NNS", "NNP", "NNPS", "JJ"} and not _is_clause(c, reading)


def _is_clause(c: Context, reading: Reading) -> bool:
    """Whether the noun that follows hangs somewhere else: "since 2016 Italy has ..."."""
    head = c.atoms.tokens[reading.end]
    mine = range(c.atoms.tokens[reading.start], c.atoms.tokens[reading.end - 1] + 1)
    below = [i for i in mine if c.parse.heads[i] not in mine]
    while (
        c.parse.deps[head] in {"amod", "compound", "nmod"}
        and c.parse.heads[head] != head
        and c.parse.heads[head] > head
    ):
        head = c.parse.heads[head]
    return not any(
        c.parse.heads[i] == head or c.parse.heads[i] in range(c.atoms.tokens[reading.end], head + 1) for i in below
    )


def days(reading: Reading) -> tuple[str | None, date | None, date | None]:
    """The EDTF, the first and the last day of a reading."""
    if reading.edtf is not None or reading.period is None:
        return reading.edtf, reading.first, reading.last
    return reading.period.edtf, *reading.period.bounds
