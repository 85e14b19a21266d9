"""Numbers of units as they are written: "two and a half", "a couple of", "1,200"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.annotate.times.context import Context
from kg.annotate.times.patterns import Match

#: ISO 8601's letters for units; decades, centuries and millennia are TIMEX2's.
_LETTERS = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "millennium": "ML",
}
#: What half of a unit is.
_HALVES = {
    "hour": (30.0, "minute"),
    "day": (12.0, "hour"),
    "year": (6.0, "month"),
    "decade": (5.0, "year"),
    "century": (50.0, "year"),
}
#: No calendar needs more; larger figures would not fit a date.
_MOST = 1e9
_MANY = {"few", "several", "many", "some", "numerous", "countless", "dozens", "scores", "hundreds", "thousands"}
_SKIPPED = {"a", "an", "and", "of", "-", "‑"}


def number(words: Sequence[str], cardinals: Mapping[str, int]) -> float | None:
    """The number that words give; ``None`` where they leave it open ("several")."""
    if _MANY & set(words):
        return None
    half = 0.5 if "half" in words else 0.0
    rest = [word for word in words if word != "half" and word not in _SKIPPED]
    if not rest:
        return half or 1.0
    whole = 0.0
    for word in rest:
        whole = min(_join(whole, word, cardinals), _MOST)
    return whole + half


def _join(whole: float, word: str, cardinals: Mapping[str, int]) -> float:
    if word in {"couple", "dozen"}:
        return 2.0 if word == "couple" else 12.0 * (whole or 1)
    value = float(cardinals[word]) if word in cardinals else float(word.replace(",", ""))
    return (whole or 1) * value if value >= 100 and word in cardinals else whole + value


def pairs(c: Context, m: Match) -> list[tuple[float | None, str]]:
    """The (count, unit) pairs of an expression's parts: "two years and three months", "a year and a half"."""
    cardinals, units = c.words.words["CARDINAL"], c.words.words["UNIT"]
    out: list[tuple[float | None, str]] = []
    for quantity, unit in (("q", "u"), ("q2", "u2")):
        if m.has(unit):
            count = number(m.words(quantity), cardinals) if m.has(quantity) else None
            if count is not None and quantity == "q" and m.has("tail"):
                count += 0.5
            out.append((count, units[m.word(unit)]))
    return out


def duration(parts: Iterable[tuple[float | None, str]]) -> str:
    """The TIMEX3 value of (count, unit) pairs, coarse to fine: ``P2Y3M``, ``PT48H``, ``PXD``."""
    dates, times = "", ""
    for count, unit in parts:
        if count == 0.5 and unit in _HALVES:
            count, unit = _HALVES[unit]
        if count is not None and unit == "fortnight":
            count *= 2
        letters = _LETTERS[unit]
        amount = "X" if count is None else f"{count:.10g}"
        if letters.startswith("T"):
            times += amount + letters[1]
        else:
            dates += amount + letters
    return f"P{dates}T{times}" if times else f"P{dates}"
