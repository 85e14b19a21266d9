from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.acquire import paragraphs

WIDE = "the envoy left the capital in the morning and went to the port"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["He left the", "house."], "He left the house."),
        (["The govern-", "ment fell."], "The government fell."),
        (["The govern\u00ad", "ment fell."], "The government fell."),
        (["Choi Min-", "Ki left."], "Choi Min-Ki left."),
        (["From 2017-", "2019 he", "stayed."], "From 2017-2019 he stayed."),
        (["A well-", "known man and a well-known dog."], "A well-known man and a well-known dog."),
        (
            ["It took two", "hours and a two-", "day trip, a day or two."],
            "It took two hours and a two-day trip, a day or two.",
        ),
        (["He left.", "", "She stayed."], "He left.\n\nShe stayed."),
        ([WIDE, "and sailed.", WIDE], f"{WIDE} and sailed.\n\n{WIDE}"),
        ([f"{WIDE}.", f"  {WIDE}"], f"{WIDE}.\n\n{WIDE}"),
        ([WIDE, f"  {WIDE}"], f"{WIDE} {WIDE}"),
        ([], ""),
    ],
)
def test_lines_become_paragraphs(lines: list[str], text: str) -> None:
    assert paragraphs.join([lines]) == text


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [["Coast Weekly 12", "", f"{WIDE} {word}", f"- {number} -"] for number, word in enumerate("abc", 7)]
    assert paragraphs.join(pages) == f"{WIDE} a {WIDE} b {WIDE} c"


@pytest.mark.parametrize(
    "line",
    [
        "7",
        "Page 7",
        "page 7 of 12",
        "– 7 –",
        "xiv",
        "3/4",
        "11/22/26, 9:33 PM Fish war ends",
        "https://post.example/a 1/3",
    ],
)
def test_what_printers_put_at_the_edge_is_left_out_of_a_single_page(line: str) -> None:
    assert paragraphs.join([["He left.", "", line]]) == "He left."
    assert paragraphs.join([[line, "", "He left."]]) == "He left."


def test_a_number_inside_the_page_is_text() -> None:
    assert paragraphs.join([["Dead:", "7", "and more were hurt."]]) == "Dead: 7 and more were hurt."


def test_a_line_that_stands_on_two_pages_of_many_is_text() -> None:
    pages = [["He left.", "", f"{WIDE} {word}."] for word in "ab"] + [[f"{WIDE} {word}."] for word in "cdefg"]
    assert paragraphs.join(pages).count("He left.") == 2


@given(st.lists(st.lists(st.text(alphabet="ab-. 7\u00ad", max_size=9), max_size=6), max_size=5))
def test_no_letter_is_made_up(pages: list[list[str]]) -> None:
    text = paragraphs.join(pages)
    given_letters = "".join(line for page in pages for line in page)
    assert all(text.count(letter) <= given_letters.count(letter) for letter in "ab7")
    assert "\n\n\n" not in text
