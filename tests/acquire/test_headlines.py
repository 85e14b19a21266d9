"""The line above the story."""

from __future__ import annotations

import pytest

from kg.acquire import furniture, headlines

STORY = "A minister left her post on Monday, her office said.\n"


def found(text: str) -> str | None:
    return headlines.find(text, furniture.find(text))


@pytest.mark.parametrize(
    "head",
    [
        "Minister quits after vote",
        "Who is next, asks Oslo?",
        "‘No more talks,’ says envoy",
        "Two dead as bridge falls in Porto",
    ],
)
def test_a_line_alone_that_is_no_sentence_is_the_headline(head: str) -> None:
    assert found(f"{head}\n\n{STORY}") == head
    assert found(f"\r\n{head} \r\n\r\n{STORY}") == head


def test_above_a_line_with_the_date_it_needs_no_empty_line() -> None:
    assert found(f"Minister quits after vote\nTuesday, March 3, 2020\n\n{STORY}") == "Minister quits after vote"


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"{STORY}\n{STORY}",
        f"Minister quits after vote\n{STORY}",  # a line that was broken in the middle
        "Minister quits after vote\n\nMore soon\n",  # no story below
        f"Tuesday, March 3, 2020\n\n{STORY}",
        f"File photo: the ministry in Oslo\n\n{STORY}",
        f"By Ann Lee and Bo Day\n\n{STORY}",
        f"Oslo\n\n{STORY}",
        f"{'very ' * 40}long\n\n{STORY}",
        "",
    ],
)
def test_what_is_not_clearly_one_is_none(text: str) -> None:
    assert found(text) is None
