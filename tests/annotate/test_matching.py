"""Names compared: which may be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate import matching


def _key(text: str) -> matching.Key:
    return matching.key_of(text.split())


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("John Bolton", "John R. Bolton", True),
        ("J Bolton", "John Bolton", True),
        ("Hamza bin Ladin", "Hamza bin Laden", True),
        ("Ann Bo", "Carl Bo", False),
        ("Ann Bo", "Ann Berg", False),
        ("Michael McCall", "Michael M. Grant", False),
        ("Barack Obama", "Osama bin Laden", False),
        ("Ann Bo Jr", "Ann Bo", True),
        ("Jr", "Ann Bo", False),
    ],
)
def test_may_be_one_person(a: str, b: str, one: bool) -> None:
    assert matching.may_be_one_person(_key(a), _key(b)) is one
    assert matching.may_be_one_person(_key(b), _key(a)) is one


@pytest.mark.parametrize(
    ("short", "full", "how"),
    [
        ("Bolton", "John Bolton", "surname"),
        ("bin Laden", "Osama bin Laden", "surname"),
        ("Hamza", "Hamza bin Laden", "given name"),
        ("Kim", "Kim Min ki", "given name"),
        ("Rossello", "Ricardo Rossello Nevares", "part of the name"),
        ("Obama", "Osama bin Laden", None),
        ("Berg", "Ann Bo", None),
        ("Ann Bo", "Ann Bo", None),
    ],
)
def test_is_part_of_person(short: str, full: str, how: str | None) -> None:
    assert matching.is_part_of_person(_key(short), _key(full)) == how


def test_acronyms() -> None:
    full = _key("Office of Grain and Trade")
    assert matching.is_acronym_of(("ogt",), full)
    assert matching.is_acronym_of(("oogat",), full)
    assert not matching.is_acronym_of(("og",), full)
    assert not matching.is_acronym_of(("o", "g"), full)


def test_other_comparisons() -> None:
    assert matching.is_part_of_name(_key("Dagens"), _key("Dagens Tegn"))
    assert not matching.is_part_of_name(_key("Dagens Tegn"), _key("Dagens Tegn"))
    assert matching.is_misspelt(_key("Sandoval Group"), _key("Sandovel Group"))
    assert not matching.is_misspelt(_key("Sandoval"), _key("Sandovel"))
    assert matching.head_of(_key("Supreme Court of Ohio")) == "court"
    assert matching.key_of(["The", "Northern", "Front"]) == ("north", "front")


_NAMES = st.lists(st.sampled_from(["ann", "bo", "berg", "bergs", "al", "k"]), min_size=1, max_size=4).map(tuple)


@given(_NAMES, _NAMES)
def test_persons_match_both_ways(a: matching.Key, b: matching.Key) -> None:
    assert matching.may_be_one_person(a, a)
    assert matching.may_be_one_person(a, b) == matching.may_be_one_person(b, a) or len(a) == len(b)
