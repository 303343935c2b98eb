"""What machines can check of accessibility, on every kind of page, at every width, in light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from kinds import KINDS, RULES

pytestmark = pytest.mark.browser

RING = "(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))"
WIDTHS = (320, 390, 768, 1280)


@pytest.fixture(params=WIDTHS)
def width(request) -> int:
    """Return each width in turn, in CSS pixels."""
    return request.param


@pytest.fixture
def sheet(browser, width):
    """Return an empty page of that width."""
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(sheet, address, kind, scheme):
    """No rule of WCAG 2.2, A to AAA, nor of good practice is broken; contrast is at least 7 to 1."""
    sheet.emulate_media(color_scheme=scheme)
    sheet.goto(f"{address}{KINDS[kind]}")
    results = Axe().run(sheet, options={"runOnly": RULES, "resultTypes": ["violations"]})
    broken = [(v["id"], [node["html"][:120] for node in v["nodes"]][:3]) for v in results.response["violations"]]
    assert broken == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_with_the_readers_own_spacing(sheet, address, kind):
    """With the spacing of WCAG 1.4.12, and with text twice as large, no page scrolls sideways."""
    sheet.goto(f"{address}{KINDS[kind]}")
    spacing = (
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
        "p { margin-block-end: 2em !important }"
    )
    # As a reader's own style does, this one reaches the page past its content security policy
    own = "css => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets = [own]; }"
    sheet.evaluate(own, spacing)
    assert sheet.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") != "normal"
    assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("breadth", [390, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_text_twice_as_large_still_fits(large_print, address, kind, breadth):
    """For a reader who has set the browser's text to 32 px instead of 16, no page scrolls sideways."""
    page = large_print.new_page(viewport={"width": breadth, "height": 800})
    page.goto(f"{address}{KINDS[kind]}")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")
    assert size >= 36
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_navigated_with_is_large_enough(sheet, address, kind):
    """In navigation a target is at least 44 px high, and a note's mark at least 24 px both ways."""
    sheet.goto(f"{address}{KINDS[kind]}")
    boxes = """selector => [...document.querySelectorAll(selector)].map(a => {
        const box = a.getBoundingClientRect(); return [a.textContent.trim(), box.width, box.height] })"""
    ways = sheet.evaluate(boxes, ".site-header a, .site-footer a, .contents li a, .turn a")
    assert [way for way in ways if way[2] < 43.9] == []
    marks = sheet.evaluate(boxes, ".footnote-ref, .footnote-backref")
    assert [mark for mark in marks if min(mark[1:]) < 23.9] == []


def test_every_stop_of_the_keyboard_shows_where_it_is(sheet, address):
    """Each link that is reached with the tab key has a ring of at least two pixels around it."""
    sheet.goto(f"{address}{KINDS['essay']}")
    stops = sheet.locator("a:visible, summary:visible").count()
    for _ in range(stops):
        sheet.keyboard.press("Tab")
        ring = sheet.evaluate(RING)
        assert ring[0] == "solid"
        assert ring[1] >= 2
