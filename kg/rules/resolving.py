"""Loads and checks ``resolving.toml``: what is known of names when who is who is settled across documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.rules import toml

_WORDS = ("particles", "generations", "company_endings", "everywhere")


@dataclass(frozen=True, slots=True)
class Resolving:
    """Spellings of one sound and of one surname, and words that tell nothing, or much, about a name.

    ``sounds`` are pairs (written, read as), in the order in which they apply; ``surnames`` gives
    each spelling of a surname its first one.
    """

    sounds: tuple[tuple[str, str], ...]
    surnames: dict[str, str]
    particles: frozenset[str]
    generations: frozenset[str]
    company_endings: frozenset[str]
    everywhere: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Resolving:
    """The table that ships. Raises ``RulesError`` with file and line for what is wrong in it."""
    source, table = toml.read(Path(__file__).parent / "resolving.toml")
    toml.check_keys(source, table, {*_WORDS, "sounds", "same_surname"}, "")
    particles, generations, endings, everywhere = (
        frozenset(toml.strings(source, table.get(key), "", key)) for key in _WORDS
    )
    return Resolving(
        sounds=tuple(_pair(source, pair) for pair in table.get("sounds", [])),
        surnames={
            name: group[0]
            for group in (toml.strings(source, row, "", "same_surname") for row in table.get("same_surname", []))
            for name in group
        },
        particles=particles,
        generations=generations,
        company_endings=endings,
        everywhere=everywhere,
    )


def _pair(source: toml.Source, value: Any) -> tuple[str, str]:
    pair = toml.strings(source, value, "", "sounds")
    if len(pair) != 2:
        raise source.error("a sound is a pair: as it is written, as it is read", key="sounds")
    return pair[0], pair[1]
