"""Loads and checks ``occasions.toml``: what the words say of two things' having been at one time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from kg.rules import toml


@dataclass(frozen=True, slots=True)
class Occasions:
    """Words, and classes of events, by what they say of time; each list as the file describes it."""

    partitive: frozenset[str]
    perception: frozenset[str]
    announcing: frozenset[str]
    utterances: frozenset[str]
    gatherings: frozenset[str]
    lasting: frozenset[str]
    wreaking: frozenset[str]
    begins_office: frozenset[str]
    ends_office: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Occasions:
    """The lists that ship. Raises ``RulesError`` with file and line for what is wrong in them."""
    source, table = toml.read(Path(__file__).parent / "occasions.toml")
    names = [field.name for field in fields(Occasions)]
    toml.check_keys(source, table, set(names), "")
    return Occasions(*(frozenset(toml.strings(source, table.get(name), "", name)) for name in names))
