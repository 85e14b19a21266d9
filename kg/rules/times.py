"""The words of time as data: loads and checks ``times.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.rules import toml

FILE = Path(__file__).parent / "times.toml"

#: What a word of each class stands for: a number of a range, one of some codes, or a form.
_NUMBERS: dict[str, range] = {
    "MONTH": range(1, 13),
    "MON": range(1, 13),
    "WEEKDAY": range(1, 8),
    "WDAY": range(1, 8),
    "WEEKDAYS": range(1, 8),
    "TODAY": range(-2, 3),
    "CARDINAL": range(1, 1001),
    "ORDINAL": range(1, 32),
    "DECADE_WORD": range(20, 91, 10),
    "HALF_DAY": range(0, 13, 12),
}
_UNITS = "second|minute|hour|day|week|fortnight|month|year|decade|century|millennium"
_CODES: dict[str, str] = {
    "SEASON": "SP|SU|FA|WI",
    "DAYPART": "MO|MI|AF|EV|NI|DT",
    "MOMENT": r"\d\d:\d\d",
    "UNIT": _UNITS,
    "SHIFTABLE": f"{_UNITS}|quarter|weekend",
    "EDGE": "early|mid|late",
    "EDGE_NOUN": "early|mid|late",
    "FREQUENCY": r"PT?\d+(?:[YMWDH]|CE|DE)",
    "ZONE": "Z?",
}
_LISTS = tuple(
    "APPROX BOUND VAGUE_NUMBER COUNTED LABEL STREET BEFORE_YEAR BEFORE_MONTH BEFORE_CLOCK BEFORE_LENGTH CHANGE "
    "PROSPECTIVE SCHEDULED TIMETABLED PERIODICAL FESTIVE AGE".split()
)
_PHRASES: dict[str, str] = {
    "blocked": "",
    "vague": "PRESENT_REF|PAST_REF|FUTURE_REF",
    "holiday": r"\d\d-\d\d|easter[+-]\d+|\d\d/[1-7]/(?:[1-5]|-1)(?:\+\d)?",
    "named": r"\d{4}(?:-\d\d(?:-\d\d)?)?",
}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """``words``: class -> word -> value. ``lists``: name -> words. ``phrases``: kind -> words, set
    apart by blanks -> value; what follows ">" has to follow in the text, and is not part of it.
    ``values`` is the same without that."""

    words: Mapping[str, Mapping[str, Any]]
    lists: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=1)
def load(path: Path = FILE) -> TimeWords:
    """The words of time. Raises ``RulesError`` that names the file and the line."""
    source, data = toml.read(path)
    toml.check_keys(source, data, ("words", "lists", "phrases"), "")
    words, lists, phrases = (data.get(key, {}) for key in ("words", "lists", "phrases"))
    known = {*_NUMBERS, *_CODES, "SHIFT"}
    for table, names, where in ((words, known, "words"), (lists, _LISTS, "lists"), (phrases, _PHRASES, "phrases")):
        toml.check_keys(source, table, names, where)
        for missing in sorted(set(names) - set(table)):
            raise source.error(f'"{missing}" is missing from [{where}]', where)
    for where, table, fits in (("words", words, _fits), ("phrases", phrases, _fits_phrase)):
        _check_values(source, where, table, fits)
    checked = {name: frozenset(toml.strings(source, value, "lists", name)) for name, value in lists.items()}
    for word in _all_words(words, checked, phrases):
        if word != word.lower():
            raise source.error(f'"{word}" has to be in lower case')
    values = {
        kind: {text.partition(" > ")[0]: value for text, value in table.items()} for kind, table in phrases.items()
    }
    return TimeWords(words, checked, phrases, values)


def _check_values(
    source: toml.Source, where: str, tables: Mapping[str, Mapping[str, object]], fits: Callable[[str, object], bool]
) -> None:
    for name, table in tables.items():
        for word, value in table.items():
            if not fits(name, value):
                raise source.error(f'{value!r} is no value for "{word}"', f"{where}.{name}", key=word)


def _fits_phrase(kind: str, value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(_PHRASES[kind], value) is not None


def _fits(name: str, value: object) -> bool:
    if name == "SHIFT":
        return isinstance(value, list) and value[:1] in (["document"], ["text"]) and value[1:] in ([-1], [0], [1])
    if name in _NUMBERS:
        return isinstance(value, int) and value in _NUMBERS[name]
    return isinstance(value, str) and re.fullmatch(_CODES[name], value) is not None


def _all_words(*tables: Mapping[str, Iterable[str]]) -> Iterable[str]:
    return (word for table in tables for words in table.values() for word in words)
