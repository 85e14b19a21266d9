from __future__ import annotations

import time
import tomllib
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.entries import Entry, form
from kg.annotate.gazetteer import Gazetteer, load
from kg.model import ENTITY_CLASSES
from kg.rules import namelists

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "names.toml").read_text(encoding="utf-8"))["cases"]
NATIONS = namelists.nations()
#: Names and demonyms that two countries share: the better-known reading is the other one.
SHARED = {("COG", "Congo"), ("COG", "Congolese"), ("DMA", "Dominican"), ("DMA", "Dominicans"), ("PRK", "Korea")}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def show(entry: Entry) -> str:
    return f"{'*' if entry.weak else ''}{entry.kind} {entry.name} {entry.country or '-'}"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_readings(case: dict[str, Any], gazetteer: Gazetteer) -> None:
    wanted = case["readings"]
    seen = [show(e) for e in gazetteer.find(case["name"])]
    if case.get("any_order"):
        assert {w.lstrip("*") for w in wanted} <= {s.lstrip("*") for s in seen}
    elif wanted:
        assert seen[: len(wanted)] == wanted
    else:
        assert seen == []


@pytest.mark.parametrize("code", NATIONS)
def test_every_country(code: str, gazetteer: Gazetteer) -> None:
    nation = NATIONS[code]
    country = gazetteer.country(code)
    assert country is not None
    assert (country.name, country.cls, country.country) == (nation.name, "Country", code)
    assert dict(country.identifiers).keys() == {"wikidata", "geonames"}
    for name in (nation.name, *nation.names):
        assert country_codes(gazetteer, name, "country")[:1] == [code] or (code, name) in SHARED
    for name in (*nation.adjectives, *nation.people):
        assert gazetteer.demonym(name) == code or (code, name) in SHARED
        assert code in country_codes(gazetteer, f"the {name}", "demonym")
    for row in nation.capitals:
        for name in row:
            assert gazetteer.capital_of(name) == code
            assert gazetteer.country_of(name) == code


def country_codes(gazetteer: Gazetteer, name: str, kind: str) -> list[str | None]:
    return [e.country for e in gazetteer.find(name) if e.kind == kind]


def test_all_members_of_the_united_nations_are_there() -> None:
    # 193 members, the observers Holy See and Palestine, Kosovo and Taiwan
    sovereign = [n for n in NATIONS.values() if n.capitals]
    assert len(sovereign) >= 197


def test_look_ups_of_what_is_nothing(gazetteer: Gazetteer) -> None:
    for text in ("", "  ", "the", "'s", "…", "Xqz"):
        assert gazetteer.find(text) == ()
        assert gazetteer.country_of(text) is None
        assert gazetteer.demonym(text) is None
        assert gazetteer.capital_of(text) is None
    assert gazetteer.country("XXX") is None


def test_who_acts_for_a_country(gazetteer: Gazetteer) -> None:
    assert [gazetteer.country_of(t) for t in ("Pyongyang", "North Koreans", "the White House", "DR Congo")] == [
        "PRK",
        "PRK",
        "USA",
        "COD",
    ]
    assert gazetteer.country_of("Mumbai") is None
    assert gazetteer.capital_of("Italy") is None


LONGEST = [
    # words, where, how many tokens, the best reading's name
    ("the Democratic Republic of the Congo said", 1, 5, "Democratic Republic of the Congo"),
    ("in North Korea 's capital", 1, 2, "North Korea"),
    ("Guinea - Bissau voted", 0, 3, "Guinea-Bissau"),
    ("Guinea voted", 0, 1, "Guinea"),
    ("The Hague ruled", 0, 2, "The Hague"),
    ("the Hague ruled", 1, 1, "The Hague"),
    ("said the U.N. Security Council", 2, 3, "United Nations Security Council"),
    ("in St. Petersburg ,", 1, 2, "St. Petersburg"),
    ("the People 's Liberation Army", 1, 4, "People's Liberation Army"),
    ("told the Gulf states", 2, 2, "Gulf states"),
    ("in the Gulf on", 2, 1, "Persian Gulf"),
    ("ROME police", 0, 1, "Rome"),
    ("Al - Qaeda struck", 0, 3, "al-Qaeda"),
    ("the al-Qaeda cell", 1, 1, "al-Qaeda"),
    ("Amherst , Mass. , said", 2, 1, "Massachusetts"),
]
NOT_THERE = [
    ("told us that", 1),
    ("asked who he was", 1),
    ("Who was it", 0),
    ("a nice day", 1),
    ("ate turkey", 1),
    ("into gulf waters", 1),
    ("Let him go", 0),
    ("Mass was said", 0),
    (", Rome", 0),
    ("'s Rome", 0),
]


@pytest.mark.parametrize(("words", "at", "count", "name"), LONGEST)
def test_longest(words: str, at: int, count: int, name: str, gazetteer: Gazetteer) -> None:
    found, readings = gazetteer.longest(words.split(), at)
    assert (found, readings[0].name) == (count, name)


@pytest.mark.parametrize(("words", "at"), NOT_THERE)
def test_common_words_are_no_names(words: str, at: int, gazetteer: Gazetteer) -> None:
    assert gazetteer.longest(words.split(), at) == (0, ())


def test_an_article_is_needed_where_the_form_has_one(gazetteer: Gazetteer) -> None:
    assert gazetteer.longest("The Gulf".split(), 1)[1] == gazetteer.find("the Gulf")
    assert gazetteer.longest(["Gulf"], 0) == (0, ())
    [gulf] = gazetteer.find("Gulf")
    assert gulf.weak
    [gulf] = gazetteer.find("the Gulf")
    assert not gulf.weak


def test_the_same_outlet_with_and_without_its_article(gazetteer: Gazetteer) -> None:
    sure, unsure = gazetteer.find("The Guardian")[0], gazetteer.longest("the Guardian said".split(), 1)[1][0]
    assert (sure.name, unsure.name) == ("The Guardian", "The Guardian")
    assert unsure.weak


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    gazetteer = load()
    words = text.split()
    for entry in gazetteer.find(text):
        assert entry.cls in ENTITY_CLASSES
    for at in range(len(words)):
        count, readings = gazetteer.longest(words, at)
        assert (count > 0) == bool(readings)
        assert at + count <= len(words)


@given(st.sampled_from(sorted(NATIONS)), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_does_not_count_in_find(code: str, change: Callable[[str], str]) -> None:
    assert code in country_codes(load(), change(NATIONS[code].name), "country")


def test_accents_do_not_count(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Córdoba") == gazetteer.find("Cordoba") != ()
    assert gazetteer.find("Łódź") == gazetteer.find("Lodz") != ()


def test_every_entry_is_well_formed() -> None:
    for group in namelists.groups():
        assert group.cls in ENTITY_CLASSES
        assert group.country is None or group.country in NATIONS
        for row in group.names:
            assert all(form(name).units for name in row)
    for line in namelists.cities():
        key, label, written, country, geonames, size, weak = line.split("\t")
        assert form(written or label).key == key
        assert country in NATIONS
        assert geonames.isdigit()
        assert size.isdigit()
        assert weak in {"", "w"}


def test_no_identifier_stands_for_two_countries() -> None:
    for register in ("wikidata", "geonames"):
        ids = [getattr(n, register) for n in NATIONS.values()]
        assert len(set(ids)) == len(ids)


def test_no_identifier_stands_for_two_names() -> None:
    seen: dict[str, str] = {}
    for group in namelists.groups():
        for name, item in group.wikidata.items():
            assert seen.setdefault(item, name) == name


def test_it_is_quick_and_small() -> None:
    load()  # warms the tables of the lexicon, which others need as well
    load.cache_clear()
    tracemalloc.start()
    load()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    load.cache_clear()
    started = time.process_time()
    load()
    # a bound that only a change of kind breaks: it takes a tenth of a second on an idle machine
    assert time.process_time() - started < 1.0
    assert size < 40_000_000


# ---------------------------------------------------------------------- the user's own names
CSV = """name,class,aliases,country,identifiers
Jo Song Gil,Person,Jo;Jo Song-gil,PRK,wikidata:Q60193155
Turkey,Organization,,,
the Front,PoliticalParty,,Italy,
"""


def test_own_names_outrank_all(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(CSV, encoding="utf-8")
    gazetteer = load(path)
    [jo] = gazetteer.find("Jo Song-gil")
    assert jo == Entry("Jo Song Gil", "Person", "PRK", "user", (("wikidata", "Q60193155"),))
    assert [e.kind for e in gazetteer.find("Turkey")][:2] == ["user", "country"]
    assert gazetteer.find("the Front")[0].country == "ITA"
    assert gazetteer.country_of("Turkey") == "TUR"
    assert gazetteer.longest("said jo song gil today".split(), 1)[0] == 3
    assert gazetteer.longest("said jo today".split(), 1)[0] == 0
    assert gazetteer.longest("said Jo today".split(), 1)[0] == 1


def test_own_names_in_toml(tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    path.write_text(
        '[[names]]\nname = "Harbour Watch"\nclass = "Organization"\naliases = ["HW"]\ncountry = "mlt"\n'
        'identifiers = { wikidata = "Q1" }\n',
        encoding="utf-8",
    )
    [entry] = load(path).find("HW")
    assert entry == Entry("Harbour Watch", "Organization", "MLT", "user", (("wikidata", "Q1"),))
