"""Quarters, halves and seasons of a year; years, decades and centuries."""

from __future__ import annotations

from datetime import date

from kg.annotate.times.context import Context, Reading, calendar
from kg.annotate.times.dates import edge_of, edged, in_number, names_year, year_of
from kg.annotate.times.patterns import Match
from kg.annotate.times.periods import SEASON_MONTH, Grain, Period, a_day


# ---------------------------------------------------------------- parts of the year
def quarter(c: Context, m: Match) -> Reading | None:
    number = int(m.word("q")[1]) if m.has("q") else 4 if m.has("o2") else _ordinal(c, m.words("o"))
    if number > 4 or (m.has("q") and not names_year(m) and c.tag_after(m) == "CD"):
        return None
    return _part_of_year(c, m, "quarter", 3 * number - 2, f"Q{number}")


def half(c: Context, m: Match) -> Reading | None:
    if m.has("o"):
        number = _ordinal(c, m.words("o"))
    elif m.has("h"):
        number = int(m.word("h")[1])
    else:
        number = 2 if m.has("o2") else 0
    if number > 2:
        return None
    if number == 0:
        return _unsaid_half(c, m)
    return _part_of_year(c, m, "half", 6 * number - 5, f"H{number}")


def _unsaid_half(c: Context, m: Match) -> Reading | None:
    """ "half of 2016" is half a year somewhere in it."""
    year = year_of(c, m)
    if year is None or a_day(year, 1, 1) is None:
        return None
    return Reading(
        m.start, m.end, "DURATION", "P6M", edtf=f"{year:04}", first=date(year, 1, 1), last=date(year, 12, 31)
    )


def season(c: Context, m: Match) -> Reading | None:
    if not _stands_as_season(c, m):
        return None
    code = c.words.words["SEASON"][m.word("n")]
    month_ = SEASON_MONTH[code]
    if names_year(m):
        return _part_of_year(c, m, "season", month_, code)
    if m.has("s"):
        return calendar(m, edged(c, m, _season_by_shift(c, m, month_)), f"XXXX-{code}")
    tense = c.tense(m)
    told = m.end - m.start > 1 or c.before(m) not in {"in", "during"} or tense in {"past", "future"}
    return _part_of_year(c, m, "season", month_, code) if told else calendar(m, None, f"XXXX-{code}")


def _season_by_shift(c: Context, m: Match, month_: int) -> Period | None:
    source, step = c.words.words["SHIFT"][m.word("s")]
    anchor = c.anchor(source, "season")
    if anchor is None:
        return None
    now = anchor.of("season").start
    if step == 0:
        day = now if now.month == month_ else a_day(anchor.start.year, month_, 1)
        return Period(day, "season") if day else None
    years = range(max(now.year - 1, 1), min(now.year + 1, 9999) + 1)
    days = [date(year, month_, 1) for year in years if (date(year, month_, 1) - now).days * step > 0]
    return Period(min(days, key=lambda day: abs((day - now).days)), "season") if days else None


def _stands_as_season(c: Context, m: Match) -> bool:
    """Whether "fall" and "spring" are seasons, and no names ("Spring Street")."""
    at = m.parts["n"][0]
    if c.atoms.tag(at) not in {"NN", "NNP"} and not names_year(m):
        return False
    if c.is_upper(at) and not names_year(m) and c.is_name(m):
        return False
    if names_year(m) or m.has("s") or edge_of(m, c):
        return True
    if m.words()[0] == "the":
        return m.word("n") != "fall" or (c.before(m) in {"in", "by", "until", "during", "since"} and c.after(m) != "of")
    return c.before(m) in {"in", "during", "since", "until", "by"} and c.after(m) != "of" and m.word("n") != "fall"


def _part_of_year(c: Context, m: Match, grain: Grain, month_: int, code: str) -> Reading | None:
    """A quarter, half or season: of the year that is named, else by tense."""
    year = year_of(c, m)
    if names_year(m) or m.words()[-2:] == ["the", "year"]:
        year = year or (c.date.year if c.date else None)
    elif c.date is not None:
        year = c.date.year
        future = c.tense(m) == "future"
        if not future and (year, month_) > (c.date.year, c.date.month):
            year -= 1
        elif future and month_ + 2 < c.date.month:
            year += 1
    if year is None:
        return calendar(m, None, f"XXXX-{code}")
    day = a_day(year, month_, 1)
    return calendar(m, edged(c, m, Period(day, grain))) if day else None


def _ordinal(c: Context, words: list[str]) -> int:
    ordinals, cardinals = c.words.words["ORDINAL"], c.words.words["CARDINAL"]
    total = 0
    for word in words:
        if word in ordinals:
            total += int(ordinals[word])
        elif word in cardinals:
            total += int(cardinals[word])
        elif word[0].isdecimal():
            total += int(word.rstrip("stndrh"))
    return total


# ---------------------------------------------------------------- years and longer
def years(c: Context, m: Match) -> list[Reading]:
    """ "2016-17": two readings, of which the range is made later."""
    first, short = int(m.word("y")), int(m.word("yy"))
    second = first // 100 * 100 + short
    if second <= first or in_number(c, m):
        return []
    at = m.parts["yy"][0]
    readings = ((m.start, at - 1, first), (at, m.end, second))
    return [Reading(start, end, "DATE", period=Period(date(year, 1, 1), "year")) for start, end, year in readings]


def year(c: Context, m: Match) -> Reading | None:
    number = year_of(c, m)
    if number is None or not _stands_as_year(c, m):
        return None
    start = a_day(number, 1, 1)
    return calendar(m, edged(c, m, Period(start, "year"))) if start else None


def _stands_as_year(c: Context, m: Match) -> bool:
    """Whether a number of four digits is a year where it stands: "in 2016", "the 2016 election",
    "World Cup 2018"; not "2016 people", "room 1204", "1600 Poplar Avenue", "$1900"."""
    at = m.parts["y"][0] if m.has("y") else m.parts["yy"][0]
    if _in_code(c, at) or c.listed("COUNTED", c.after(m)) or c.after(m) in {"bc", "b.c", "b.c.", "bce", "hours"}:
        return False
    if m.end - m.start > 1:
        return True
    before = c.before(m)
    if c.listed("LABEL", before) or before in {"$", "£", "€", "¥", "us$", "number"} or _is_address(c, m):
        return False
    if before in {"to", "from", "by"} and _is_amount(c, at):
        return False
    if not 1400 <= int(c.atoms.word(at)) <= 2100:
        return before in {"in", "since", "until"}
    return c.listed("BEFORE_YEAR", before) or _modifies(c, m) or _stands_aside(c, m)


def _in_code(c: Context, at: int) -> bool:
    """Whether marks without blanks tie the number into something longer: "1430/2019", "A-2016"."""
    text, begin, end = c.parse.text, c.atoms.begin(at), c.atoms.end(at)
    before, after, beyond = text[max(0, begin - 1) : begin], text[end : end + 1], text[end + 1 : end + 5]
    if before and before in "-–‑":
        part = c.atoms.at(at - 2) in {"pre", "post", "mid", "early", "late"}
        return not part and not text[begin - 2 : begin - 1].isdecimal()
    if before and (before in "/_.#$£€¥+@=&:" or before.isalnum()):
        return True
    tied = after and ((after in "/_:=@" and beyond[:1].isalnum()) or (after == "-" and beyond[:1].isdecimal()))
    # "2003-2005" is a range, "2019-555" is not
    return bool(tied) and not (len(beyond) == 4 and beyond.isdecimal())


def _is_address(c: Context, m: Match) -> bool:
    """ "1600 Poplar Avenue", "1600 North Poplar Street"."""
    return any(c.listed("STREET", c.after(m, on)) and c.is_upper(m.end + on) for on in (1, 2)) and c.is_upper(m.end)


def _is_amount(c: Context, at: int) -> bool:
    """ "rose to 1900", "fell from 2016 to 1900": numbers of what a verb of change counts."""
    year = c.atoms.word(at)
    if year.startswith("20") or (c.atoms.at(at + 1) == "to" and year < c.atoms.at(at + 2) <= "2100"):
        return False
    heads = list(c.parse.ancestors(c.atoms.tokens[at]))[:3]
    return any(c.listed("CHANGE", c.parse.lemmas[head]) for head in heads)


def _modifies(c: Context, m: Match) -> bool:
    """Before a noun that it dates ("the 2016 election"), or after a name ("World Cup 2018")."""
    tag = c.tag_after(m)
    if c.after(m) in {"'s", "-", "–"} or tag in {"NN", "NNP", "NNPS", "JJ", "JJR", "JJS", "VB", "VBG", "VBN"}:
        return True
    if tag in {"NNS", "VBD", "VBP", "VBZ"}:
        return c.before(m) in {"the", "'s", "its", "their", "his", "her", "our"}
    return bool(c.before(m)) and c.atoms.tag(m.start - 1) in {"NNP", "NNPS"} and c.is_upper(m.start - 1)


def _stands_aside(c: Context, m: Match) -> bool:
    """After a comma or alone in brackets: "from file, 2008", "(2016)"."""
    return c.before(m) in {",", "(", ""} and c.after(m) in {"", ",", ".", ")", ";", ":"}


#: "in his 50s" is an age.
_OWNERS = frozenset({"his", "her", "their", "my", "your", "our", "its"})


def decade(c: Context, m: Match) -> Reading | None:
    word = m.word("d", "y").rstrip("s")
    if len(word) == 2:
        if not ("'" in m.words() or m.words()[0] == "the" or edge_of(m, c)) or c.before(m) in _OWNERS:
            return None
        start = (c.date.year if c.date else 2000) // 100 * 100 + int(word)
        number = start - 100 if start > (c.date.year if c.date else 2000) else start
    else:
        number = int(word)
    if number % 10 or (in_number(c, m) and "'" not in m.words()):
        return None
    first = a_day(number, 1, 1)
    return calendar(m, edged(c, m, Period(first, "decade"))) if first else None


def decade_word(c: Context, m: Match) -> Reading | None:
    tens = c.words.words["DECADE_WORD"][m.word("n")]
    base = m.word("c")
    hundreds = (int(base) // 100 * 100 if base.isdecimal() else 1900) if base else 1900
    return calendar(m, edged(c, m, Period(date(hundreds + tens, 1, 1), "decade")))


def century(c: Context, m: Match) -> Reading | None:
    number = _ordinal(c, m.words("o"))
    if not 1 <= number <= 30 or c.after(m) in {"bc", "b.c", "b.c.", "bce"}:
        return None
    return calendar(m, edged(c, m, Period(date(max(1, (number - 1) * 100), 1, 1), "century")))


def year_end(c: Context, m: Match) -> Reading | None:
    source, step = c.words.words["SHIFT"].get(m.words()[0], ("document", 0))
    anchor = c.anchor(source, "year")
    day = a_day(anchor.start.year + step, 12, 31) if anchor else None
    return calendar(m, Period(day, "day") if day else None, "XXXX-12-31")
