from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knowledge import CLAIMS, DIPLOMAT, FAROL, FIRST, FLIGHT, GONE, KNOWLEDGE, SECOND, SITUATIONS, VELHO

from kg.graph import build
from kg.publish.page.data import Units, group_of, page_data, short_label


def claims_of(data: dict[str, Any], situation: str) -> list[dict[str, Any]]:
    things = [thing["id"] for thing in [*data["entities"], *data["situations"]]]
    return [claim for claim in data["claims"] if claim["about"] == things.index(situation)]


def test_things_are_numbered_and_refer_to_one_another() -> None:
    data = page_data(build(KNOWLEDGE))
    entities, situations, claims = data["entities"], data["situations"], data["claims"]
    things = [*entities, *situations]
    number = {thing["id"]: i for i, thing in enumerate(things)}
    flight = situations[number[FLIGHT] - len(entities)]
    assert flight["status"] == "Disputed"
    assert flight["roles"] == [["agent", number[VELHO.id]], ["origin", 1]]
    assert [claim["polarity"] for claim in claims_of(data, FLIGHT)] == ["positive", "negative", "negative"]
    relayed = claims_of(data, FLIGHT)[0]
    assert relayed["source"] == number[DIPLOMAT.id]
    assert relayed["chain"] == [number[FAROL.id]]
    assert FIRST.text[slice(*relayed["cueSpan"])] == "citing"
    own = claims_of(data, GONE)[0]
    assert (own["source"], own["document"], own["time"], own["edtf"]) == (-1, 0, "on Monday", "2021-03-01")
    assert len(claims) == len(CLAIMS)
    assert len(situations) == len(SITUATIONS)


def test_documents_have_their_text_and_where_things_are_mentioned() -> None:
    first, second = page_data(build(KNOWLEDGE))["documents"]
    assert first["text"] == FIRST.text
    assert first["furniture"] == [[0, 12]]
    assert second == {**second, "text": SECOND.text, "label": "second.txt", "furniture": []}
    begin, end, entity = first["mentions"][0]
    assert (first["text"][begin:end], entity) == ("Ana Velho", 0)
    assert first["mentions"] == sorted(first["mentions"])


@pytest.mark.parametrize(
    ("attributes", "label"),
    [
        ({"class": "AsylumRequest", "predicate": "apply"}, "asylum request"),
        ({"class": "Tenure", "position": "acting envoy"}, "acting envoy"),
        ({"class": "Tenure"}, "tenure"),
        ({"class": "Kinship", "kinship": "sibling"}, "sibling"),
        ({"class": "Event", "predicate": "grant travel"}, "grant travel"),
        ({"class": "State"}, "state"),
        ({"class": "Attribute", "predicate": "age", "amount": "51"}, "age 51"),
        ({"class": "Attribute", "predicate": "locatedIn"}, "located in"),
        ({"class": "Attribute"}, "attribute"),
    ],
)
def test_the_few_words_in_a_box(attributes: dict[str, str], label: str) -> None:
    assert short_label(attributes) == label


def test_groups_of_the_legend() -> None:
    assert [group_of(c) for c in ("Embassy", "City", "Person", "Thing")] == ["Organization", "Place", "Person", "Thing"]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_offsets_count_what_a_browser_counts(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    start, stop = Units(text).span(begin, end)
    units = text.encode("utf-16-le")
    assert units[2 * start : 2 * stop].decode("utf-16-le") == text[begin:end]
