"""Filters combine, count what they would leave, and are kept by the address."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Open, Opened

pytestmark = pytest.mark.browser


def counts(page: Opened, facet: str) -> dict[str, int]:
    page.page.evaluate(f"document.getElementById('facet-{facet}').open = true")
    return {
        label: int(n)
        for label, n in zip(page.texts(f"#facet-{facet} li .name"), page.texts(f"#facet-{facet} li .n"), strict=True)
    }


def claims(page: Opened) -> str:
    return page.text("#claims-count")


def test_counts_stand_beside_each_value(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.click("#open-filters")
    assert counts(page, "status") == {"Asserted": 7, "Hedged": 1, "Disputed": 1}
    assert counts(page, "source") == {
        "The documents themselves": 8,
        "Sources without a name": 1,
        "Norland": 1,
        "Rui Velho": 1,
    }
    assert counts(page, "kind") == {"Person": 6, "Group": 1, "Organization": 1, "Place": 6}
    assert counts(page, "class")["other events"] == 1
    assert counts(page, "document") == {"Envoy missing in Lisbon": 8, "second.txt": 3}


@pytest.mark.parametrize(
    ("facet", "label", "left"),
    [
        ("status", "Disputed", "3 claims of 14"),
        ("class", "Warning", "1 claim of 14"),
        ("class", "other events", "1 claim of 14"),
        ("certainty", "as possible", "1 claim of 14"),
        ("source", "Sources without a name", "1 claim of 14"),
        ("source", "Rui Velho", "1 claim of 14"),
        ("document", "second.txt", "3 claims of 14"),
        ("kind", "Organization", "1 claim of 14"),
    ],
)
def test_each_facet_leaves_its_claims(opened: Open, small_page: Path, facet: str, label: str, left: str) -> None:
    page = opened(small_page, address="#view=claims")
    page.tick(facet, label)
    assert claims(page) == left
    assert page.texts("#chips .chip span:first-child")[0] == label
    page.click("#chips .chip")
    assert claims(page) == "13 claims of 14"


def test_facets_combine_and_count_for_one_another(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address="#view=claims")
    page.tick("status", "Disputed")
    assert counts(page, "source") == {"Sources without a name": 1, "Norland": 1, "Rui Velho": 1}
    assert counts(page, "status") == {"Asserted": 7, "Hedged": 1, "Disputed": 1}
    page.tick("source", "Norland")
    page.tick("source", "Rui Velho")
    assert claims(page) == "2 claims of 14"
    page.tick("document", "second.txt")
    assert claims(page) == "1 claim of 14"
    page.click("#reset")
    assert claims(page) == "13 claims of 14"
    assert page.page.is_hidden("#reset")


def test_only_disputed_and_other_events_are_a_click_away(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address="#view=claims")
    assert page.text("#disputed") == "Only disputed 1"
    page.click("#disputed")
    assert claims(page) == "3 claims of 14"
    page.click("#disputed")
    page.page.reload()
    assert page.text("#more") == "Other events 1"
    if page.page.get_attribute("#more", "aria-pressed") == "false":
        page.click("#more")
    assert claims(page) == "14 claims"


def test_text_filters_by_sentences_names_and_sources(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address="#view=claims")
    page.page.fill("#search", "LISBON")
    page.click("#hits li:has-text('Only what has')")
    # the disappearance happens there, the warning is about it, and the post stands in its sentence
    assert claims(page) == "5 claims of 14"
    assert set(page.texts("td.class")) == {"disappearance", "warning", "tenure"}
    assert page.texts("#chips .chip span:first-child")[0] == "“LISBON”"


def test_time_has_a_histogram_and_a_range(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address="#view=claims")
    page.click("#open-filters")
    assert page.all("#histogram rect").count() == 8  # from the 1st to the 8th of March
    assert page.all("#histogram title").first.text_content() == "2021-03-01: 1"
    page.all("#histogram rect").last.click(position={"x": 2, "y": 2})
    assert claims(page) == "1 claim of 14"
    assert "from=2021-03-08" in page.address
    page.click("label:has-text('those without a date')")
    assert claims(page) == "10 claims of 14"
    page.page.focus("#from")
    page.press("Home")
    assert page.text("#from-text") == "2021-03-01"
    assert claims(page) == "13 claims of 14"


def test_the_address_keeps_the_state(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address="#view=claims")
    page.tick("status", "Disputed")
    page.tick("source", "Rui Velho")
    page.click("th.source button")
    page.click("td.who button")
    other = opened(small_page, address=page.address)
    assert claims(other) == claims(page) == "1 claim of 14"
    assert other.texts("#chips .chip") == page.texts("#chips .chip")
    assert other.text("#details h2") == page.text("#details h2") == "Ana Velho"
    assert other.page.get_attribute("th.source", "aria-sort") == "ascending"


def test_nothing_left_says_so_and_offers_a_way_back(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address="#status=Hedged&class=Warning")
    assert "Nothing passes these filters" in page.text("#empty")
    page.click("#empty button")
    assert page.page.is_hidden("#empty")


def test_sources_are_drawn_when_asked_for(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    before = page.page.get_attribute("#network", "data-nodes")
    page.click("#says")
    after = page.page.get_attribute("#network", "data-nodes")
    assert before is not None
    assert after is not None
    assert int(after) == int(before) + 1  # the diplomat, who does nothing but say so
