"""Every kind of page walked through with the tab key alone, on a phone and on a desk."""

from __future__ import annotations

from itertools import pairwise

import pytest
from kinds import KINDS

pytestmark = pytest.mark.browser

WATCH = """() => { window.stops = []; document.addEventListener('focusin', ({ target: here }) => {
    // A note stands where it begins: its mark's line is there, and its way back some lines below
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
"""Notes each stop of the tab key while it is there."""
STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
    .filter(e => e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true })).length"""
TOLERANCE = 12
"""Pixels by which links on one line may differ in height."""


@pytest.fixture(scope="module", params=[390, 1280], ids=["phone", "desk"])
def still(browser, request):
    """Return a page whose scrolling does not take time."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def walked(page) -> list[dict]:
    """Return every stop of the tab key, from the top of the page to its end."""
    page.evaluate(WATCH)
    for _ in range(page.evaluate(STOPS)):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body"), "the tab key leaves the page before its end"
    page.keyboard.press("Tab")
    stops = page.evaluate("stops")
    begins_anew = stops[-1] == stops[0]
    assert page.evaluate("document.activeElement === document.body") or begins_anew, "the tab key never leaves the page"
    return stops[:-1] if begins_anew else stops


def backwards(stops: list[dict]) -> list[tuple[str, str]]:
    """Return each stop that stands before the one it follows: above it and in no column to the right."""
    return [
        (before["name"], after["name"])
        for before, after in pairwise(stops[1:])
        if after["bottom"] < before["top"] - TOLERANCE and after["left"] < before["right"] - TOLERANCE
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_goes_through_a_page_as_the_eye_does(still, address, kind):
    """The skip link is first; each stop is below or right of the one before, and seen; none holds the key."""
    still.goto(f"{address}{KINDS[kind]}")
    stops = walked(still)
    assert "skip-link" in stops[0]["name"]
    assert len(stops) == still.evaluate(STOPS)
    assert backwards(stops) == []
    assert [stop["name"] for stop in stops if stop["ring"] < 2 or stop["covered"]] == []


def test_the_keyboard_comes_to_a_note_behind_its_paragraph(still, address):
    """Where notes stand beside the text, the way back from one comes before what the next paragraphs lead to."""
    still.goto(f"{address}{KINDS['essay']}")
    names = [stop["name"] for stop in walked(still)]
    marks = [number for number, name in enumerate(names) if "footnote-ref" in name]
    ways_back = [number for number, name in enumerate(names) if "footnote-backref" in name]
    assert len(marks) == len(ways_back) > 1
    beside = still.viewport_size["width"] > 1100
    assert (ways_back[0] < marks[1]) == beside
