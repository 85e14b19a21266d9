"""Loads and checks ``anaphora.toml``: by which words a text takes up an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.rules import toml

ANY = "any"


@dataclass(frozen=True, slots=True)
class Takes:
    """Which events a word takes up: names of classes and families; and whether verbs of no class too. Of the
    classes ``names`` it is another name."""

    takes: frozenset[str]
    plain: bool
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anaphora:
    """What each noun takes up, by its lemma; what pronouns do, and before which verbs."""

    nouns: Mapping[str, Takes]
    pronouns: Takes
    reactions: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Anaphora:
    """The table that ships. Raises ``RulesError`` with file and line for what is wrong in it."""
    return read(Path(__file__).parent / "anaphora.toml")


def read(path: Path) -> Anaphora:
    """The table of a file. Raises ``RulesError``."""
    source, table = toml.read(path)
    toml.check_keys(source, table, {"nouns", "verbs"}, "")
    nouns: dict[str, Takes] = {}
    for nth, row in enumerate(table.get("nouns", [])):
        toml.check_keys(source, row, {"words", "takes", "plain", "names"}, "nouns", nth=nth)
        takes = _takes(source, row, "nouns", nth)
        for word in toml.strings(source, row.get("words", []), "nouns", "words", nth=nth):
            if word in nouns:
                raise source.error(f'"{word}" is in two tables', "nouns", nth=nth, key="words")
            nouns[word] = takes
    verbs = table.get("verbs", {})
    toml.check_keys(source, verbs, {"takes", "plain", "reactions"}, "verbs")
    reactions = frozenset(toml.strings(source, verbs.get("reactions", []), "verbs", "reactions"))
    return Anaphora(nouns, _takes(source, verbs, "verbs", 0), reactions)


def _takes(source: toml.Source, row: Mapping[str, Any], name: str, nth: int) -> Takes:
    return Takes(
        frozenset(toml.strings(source, row.get("takes", []), name, "takes", nth=nth)),
        bool(row.get("plain", False)),
        tuple(toml.strings(source, row.get("names", []), name, "names", nth=nth)),
    )
