"""Who takes part in plain events, and how what the parser split up comes together again."""

from __future__ import annotations

import pytest

from kg.model import Claim, Reading
from tests.conftest import Reader


def claim(reading: Reading, trigger: str) -> Claim:
    [found] = [c for c in reading.claims if reading.document.text[slice(*c.trigger)] == trigger]
    return found


def people(reading: Reading, found: Claim, role: str) -> list[str]:
    labels = {e.id: e.label for e in reading.entities}
    return [labels[f.entity] for f in found.roles.get(role, ()) if f.entity]


@pytest.mark.parametrize(
    ("text", "trigger", "role", "wanted"),
    [
        ("France shapes relations with Libya.", "shapes", "patient", ["Libya"]),
        ("The rebels took Rome in June.", "took", "patient", ["Rome"]),
        ("France, Italy and Spain are training the police.", "training", "agent", ["France", "Italy", "Spain"]),
        (
            "Berg works with Italy, as well as officials from Spain.",
            "works",
            "patient",
            ["Italy", "officials from Spain"],
        ),
    ],
)
def test_participants_of_plain_events(text: str, trigger: str, role: str, wanted: list[str], reader: Reader) -> None:
    reading = reader(text)
    assert people(reading, claim(reading, trigger), role) == wanted


def test_a_generic_verb_is_a_situation_only_where_it_relates_two_parties(reader: Reader) -> None:
    assert not claim(reader("The rebels took Rome in June."), "took").background
    assert claim(reader("The rebels took a look."), "took").background


def test_a_carrier_has_no_participants_of_its_own(reader: Reader) -> None:
    carrier = claim(reader("France continues to train the police."), "continues")
    assert carrier.background
    assert carrier.roles == {}


def test_the_parties_of_a_deal_that_was_reached(reader: Reader) -> None:
    reading = reader("Berg hailed the agreement reached in May between France and Spain.")
    assert people(reading, claim(reading, "agreement"), "agent") == ["France", "Spain"]
    assert claim(reading, "reached").background


def test_who_takes_part_in_the_call_in_which_something_is_said(reader: Reader) -> None:
    reading = reader("Berg raised the matter in a meeting with Foreign Minister Lund.")
    meeting = claim(reading, "meeting")
    assert (people(reading, meeting, "agent"), people(reading, meeting, "patient")) == (["Berg"], ["Lund"])


def test_where_talks_took_place(reader: Reader) -> None:
    reading = reader("The talks took place in Geneva.")
    assert people(reading, claim(reading, "talks"), "place") == ["Geneva"]


def test_a_town_of_that_name_is_not_in_itself(reader: Reader) -> None:
    reading = reader("Troops entered the town of Aleppo in Syria.")
    [located] = [c for c in reading.claims if c.predicate == "locatedIn"]
    assert people(reading, located, "patient") == ["Syria"]


def test_a_part_of_an_alliance(reader: Reader) -> None:
    reading = reader("France is fighting as part of the African Union.")
    [part] = [c for c in reading.claims if c.predicate == "partOf"]
    assert (people(reading, part, "agent"), people(reading, part, "patient")) == (["France"], ["African Union"])
