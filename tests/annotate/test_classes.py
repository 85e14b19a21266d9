"""Classes from added evidence."""

from __future__ import annotations

import pytest

from kg.annotate import classes
from kg.annotate.classes import Vote
from kg.rules import lexicon


def test_the_broad_class_is_decided_first() -> None:
    votes = [Vote("City", 3, "a"), Vote("NewsOutlet", 2, "b"), Vote("Organization", 2, "c")]
    assert classes.decide(votes) == "NewsOutlet"
    assert classes.decide([Vote("Organization", 1, "c")]) == "Organization"
    assert classes.decide([]) == "Thing"


def test_nearness() -> None:
    assert classes.is_near("Company", "NewsOutlet")
    assert not classes.is_near("City", "Region")
    assert classes.broad("Embassy") == "Organization"


@pytest.mark.parametrize(
    ("words", "cls"),
    [
        ("press officer", "Person"),
        ("six lawmakers", "Group"),
        ("foreign ministry", "GovernmentBody"),
        ("her wife", "Person"),
        ("the police", "GovernmentBody"),
        ("the table", None),
    ],
)
def test_noun_class(words: str, cls: str | None) -> None:
    assert classes.noun_class(words.split(), lexicon.load()) == cls
