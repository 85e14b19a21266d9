"""The user's own names and rules, from the file to the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import pipeline
from kg.errors import RulesError
from kg.model import Document, Reading

TEXT = "The Sea Falcon docked in Odesa on Monday, Grenzland reported. The Falcon had left Varna."
NAMES = (
    "name,class,aliases,country,identifiers\nSea Falcon,Thing,the Falcon,PAN,imo:9074729\nGrenzland,NewsOutlet,,DEU,\n"
)
RULES = """
[PortCall]
definition = "A ship puts in at a port."
example = "The tanker docked in Odesa."
roles = ["agent", "destination"]

[[PortCall.frames]]
verbs = ["dock", "put into port", "berth"]
nouns = ["port call"]
prep = { at = "destination", in = "destination" }
requires = ["destination"]
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("own")
    (folder / "names.csv").write_text(NAMES, encoding="utf-8")
    (folder / "rules").mkdir()
    (folder / "rules" / "ports.toml").write_text(RULES, encoding="utf-8")
    [reading] = pipeline.read_documents([Document("x", TEXT)], rules=folder / "rules", names=folder / "names.csv")
    assert isinstance(reading, Reading)
    return reading


def test_own_names_give_class_country_identifiers_and_settle_who_is_who(read: Reading) -> None:
    ship = next(e for e in read.entities if e.label == "Sea Falcon")
    assert (ship.cls, ship.country, ship.identifiers) == ("Thing", "PAN", (("imo", "9074729"),))
    assert [TEXT[slice(*m.span)] for m in read.mentions if m.entity == ship.id] == ["The Sea Falcon", "The Falcon"]
    paper = next(e for e in read.entities if e.label == "Grenzland")
    assert (paper.cls, paper.country) == ("NewsOutlet", "DEU")


def test_an_own_class_is_read_and_says_which_rule_made_it(read: Reading) -> None:
    (call,) = [c for c in read.claims if c.cls == "PortCall"]
    labels = {e.id: e.label for e in read.entities}
    assert {role: [labels[f.entity or ""] for f in fillers] for role, fillers in call.roles.items()} == {
        "agent": ["Sea Falcon"],
        "destination": ["Odesa"],
    }
    assert call.rule.startswith("own:ports.toml:PortCall:")


def test_a_wrong_file_of_names_is_told_before_anything_is_read(tmp_path: Path) -> None:
    wrong = tmp_path / "names.csv"
    wrong.write_text("name,class\nSea Falcon,Ship\n", encoding="utf-8")
    with pytest.raises(RulesError, match=r"names\.csv, line 2"):
        list(pipeline.read_documents([], names=wrong))
