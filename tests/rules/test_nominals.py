"""The words by which noun phrases are told apart, and what is wrong in their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RulesError
from kg.rules import nominals


def test_what_ships() -> None:
    words = nominals.load()
    assert "al" in words.hyphens.particles
    assert words.generic["nation"] == "Country"
    assert words.somebody["queen"] == "female"
    assert "ship" in words.synonyms["vessel"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[hyphens]", "[hyphen]", 'unknown key "hyphen"'),
        ("particles = ", "particle = ", 'unknown key "particle"; did you mean "particles"'),
        ("impersonal = ", "impersonally = ", "unknown key"),
        ("Country = ", "Contry = ", 'unknown key "Contry"; did you mean "Country"'),
        ('male = ["man"', 'male = [1, "man"', '"male" has to be a list of words'),
        ("sets = [", 'sets = [\n    ["a", 1],', '"sets" has to be a list of words'),
    ],
)
def test_faults(tmp_path: Path, old: str, new: str, message: str) -> None:
    shipped = Path(nominals.__file__).with_name("nominals.toml").read_text(encoding="utf-8")
    file = tmp_path / "nominals.toml"
    file.write_text(shipped.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError, match=rf"nominals.toml, line \d+: .*{message[:40]}"):
        nominals.read(file)


def test_a_list_that_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "nominals.toml"
    file.write_text("[hyphens]\nparticles = ['al']\n", encoding="utf-8")
    with pytest.raises(RulesError, match='"prefixes" is missing'):
        nominals.read(file)
