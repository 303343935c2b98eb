"""Every kind of page, walked through with the tab key on a phone and on a desktop."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pages import KINDS

pytestmark = pytest.mark.browser

RECORD_STOPS = """() => { window.stops = []; document.addEventListener('focusin', ({ target: here }) => {
    // A note's place is its first line; its back-link may be lines below
    const place = (here.closest('.footnote') ?? here).getBoundingClientRect()
    const box = here.getClientRects()[0]
    const style = getComputedStyle(here)
    const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    stops.push({
        name: `${here.tagName} ${here.className} ${here.textContent.trim().slice(0, 40)}`,
        left: place.left, right: place.right, top: place.top + scrollY, bottom: place.bottom + scrollY,
        ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        covered: !over || !(here.contains(over) || over.contains(here)),
    })
}) }"""
"""Records where each stop of the tab key is while it has the focus."""
COUNT_STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
    .filter(e => e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true })).length"""
TOLERANCE = 12
"""Pixels by which links on one line may differ in vertical position."""


@pytest.fixture(scope="module", params=[390, 1280], ids=["phone", "desktop"])
def still_page(browser, request):
    """Return a page that scrolls without animation."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def tab_stops(page) -> list[dict]:
    """Return every stop of the tab key, from the top of the page to its end."""
    page.evaluate(RECORD_STOPS)
    for _ in range(page.evaluate(COUNT_STOPS)):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body"), "the tab key leaves the page before its end"
    page.keyboard.press("Tab")
    stops = page.evaluate("stops")
    wraps_around = stops[-1] == stops[0]
    assert page.evaluate("document.activeElement === document.body") or wraps_around, (
        "the tab key never leaves the page"
    )
    return stops[:-1] if wraps_around else stops


def backward_steps(stops: list[dict]) -> list[tuple[str, str]]:
    """Return each pair of stops of which the second is above the first and in no column to the right."""
    return [
        (before["name"], after["name"])
        for before, after in pairwise(stops[1:])
        if after["bottom"] < before["top"] - TOLERANCE and after["left"] < before["right"] - TOLERANCE
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_tab_key_follows_the_reading_order(still_page, address, kind):
    """The skip link is first; each stop is visible and below or right of the one before; none traps the key."""
    still_page.goto(f"{address}{KINDS[kind]}")
    stops = tab_stops(still_page)
    assert "skip-link" in stops[0]["name"]
    assert len(stops) == still_page.evaluate(COUNT_STOPS)
    assert backward_steps(stops) == []
    assert [stop["name"] for stop in stops if stop["ring"] < 2 or stop["covered"]] == []


def test_the_tab_key_reaches_a_margin_note_after_its_paragraph(still_page, address):
    """Where notes are beside the text, a note's back-link comes before the links of later paragraphs."""
    still_page.goto(f"{address}{KINDS['essay']}")
    names = [stop["name"] for stop in tab_stops(still_page)]
    marks = [number for number, name in enumerate(names) if "footnote-ref" in name]
    back_links = [number for number, name in enumerate(names) if "footnote-backref" in name]
    assert len(marks) == len(back_links) > 1
    beside = still_page.viewport_size["width"] > 1100
    assert (back_links[0] < marks[1]) == beside
