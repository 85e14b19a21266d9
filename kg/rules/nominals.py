"""Words by which noun phrases and names are told apart: loads and checks ``nominals.toml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.rules import toml

_FILE = Path(__file__).with_name("nominals.toml")


@dataclass(frozen=True, slots=True)
class Hyphens:
    """Parts of hyphenated words: particles of names, first and last parts of English compounds."""

    particles: frozenset[str]
    prefixes: frozenset[str]
    suffixes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Nouns that name nothing: in fixed phrases, as measures, as quantities of something else;
    and adjectives that say which one of several."""

    idioms: frozenset[str]
    measures: frozenset[str]
    quantities: frozenset[str]
    ordinals: frozenset[str]
    directions: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameHeads:
    """Small nouns that belong to the name before them, by what they make of it."""

    bodies: frozenset[str]
    regions: frozenset[str]
    facilities: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verbs:
    """Lemmas of verbs by what they say of their subjects."""

    acting: frozenset[str]
    speaking: frozenset[str]
    impersonal: frozenset[str]
    addressing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Countries:
    """Words by which a government, a capital or a people is told to stand for the country."""

    governments: frozenset[str]
    other_governments: frozenset[str]
    affairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Sets of nouns that take one another up, by each of their nouns."""

    sets: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Nominals:
    """The content of ``nominals.toml``, one attribute a table."""

    hyphens: Hyphens
    phrases: Phrases
    name_heads: NameHeads
    verbs: Verbs
    countries: Countries
    synonyms: Synonyms


@lru_cache(maxsize=1)
def load() -> Nominals:
    """The words that ship with the package.

    Raises ``RulesError`` that names the file and the line of what is wrong.
    """
    source, raw = toml.read(_FILE)
    toml.check_keys(source, raw, [f.name for f in fields(Nominals)], "")
    return Nominals(
        hyphens=Hyphens(**_words(source, raw, "hyphens", Hyphens)),
        phrases=Phrases(**_words(source, raw, "phrases", Phrases)),
        name_heads=NameHeads(**_words(source, raw, "name_heads", NameHeads)),
        verbs=Verbs(**_words(source, raw, "verbs", Verbs)),
        countries=Countries(**_words(source, raw, "countries", Countries)),
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


def _synonyms(source: toml.Source, table: dict[str, Any]) -> Synonyms:
    toml.check_keys(source, table, ["sets"], "synonyms")
    out: dict[str, frozenset[str]] = {}
    for row in table.get("sets", []):
        words = toml.strings(source, row, "synonyms", "sets")
        for word in words:
            out[word] = out.get(word, frozenset()) | frozenset(words)
    return Synonyms(out)
