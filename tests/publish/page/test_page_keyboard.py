"""Everything can be reached and read without a mouse and without seeing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Open, Opened
from knowledge import VELHO

pytestmark = pytest.mark.browser
FOCUS = "() => { const e = document.activeElement; return e.id || e.className || e.tagName }"


def tabbed(page: Opened, most: int = 150) -> list[str]:
    """What Tab leads to, one after the other, until it begins again."""
    found: list[str] = []
    for _ in range(most):
        page.press("Tab")
        focus = page.page.evaluate(FOCUS)
        if focus == "BODY" or (len(found) > 5 and focus == found[0]):
            break
        found.append(focus)
    return found


def test_tab_reaches_everything_and_goes_on(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    found = tabbed(page)
    wanted = "search tab-network open-filters disputed more says export canvas physics in out whole details article"
    order = [name for name in found if name in wanted.split()]
    assert order == wanted.split()
    assert found.count("canvas") == 1


def test_arrows_lead_from_node_to_neighbour_and_say_so(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.page.focus("#canvas")
    page.press("Home")
    first = page.text("#details h2")
    assert first == "Ana Velho"
    assert page.text("#live") == "Ana Velho, person, in 6 events or states" or "Ana Velho, person" in page.text("#live")
    seen = {first}
    x, y = page.place("Ana Velho")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.find("Ana Velho")
        page.page.focus("#canvas")
        page.press(key)
        name = page.text("#details h2")
        if name == first:
            assert page.text("#live").startswith("No neighbour")
            continue
        seen.add(name)
        there = page.place(name)
        way = {
            "ArrowRight": there[0] > x,
            "ArrowLeft": there[0] < x,
            "ArrowDown": there[1] > y,
            "ArrowUp": there[1] < y,
        }
        assert name in page.text("#live")
        assert way[key] or page.place(first) != (x, y)
    assert len(seen) > 2
    page.press("Escape")
    assert page.text("#details h2") == "Who says what happened"


def test_enter_leads_to_the_details_and_signs_change_the_size(opened: Open, small_page: Path) -> None:
    page = opened(small_page, address=f"#at={VELHO.id}")
    page.page.focus("#canvas")
    before = page.place("Norland")
    page.press("+")
    assert page.place("Norland") != before
    page.press("-", "0")
    page.press("Enter")
    assert page.page.evaluate("document.getElementById('details').contains(document.activeElement)")


def test_the_tabs_are_one_stop_with_arrows(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.page.focus("#tab-network")
    page.press("ArrowRight", "ArrowRight")
    assert page.page.get_attribute("#tab-timeline", "aria-selected") == "true"
    page.press("End")
    assert page.page.is_visible("#claims-count")
    page.press("ArrowRight")
    assert page.page.evaluate(FOCUS) == "tab-network"


def test_the_menu_of_formats_opens_and_closes_by_keys(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.page.focus("#export")
    page.press("Enter", "ArrowDown")
    assert page.page.evaluate("document.activeElement.dataset.format") == "svg"
    page.press("End", "ArrowDown")
    assert page.page.evaluate("document.activeElement.dataset.format") == "png"
    page.press("Escape")
    assert page.page.is_hidden("#export-menu")
    assert page.page.evaluate(FOCUS) == "export"


def test_what_filters_leave_is_announced(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.click("#disputed")
    assert page.text("#live") == "1 event or state shown"
    page.click("#open-filters")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.getElementById('filters').contains(document.activeElement)")
    page.click("#close-filters")
    assert page.page.evaluate(FOCUS) == "open-filters"


def test_a_filter_that_is_ticked_keeps_the_focus(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.click("#open-filters")
    page.page.focus("#facet-status input")
    page.press("Space")
    assert page.page.evaluate("document.activeElement.dataset.value") == "status Asserted"
    assert page.page.is_checked("#facet-status input")


def test_arrows_lead_through_the_marked_words_of_the_article(opened: Open, small_page: Path) -> None:
    page = opened(small_page)
    page.page.focus("#article")
    page.press("ArrowRight")
    assert page.texts("#words .at") == ["Ana Velho"]
    assert page.text("#live") == "Ana Velho: Ana Velho"
    page.press("ArrowRight", "ArrowRight", "ArrowLeft", "Enter")
    assert page.text("#details h2") == "Norland"
    page.page.focus("#article")
    page.press("ArrowLeft", "ArrowLeft")
    assert page.texts("#words .at") == ["disappearance"]
