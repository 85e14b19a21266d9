"""How long and how often: durations and sets."""

from __future__ import annotations

from kg.annotate.times.context import Context, Reading
from kg.annotate.times.numbers import duration as value_of
from kg.annotate.times.numbers import number, pairs
from kg.annotate.times.patterns import Match

_PLURALS = frozenset({"millennia"})


def duration(c: Context, m: Match) -> Reading | None:
    units = c.words.words["UNIT"]
    word = m.word("u")
    quantity = m.words("q")
    if not m.has("q"):
        count = None if m.has("u") and _is_plural(word) else 1.0
        return Reading(m.start, m.end, "DURATION", value_of([(count, units[word])]))
    if _is_age(c, m) or (word == "second" and _is_ordinal(c, m, quantity)):
        return None
    rate = _rate(c, m, quantity)
    if rate:
        return rate
    if quantity[0] in {"one", "a"} and word in {"day", "night"} and not _is_length(c, m):
        return None
    return Reading(m.start, m.end, "DURATION", value_of(pairs(c, m)))


def _is_plural(word: str) -> bool:
    return word.endswith("s") or word in _PLURALS


def _is_age(c: Context, m: Match) -> bool:
    """ "aged 48 years", "48 years of age"."""
    return (
        c.before(m) in {"aged", "age"} or (c.after(m) == "of" and c.after(m, 1) == "age") or c.listed("AGE", c.after(m))
    )


def _is_ordinal(c: Context, m: Match, quantity: list[str]) -> bool:
    """ "a second man": not a sixtieth of a minute."""
    return (
        c.tag_after(m)[:2] in {"NN", "JJ", "CD"}
        or c.atoms.tag(m.end - 1) in {"JJ", "RB"}
        or (quantity[0] not in {"a", "one"} and not quantity[0].isdecimal())
    )


def _is_length(c: Context, m: Match) -> bool:
    """Whether "one day" and "a day" say how long: not "one day he left"."""
    return (
        c.listed("BEFORE_LENGTH", c.before(m))
        or "-" in m.words()
        or (c.atoms.tag(m.start - 1)[:2] == "VB" and m.word("q") == "a")
    )


def _rate(c: Context, m: Match, quantity: list[str]) -> Reading | None:
    """ "$5 million a year", "twice a day": how often."""
    if quantity not in (["a"], ["an"]) or _is_plural(m.word("u")) or not c.before(m):
        return None
    if "-" in m.words() and c.before(m) == "-":
        return Reading(m.start, m.end, "SET", value_of([(1.0, c.words.words["UNIT"][m.word("u")])]))
    if m.end - m.start > 2:
        return None
    tag = c.atoms.tag(m.start - 1)
    numbered = any(c.atoms.tag(m.start - back) in {"CD", "$"} for back in (1, 2, 3))
    if (tag in {"NN", "NNS", "CD"} and numbered) or c.before(m) in {"once", "twice", "times"}:
        return Reading(m.start, m.end, "SET", value_of([(1.0, c.words.words["UNIT"][m.word("u")])]))
    return None


# ---------------------------------------------------------------- sets
def every(c: Context, m: Match) -> Reading | None:
    """ "every Monday", "each year", "every two weeks"."""
    value = _day_of_set(c, m) if m.has("w", "m", "n") or not m.has("u") else _interval(c, m)
    return Reading(m.start, m.end, "SET", value) if value else None


def _day_of_set(c: Context, m: Match) -> str:
    part = f"T{c.words.words['DAYPART'][m.word('p')]}" if m.has("p") else ""
    if m.words()[1] == "other" and not m.has("w", "m", "n"):
        return "P2D"
    if m.has("w"):
        return f"XXXX-WXX-{c.words.words['WEEKDAY'][m.word('w')]}{part}"
    if m.has("m"):
        return f"XXXX-{c.words.words['MONTH'][m.word('m')]:02}"
    if m.has("n"):
        return f"XXXX-{c.words.words['SEASON'][m.word('n')]}"
    return f"XXXX-XX-XX{part}"


def _interval(c: Context, m: Match) -> str:
    words, unit = m.words(), m.word("u")
    if unit == "weekend":
        return "XXXX-WXX-WE"
    if unit == "quarter":
        return "P3M"
    ordinals = [c.words.words["ORDINAL"][word] for word in words[1:-1] if word in c.words.words["ORDINAL"]]
    figures = [word for word in words[1:-1] if word[0].isdecimal() and word.endswith(("st", "nd", "rd", "th"))]
    if "other" in words:
        count: float | None = 2.0
    elif m.has("q"):
        count = number(m.words("q"), c.words.words["CARDINAL"])
    elif ordinals or figures:
        count = float(ordinals[0] if ordinals else figures[0][:-2])
    else:
        count = 1.0
    return value_of([(count, c.words.words["UNIT"][unit])])


def times(c: Context, m: Match) -> Reading | None:
    """ "three times a week", "twice every two years"."""
    count = number(m.words("q"), c.words.words["CARDINAL"]) if m.has("q") else 1.0
    return Reading(m.start, m.end, "SET", value_of([(count, c.words.words["UNIT"][m.word("u")])]))


def rate(c: Context, m: Match) -> Reading | None:
    """ "per year"."""
    return Reading(m.start, m.end, "SET", value_of([(1.0, c.words.words["UNIT"][m.word("u")])]))


def frequency(c: Context, m: Match) -> Reading | None:
    """ "annually", "a weekly meeting"; not "the daily", "Daily Mail", "a weekly magazine"."""
    tag = c.atoms.tag(m.start)
    if tag in {"NNP", "NNPS", "NNS"} or (c.is_upper(m.start) and m.start and c.before(m) not in {"", '"', "“"}):
        return None
    if c.listed("PERIODICAL", c.after(m)) or c.listed("PERIODICAL", c.after(m, 1)):
        return None
    if c.tag_after(m) in {"NNP", "NNPS", "DT"} or (tag == "NN" and c.tag_after(m) not in {"NN", "NNS", "JJ"}):
        return None
    return Reading(m.start, m.end, "SET", c.words.words["FREQUENCY"][m.word("f")])


def on_weekdays(c: Context, m: Match) -> Reading | None:
    """ "on Mondays"."""
    if not c.is_upper(m.start):
        return None
    return Reading(m.start, m.end, "SET", f"XXXX-WXX-{c.words.words['WEEKDAYS'][m.words()[0]]}")


def on_weekends(c: Context, m: Match) -> Reading | None:
    """ "on weekends"."""
    return Reading(m.start, m.end, "SET", "XXXX-WXX-WE")
