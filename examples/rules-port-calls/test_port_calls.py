"""pytest examples/rules-port-calls: what the class is to find, and what it is to leave alone."""

from pathlib import Path

import pytest

import kg

RULES = Path(__file__).parent


def port_calls(text: str) -> list[str]:
    """The words that name a port call in a text."""
    (reading,) = kg.read(kg.Document("case", text), rules=RULES)
    assert isinstance(reading, kg.Reading)
    return [text[slice(*claim.trigger)] for claim in reading.claims if claim.cls == "PortCall"]


@pytest.mark.parametrize(
    "text",
    [
        "The tanker docked in Odesa on Monday.",
        "The Sea Falcon berthed at Varna with its cargo.",
        "A port call in Odesa was cancelled.",
    ],
)
def test_finds(text: str) -> None:
    assert port_calls(text)


@pytest.mark.parametrize(
    "text",
    [
        "The capsule docked with the station in orbit.",
        "The minister docked the wages of his staff in Kyiv.",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert not port_calls(text)
