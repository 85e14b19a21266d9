"""Times of day: "6 p.m.", "18:00", "1930 UTC", "half past six", "noon"."""

from __future__ import annotations

from kg.annotate.times.context import Context, Reading
from kg.annotate.times.patterns import Match


def clock(c: Context, m: Match) -> Reading | None:
    words = [word for word in m.words("c") if word not in {"hours", "hrs"}]
    if m.has("bare") and not _stands_as_clock(c, m):
        return None
    if m.has("p") and words[-1] != "o'clock" and c.before(m) not in {"at", "around", "by", "until", "about"}:
        return None
    time = _half_past(c, words) if words[0] in {"half", "quarter"} else _figures(c, words)
    if time is None:
        return None
    if m.has("p") and c.words.words["DAYPART"][m.word("p")] in {"AF", "EV", "NI"}:
        hour = int(time[:2])
        time = f"{hour % 12 + 12:02}{time[2:]}"
    zones = [c.words.words["ZONE"][word] for word in m.words() if word in c.words.words["ZONE"]]
    # in "10 a.m. (0200 GMT)" the zone in brackets is that of the second time
    zone = zones[0] if zones and "(" not in m.words() else ""
    return Reading(m.start, m.end, "TIME", clock=f"T{time}{zone}")


def _stands_as_clock(c: Context, m: Match) -> bool:
    if m.end - m.start > 1:
        return True
    return c.listed("BEFORE_CLOCK", c.before(m)) and c.after(m) not in {"-", "–"}


def _figures(c: Context, words: list[str]) -> str | None:
    """ "6 p.m." and the like as HH:MM or HH:MM:SS."""
    half_days = c.words.words["HALF_DAY"]
    half_day = next((half_days[word] for word in words if word in half_days), None)
    first = words[0]
    if first in c.words.words["CARDINAL"]:
        hour, rest = int(c.words.words["CARDINAL"][first]), ":00"
    elif first.isdecimal():
        hour, rest = (int(first), ":00") if len(first) <= 2 else (int(first[:2]), f":{first[2:]}")
    else:
        head, _, tail = first.replace(".", ":", 1).partition(":")
        hour, rest = int(head), f":{tail[:5] if len(tail) >= 5 else tail[:2]}"
    if half_day is not None:
        if not 1 <= hour <= 24:
            return None
        hour = hour if hour > 12 else hour % 12 + half_day
    return f"{hour:02}{rest}" if hour <= 24 else None


def _half_past(c: Context, words: list[str]) -> str | None:
    """ "half past six", "quarter to 7"."""
    last = words[-1]
    hour = int(c.words.words["CARDINAL"].get(last, last if last.isdecimal() else 0))
    minutes = 30 if words[0] == "half" else 15
    if "to" in words:
        hour, minutes = hour - 1, 60 - minutes
    return f"{hour % 24:02}:{minutes:02}" if 0 <= hour <= 24 else None


def moment(c: Context, m: Match) -> Reading | None:
    """ "noon", "at midnight"."""
    at = m.parts["n"][0]
    if c.is_upper(at) and c.atoms.tag(at) == "NNP" and c.is_name(m):
        return None
    start = m.start + 1 if m.words()[0] == "at" else m.start
    return Reading(start, m.end, "TIME", clock=f"T{c.words.words['MOMENT'][m.word('n')]}")
