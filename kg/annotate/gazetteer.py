"""Names that the world knows: countries with their adjectives, capitals and metonyms, places,
international bodies, outlets, forces, parties, companies, and the user's own.

The data stand in ``kg/rules/countries.toml`` and ``kg/rules/gazetteer/``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kg.annotate import own_names
from kg.annotate.entries import ARTICLES, Entry, Form, fits, form, joins, units_of
from kg.rules import namelists
from kg.rules.lexicon import load as load_lexicon

__all__ = ["Entry", "Gazetteer", "load"]

#: Better readings first; weak readings come after all others, cities by size.
_RANK = {
    "user": 0,
    "country": 1,
    "capital": 2,
    "demonym": 2,
    "metonym": 3,
    "body": 3,
    "region": 5,
    "outlet": 5,
    "city": 6,
    "water": 6,
}
_OTHER = 5
#: A city of more than a million is better known than a region of its name.
_METROPOLIS = 1000
_ACTS = frozenset({"country", "demonym", "capital", "metonym"})
_POSSESSIVES = ("'s", "’s", "'", "’")


class _Reading(NamedTuple):
    form: Form
    entry: Entry
    rank: tuple[int, int, int, int]


class Gazetteer:
    """Look-ups by name, immutable. Case, accents, full stops, hyphens and articles do not count
    in ``find`` and its kin, except that "us" and "who" are no acronyms."""

    def __init__(
        self, rows: Iterable[tuple[str, Entry]], cities: Iterable[str] = (), given: Iterable[str] = ()
    ) -> None:
        #: Given names: another reading of "Georgia" and "Chad", none by themselves.
        self._given = frozenset(given)
        self._index: dict[str, list[_Reading]] = {}
        self._first: dict[str, int] = {}
        self._countries: dict[str, Entry] = {}
        self._cities: dict[str, list[str]] = {}
        #: A text asks for its names again and again.
        self._readings = lru_cache(maxsize=5_000)(self._read)
        for text, entry in rows:
            self._add(text, entry)
        for line in cities:
            key = line[: line.index("\t")]
            if key in self._cities:
                self._cities[key].append(line)
            else:
                self._cities[key] = [line]
                self._note_length(key)

    def find(self, text: str) -> tuple[Entry, ...]:
        """All readings of a name, best first; ``()`` if there are none.

        >>> [(e.name, e.kind) for e in load().find("the U.S.")]
        [('United States', 'country')]
        """
        words = text.split()
        article = len(words) > 1 and words[0].lower() in ARTICLES
        # "The Guardian" is one name, "the Italians" an article and a name
        wholes = [words] if not article else [words, words[1:]] if words[0].istitle() else [words[1:], words]
        for candidates in (wholes, [_without_possessive(words)]):
            found: dict[Entry, None] = {}
            for candidate in candidates:
                units = tuple(u for w in candidate for u in units_of(w))
                found |= dict.fromkeys(self._readings(units, article=article, strict=False, dotted="." in text))
            if found:
                return tuple(found)
        return ()

    def country_of(self, text: str) -> str | None:
        """The alpha-3 code that a country's name, demonym, capital or metonym stands for."""
        return next((e.country for e in self.find(text) if e.kind in _ACTS and e.country), None)

    def country(self, code: str) -> Entry | None:
        """The country of an alpha-3 code."""
        return self._countries.get(code)

    def demonym(self, text: str) -> str | None:
        """The alpha-3 code of "Italian", "Italians", "Italian's"."""
        return next((e.country for e in self.find(text) if e.kind == "demonym"), None)

    def capital_of(self, text: str) -> str | None:
        """The alpha-3 code of the country whose capital this is."""
        return next((e.country for e in self.find(text) if e.kind == "capital"), None)

    def longest(self, words: Sequence[str], at: int) -> tuple[int, tuple[Entry, ...]]:
        """The longest entry that starts at the token ``at``: how many tokens, and its readings.

        ``(0, ())`` if there is none. The case has to fit ("us", "nice", "turkey" are no
        names); an article is part of a name only in names such as "The Hague".
        """
        first = units_of(words[at])
        if not first:
            return 0, ()
        limit = self._first.get(_key(first[:1]))
        if limit is None:
            return 0, ()
        article = at > 0 and words[at - 1].lower() in ARTICLES
        for count, units in reversed(_stretches(words, at, limit)):
            found = self._readings(units, article=article, strict=True, dotted=False)
            if found:
                return count, found
        return 0, ()

    # ------------------------------------------------------------------ filling and asking
    def _add(self, text: str, entry: Entry) -> None:
        shape = form(text, anywhere=entry.kind == "user", weak=entry.weak)
        key = shape.key
        reading = _Reading(shape, entry, (*_rank(entry), shape.article))
        readings = self._index.get(key)
        if readings is None:
            self._index[key] = [reading]
            self._note_length(key)
        elif not any(r.entry == entry and r.form.article == shape.article for r in readings):
            readings.append(reading)
            readings.sort(key=_by_rank)
        if entry.kind == "country" and entry.country:
            self._countries.setdefault(entry.country, entry)

    def _note_length(self, key: str) -> None:
        first, _, rest = key.partition(" ")
        length = rest.count(" ") + 2 if rest else 1
        if length > self._first.get(first, 0):
            self._first[first] = length

    def _read(self, units: tuple[str, ...], *, article: bool, strict: bool, dotted: bool) -> tuple[Entry, ...]:
        if not units:
            return ()
        key = _key(units)
        found = self._index.get(key, [])
        cities = self._cities.get(key)
        if cities:
            found = sorted((*found, *_cities(cities, found)), key=_by_rank)
        out: list[Entry] = []
        for reading in found:
            shape = reading.form
            fitting = fits(shape.case, shape.units, units) if strict else dotted or _any_case(shape, units)
            if not fitting or (strict and shape.article and not article):
                continue
            own = reading.entry.kind == "user"
            entry = reading.entry if article or own or not shape.article else replace(reading.entry, weak=True)
            if not any(e.name == entry.name and e.kind == entry.kind and e.country == entry.country for e in out):
                out.append(entry)
        if out and key in self._given and out[0].kind != "user":
            out.append(Entry(" ".join(units).title(), "Person", None, "given name", (), True))
        return tuple(out)


def _by_rank(reading: _Reading) -> tuple[int, int, int, int]:
    return reading.rank


def _key(units: tuple[str, ...]) -> str:
    return " ".join(units).casefold()


def _any_case(shape: Form, units: tuple[str, ...]) -> bool:
    """Outside running text only acronyms and short names mind their case."""
    return shape.case in {"title", "any"} or fits(shape.case, shape.units, units)


def _without_possessive(words: Sequence[str]) -> list[str]:
    if words and words[-1].endswith(_POSSESSIVES):
        last = next(words[-1].removesuffix(p) for p in _POSSESSIVES if words[-1].endswith(p))
        return [*words[1 if words[0].lower() in ARTICLES else 0 : -1], *([last] if last else [])]
    return []


def _stretches(words: Sequence[str], at: int, limit: int) -> list[tuple[int, tuple[str, ...]]]:
    """The stretches of up to ``limit`` units from ``at``: token count and units."""
    out: list[tuple[int, tuple[str, ...]]] = []
    units: tuple[str, ...] = ()
    for i in range(at, len(words)):
        more = units_of(words[i])
        if not more:
            if joins(words[i]):
                continue
            break
        units += more
        if len(units) > limit:
            break
        out.append((i - at + 1, units))
    return out


def _rank(entry: Entry, size: int = 0) -> tuple[int, int, int]:
    kind = _RANK.get(entry.kind, _OTHER)
    if entry.kind == "city" and size > _METROPOLIS:
        kind = _RANK["metonym"]
    return (entry.weak and entry.kind != "user", kind, -size)


def _cities(lines: Iterable[str], known: Sequence[_Reading]) -> Iterator[_Reading]:
    """Readings made of ``cities.tsv``'s lines when they are first asked for."""
    capitals = {r.entry.country for r in known if r.entry.kind in {"capital", "user"}}
    for line in lines:
        _, name, written, country, geonames, size, weak = line.split("\t")
        if country not in capitals:
            entry = Entry(name, "City", country, "city", (("geonames", geonames),), weak == "w")
            yield _Reading(form(written or name), entry, (*_rank(entry, int(size)), False))


# ---------------------------------------------------------------------- where the entries come from
@lru_cache(maxsize=4)
def load(user_names: Path | None = None) -> Gazetteer:
    """The gazetteer that ships, with the names in the user's file above all others.

    Raises ``RulesError`` with the file and the line of what is wrong.
    """
    own = own_names.read(user_names) if user_names else ()
    return Gazetteer((*_own(own), *_nations(), *_groups()), namelists.cities(), load_lexicon().given)


def _own(names: Iterable[own_names.OwnName]) -> Iterator[tuple[str, Entry]]:
    for name in names:
        for text in (name.entry.name, *name.aliases):
            yield text, name.entry


def _nations() -> Iterator[tuple[str, Entry]]:
    ids = _capital_ids()
    for code, nation in namelists.nations().items():
        yield from _nation(nation)
        for rows, weak in ((nation.capitals, False), (nation.weak_capitals, True)):
            for row in rows:
                found = ids.get((form(row[0]).key, code))
                city = Entry(row[0], "City", code, "capital", (("geonames", found),) if found else (), weak)
                yield from ((text, city) for text in row)


def _nation(nation: namelists.Nation) -> Iterator[tuple[str, Entry]]:
    """The country's own names and its demonyms."""
    pairs = (("wikidata", nation.wikidata), ("geonames", nation.geonames))
    ids = tuple((register, value) for register, value in pairs if value)
    for kind, weak, names in (
        ("country", nation.weak, (nation.name, *nation.names)),
        ("country", True, nation.weak_names),
        ("demonym", nation.weak, (*nation.adjectives, *nation.people)),
        ("demonym", True, (*nation.weak_adjectives, *nation.weak_people)),
    ):
        entry = Entry(nation.name, "Country", nation.code, kind, ids, weak)
        yield from ((text, entry) for text in names)


def _capital_ids() -> dict[tuple[str, str], str]:
    """GeoNames ids of the capitals by key and country; the largest city comes first in the file."""
    nations = namelists.nations().values()
    keys = {form(row[0]).key for nation in nations for row in (*nation.capitals, *nation.weak_capitals)}
    out: dict[tuple[str, str], str] = {}
    for line in namelists.cities():
        if line[: line.index("\t")] in keys:
            key, _, _, country, geonames, _, _ = line.split("\t")
            out.setdefault((key, country), geonames)
    return out


def _groups() -> Iterator[tuple[str, Entry]]:
    for group in namelists.groups():
        for row in group.names:
            item = group.wikidata.get(row[0])
            ids = (("wikidata", item),) if item else ()
            label = row[0].removeprefix("the ")
            for text in row:
                entry = Entry(label, group.cls, group.country, group.kind, ids, text in group.weak)
                yield text, entry
                if text.startswith("The "):
                    # "The Guardian" is sure to be the daily, "the Guardian" only in its context
                    yield f"the {text[4:]}", replace(entry, weak=entry.weak or text.count(" ") == 1)
            for text in group.demonyms.get(row[0], ()):
                yield text, Entry(label, group.cls, group.country, "demonym", ids)
