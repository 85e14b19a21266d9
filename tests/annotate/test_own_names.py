from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate import own_names
from kg.errors import RulesError

WRONG_CSV = [
    ("name,clas\nA,Person\n", 'line 1: unknown column "clas"; did you mean "class"?'),
    ("name\nA\n", 'line 1: the header has to name the columns "name" and "class"'),
    ("name,class\nA,Person\nB,Persn\n", 'line 3: "Persn" is no class of entities; did you mean "Person"?'),
    ("name,class\n,Person\n", "line 2: the name is missing"),
    ("name,class\nA,Person\n\nA,Person\n", 'line 4: "A" is there already, on line 2'),
    ("name,class,aliases\nA,Person,B\nB,Person,\n", 'line 3: "B" is there already, on line 2'),
    ("name,class,country\nA,Person,Atlantis\n", 'line 2: "Atlantis" is no country'),
    ("name,class\nA,Person,x\n", "line 2: 3 cells under 2 columns"),
    ("name,class,identifiers\nA,Person,Q42\n", 'line 2: "Q42" is no identifier'),
    ('name,class\n"A\nB",Person\nC,X\n', 'line 4: "X" is no class'),
]
WRONG_TOML = [
    ('[[names]]\nname = "A"\nclass = "Person"\ncolour = "red"\n', 'line 4: unknown key "colour"'),
    ('[[name]]\nname = "A"\n', 'unknown key "name"'),
    ('[names]\nname = "A"\n', "the names have to be [[names]] tables"),
    ('[[names]]\nname = 3\nclass = "Person"\n', 'line 2: "name" has to be a text'),
    ('[[names]]\nname = "A"\nclass = "Person"\nidentifiers = ["Q1"]\n', 'line 4: "identifiers" has to be a table'),
    ('[[names]]\nname = "A"\nclass = "Person"\naliases = "B"\n', 'line 4: "aliases" has to be a list'),
    ('[[names]]\nname = "A"\nclass = "Person"\n\n[[names]]\nname = "B"\nclass = "Thin"\n', 'line 5: "Thin"'),
    ("[[names]\n", "not TOML"),
]


@pytest.mark.parametrize(("text", "message"), WRONG_CSV)
def test_a_wrong_csv_names_the_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        own_names.read(path)
    assert str(path) in str(error.value)
    assert message in str(error.value)
    assert "?." not in str(error.value)


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(
        RulesError, match=r"missing\.csv: the names cannot be read \(No such file or directory\); check"
    ):
        own_names.read(tmp_path / "missing.csv")


@pytest.mark.parametrize(("text", "message"), WRONG_TOML)
def test_a_wrong_toml_names_the_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "names.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        own_names.read(path)
    assert str(path) in str(error.value)
    assert message in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("names.csv", "names.toml"):
        with pytest.raises(RulesError, match="cannot be read"):
            own_names.read(tmp_path / name)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RulesError, match="UTF-8"):
        own_names.read(path)


def test_semicolons_between_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("\ufeffname;class;country\nHarbour Watch;Organization;Malta\n\n", encoding="utf-8")
    [name] = own_names.read(path)
    assert (name.entry.name, name.entry.cls, name.entry.country, name.aliases) == (
        "Harbour Watch",
        "Organization",
        "MLT",
        (),
    )


def test_an_empty_file_has_no_header(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("", encoding="utf-8")
    with pytest.raises(RulesError, match="line 1"):
        own_names.read(path)
