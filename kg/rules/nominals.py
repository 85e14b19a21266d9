"""Words by which noun phrases and names are told apart: loads and checks ``nominals.toml``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.model import ENTITY_CLASSES
from kg.rules import toml

_FILE = Path(__file__).with_name("nominals.toml")


@dataclass(frozen=True, slots=True)
class Hyphens:
    """Parts of hyphenated words: particles of names, first and last parts of English compounds, those of
    them that only colour the next word; and compounds that are written together as well."""

    particles: frozenset[str]
    prefixes: frozenset[str]
    affixes: frozenset[str]
    ranks: frozenset[str]
    closed: frozenset[str]
    suffixes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Nouns that name nothing: in fixed phrases, as measures, as quantities of something else;
    words that tell one thing from another; and nouns and words of names."""

    idioms: frozenset[str]
    measures: frozenset[str]
    quantities: frozenset[str]
    telling: frozenset[str]
    labels: frozenset[str]
    kinds: frozenset[str]
    bare_bodies: frozenset[str]
    common: frozenset[str]
    directions: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameHeads:
    """Small nouns that belong to the name before them, by what they make of it; those that end the names
    of enactments and addresses."""

    bodies: frozenset[str]
    families: frozenset[str]
    regions: frozenset[str]
    facilities: frozenset[str]
    laws: frozenset[str]
    streets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verbs:
    """Lemmas of verbs by what they say of their subjects and objects."""

    acting: frozenset[str]
    speaking: frozenset[str]
    impersonal: frozenset[str]
    addressing: frozenset[str]
    befalling: frozenset[str]


@dataclass(frozen=True, slots=True)
class Countries:
    """Words by which a government, a capital or a people is told to stand for the country."""

    governments: frozenset[str]
    other_governments: frozenset[str]
    acts: frozenset[str]
    affairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nominals:
    """The content of ``nominals.toml``, one attribute a table.

    ``inert`` nouns name what cannot act, ``collective`` ones people as well as things, ``leads`` people
    whom a story names later than it tells of them. ``generic`` maps a noun to the class that it stands for,
    ``somebody`` to a gender; ``synonyms`` maps a noun to all those that take it up.
    """

    hyphens: Hyphens
    phrases: Phrases
    name_heads: NameHeads
    verbs: Verbs
    countries: Countries
    inert: frozenset[str]
    collective: frozenset[str]
    leads: frozenset[str]
    generic: dict[str, str]
    somebody: dict[str, str]
    synonyms: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def load() -> Nominals:
    """The words that ship with the package."""
    return read(_FILE)


def read(path: Path) -> Nominals:
    """The words of a file. Raises ``RulesError`` that names the file and the line of what is wrong."""
    source, raw = toml.read(path)
    toml.check_keys(source, raw, [f.name for f in fields(Nominals)], "")
    return Nominals(
        hyphens=Hyphens(**_words(source, raw, "hyphens", Hyphens)),
        phrases=Phrases(**_words(source, raw, "phrases", Phrases)),
        name_heads=NameHeads(**_words(source, raw, "name_heads", NameHeads)),
        verbs=Verbs(**_words(source, raw, "verbs", Verbs)),
        countries=Countries(**_words(source, raw, "countries", Countries)),
        inert=_nouns(source, raw, "inert"),
        collective=_nouns(source, raw, "collective"),
        leads=_nouns(source, raw, "leads"),
        generic=_by_word(source, raw, "generic", ENTITY_CLASSES),
        somebody=_by_word(source, raw, "somebody", ("male", "female")),
        synonyms=_synonyms(source, raw.get("synonyms", {})),
    )


def _words(source: toml.Source, raw: dict[str, Any], table: str, kind: type) -> dict[str, frozenset[str]]:
    """A table's lists of words by key; every key of ``kind`` has to be there."""
    known = [f.name for f in fields(kind)]
    content = raw.get(table, {})
    toml.check_keys(source, content, known, table)
    missing = [key for key in known if key not in content]
    if missing:
        raise source.error(f'"{missing[0]}" is missing', table)
    return {key: frozenset(toml.strings(source, content[key], table, key)) for key in known}


def _nouns(source: toml.Source, raw: dict[str, Any], table: str) -> frozenset[str]:
    content = raw.get(table, {})
    toml.check_keys(source, content, ["nouns"], table)
    return frozenset(toml.strings(source, content.get("nouns", []), table, "nouns"))


def _by_word(source: toml.Source, raw: dict[str, Any], table: str, known: Collection[str]) -> dict[str, str]:
    """A table's words, each with the key that lists it."""
    content = raw.get(table, {})
    toml.check_keys(source, content, known, table)
    return {word: key for key, words in content.items() for word in toml.strings(source, words, table, key)}


def _synonyms(source: toml.Source, table: dict[str, Any]) -> dict[str, frozenset[str]]:
    toml.check_keys(source, table, ["sets"], "synonyms")
    out: dict[str, frozenset[str]] = {}
    for row in table.get("sets", []):
        words = toml.strings(source, row, "synonyms", "sets")
        for word in words:
            out[word] = out.get(word, frozenset()) | frozenset(words)
    return out
