from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RulesError
from kg.rules import namelists

GROUP = '[seats]\nclass = "GovernmentBody"\nkind = "metonym"\n'
WRONG_GROUPS = [
    (GROUP.replace("class", "clas") + 'names = ["A"]\n', 'line 2: unknown key "clas"'),
    (GROUP.replace("GovernmentBody", "Government") + 'names = ["A"]\n', "line 2: 'Government' is no class of entities"),
    (GROUP.replace("metonym", "metonymy") + 'names = ["A"]\n', "line 3: 'metonymy' is no kind of name"),
    (GROUP, '"names" has to be a list'),
    (GROUP + 'names = ["A", "A"]\n', 'line 4: "A" is there twice'),
    (GROUP + 'names = ["A", ["B", "A"]]\n', 'line 4: "A" is there twice'),
    (GROUP + "names = [3]\n", '"names" has to be a list'),
    (GROUP + 'country = "XYZ"\nnames = ["A"]\n', '"XYZ" is no country'),
    (GROUP + '[seats.names]\nXYZ = ["A"]\n', '"XYZ" is no country'),
    (GROUP + 'weak = "A"\nnames = ["A"]\n', 'line 4: "weak" has to be true or false'),
    (GROUP + 'weak = ["B"]\nnames = ["A"]\n', '"B" is not among the names'),
    (GROUP + 'names = ["A"]\n[seats.wikidata]\nB = "Q1"\n', '"B" is not among the names'),
    (GROUP + 'names = ["A"]\n[seats.wikidata]\nA = "P1"\n', "'P1' is not an identifier of wikidata"),
    (GROUP + 'names = ["A"]\nwikidata = "Q1"\n', '"wikidata" has to be a table'),
    (GROUP + 'names = ["A"]\ndemonyms = "Q1"\n', '"demonyms" has to be a table'),
    ("seats = 3\n", '"seats" has to be a table'),
]
NATION = '[ITA]\nname = "Italy"\n'
WRONG_NATIONS = [
    ('[ITALY]\nname = "Italy"\n', '"ITALY" has to be a table named by an ISO 3166-1 alpha-3 code'),
    ("[ITA]\nname = 3\n", 'a country needs a "name"'),
    (NATION + 'demonym = ["Italian"]\n', 'line 3: unknown key "demonym"'),
    (NATION + 'adjectives = "Italian"\n', 'line 3: "adjectives" has to be a list'),
    (NATION + 'capitals = "Rome"\n', 'line 3: "capitals" has to be a list'),
    (NATION + "weak = 1\n", 'line 3: "weak" has to be true or false'),
    (NATION + 'wikidata = "38"\n', "line 3: '38' is not an identifier of wikidata"),
    (NATION + 'geonames = "Q38"\n', "line 3: 'Q38' is not an identifier of geonames"),
]


@pytest.mark.parametrize(("text", "message"), WRONG_GROUPS)
def test_a_wrong_group_names_the_line(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        namelists.groups(tmp_path)
    assert str(error.value).startswith("x.toml, line ")
    assert message in str(error.value)


@pytest.mark.parametrize(("text", "message"), WRONG_NATIONS)
def test_a_wrong_country_names_the_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "countries.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        namelists.nations(path)
    assert message in str(error.value)


def test_names_by_country_and_weak_ones(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        '[a]\nclass = "City"\nkind = "city"\nweak = ["Nice"]\n[a.names]\nFRA = [["Nice", "Nizza"]]\nITA = ["Bra"]\n'
        '[b]\nclass = "City"\nkind = "city"\nweak = true\ncountry = "GBR"\nnames = ["Reading"]\n',
        encoding="utf-8",
    )
    nice, bra, reading = namelists.groups(tmp_path)
    assert (nice.country, nice.names, nice.weak) == ("FRA", (("Nice", "Nizza"),), {"Nice"})
    assert (bra.country, bra.weak) == ("ITA", frozenset())
    assert (reading.country, reading.weak) == ("GBR", {"Reading"})


def test_what_ships_is_well_formed() -> None:
    nations = namelists.nations()
    assert len(nations) > 240
    assert nations["ITA"].capitals == (("Rome",),)
    assert {g.kind for g in namelists.groups()} >= {"metonym", "region", "body", "outlet", "party", "company"}
    assert sum(g.cls == "NewsOutlet" for g in namelists.groups()) > 100
    assert len(namelists.cities()) > 10_000
