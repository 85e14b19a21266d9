"""Which situations a text tells of, where more than one sentence or word has a say in it."""

from __future__ import annotations

import pytest

from kg.model import Reading
from tests.conftest import Reader


def told(reading: Reading, cls: str) -> list[str]:
    """The triggers of the claims of a class, in text order."""
    return [reading.document.text[slice(*c.trigger)] for c in reading.claims if c.cls == cls]


@pytest.mark.parametrize(
    ("text", "cls", "wanted"),
    [
        # the second sentence has a bomb in it, the first is about the same blast
        ("Nobody spoke of the blast for days. The blast was the work of a suicide bomber.", "Bombing", 2),
        # a gas main does not lend its blast to anybody
        ("Nobody spoke of the gas blast for days. The blast was the work of a suicide bomber.", "Bombing", 1),
        # verbs change their sense from one sentence to the next
        ("Gunmen attacked a convoy near Agadez. The deputy attacked the budget.", "Attack", 1),
    ],
)
def test_a_noun_keeps_its_sense_through_a_text(text: str, cls: str, wanted: int, reader: Reader) -> None:
    assert len(told(reader(text), cls)) == wanted


@pytest.mark.parametrize(
    ("text", "cls", "wanted"),
    [
        ("Two blasts set off by militants tore through a barracks near Taiz.", "Bombing", ["blasts"]),
        ("The mill at Sarpol was destroyed by the quake.", "Disaster", ["quake"]),
        ("The quake shook Sarpol, and a flood destroyed its mill.", "Disaster", ["quake", "flood"]),
        ("A shell hit the mill.", "Attack", ["hit"]),
        ("A court in Split sentenced Ante Kovac to a life term.", "Sentencing", ["sentenced"]),
        ("The life term of Ante Kovac was cut.", "Sentencing", ["life term"]),
    ],
)
def test_what_an_event_does_is_no_second_event(text: str, cls: str, wanted: list[str], reader: Reader) -> None:
    assert told(reader(text), cls) == wanted
