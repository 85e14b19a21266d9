"""Loads and checks ``merging.toml``: what fusing knows about classes and posts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.rules import toml

_CLASSES = ("repeated", "once", "collective", "by_word", "another")


@dataclass(frozen=True, slots=True)
class Merging:
    """Classes by how often they happen, to how many and in which words; words that tell one thing from
    another; and the words of one office or of another one.

    What is ``repeated`` and told of in documents more than ``days_between`` days apart is not one situation, unless
    both say when it was.
    """

    repeated: frozenset[str]
    once: frozenset[str]
    collective: frozenset[str]
    by_word: frozenset[str]
    another: frozenset[str]
    days_between: int
    same_office: tuple[frozenset[str], ...]
    other_office: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Merging:
    """The table that ships. Raises ``RulesError`` with file and line for what is wrong in it."""
    source, table = toml.read(Path(__file__).parent / "merging.toml")
    toml.check_keys(source, table, {*_CLASSES, "days_between", "same_office", "other_office"}, "")
    repeated, once, collective, by_word, another = (
        frozenset(toml.strings(source, table.get(key), "", key)) for key in _CLASSES
    )
    days = table.get("days_between")
    if not isinstance(days, int) or isinstance(days, bool) or days < 0:
        raise source.error('"days_between" has to be a number of days', key="days_between")
    return Merging(
        repeated=repeated,
        once=once,
        collective=collective,
        by_word=by_word,
        another=another,
        days_between=days,
        same_office=tuple(
            frozenset(toml.strings(source, group, "", "same_office")) for group in table.get("same_office", [])
        ),
        other_office=frozenset(toml.strings(source, table.get("other_office"), "", "other_office")),
    )
