"""Loads and checks ``merging.toml``: what fusing knows about classes and posts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.rules import toml


@dataclass(frozen=True, slots=True)
class Merging:
    """Classes that one agent does many times, and the words of one office or of another one."""

    repeated: frozenset[str]
    same_office: tuple[frozenset[str], ...]
    other_office: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Merging:
    """The table that ships. Raises ``RulesError`` with file and line for what is wrong in it."""
    source, table = toml.read(Path(__file__).parent / "merging.toml")
    toml.check_keys(source, table, {"repeated", "same_office", "other_office"}, "")
    return Merging(
        repeated=frozenset(toml.strings(source, table.get("repeated"), "", "repeated")),
        same_office=tuple(
            frozenset(toml.strings(source, group, "", "same_office")) for group in table.get("same_office", [])
        ),
        other_office=frozenset(toml.strings(source, table.get("other_office"), "", "other_office")),
    )
