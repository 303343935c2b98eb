"""What machines can check of accessibility on every kind of page: structure once, what depends on width at each."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from kinds import KINDS, RULES

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 768, 1280)
CONTRAST = ("color-contrast", "color-contrast-enhanced")
OF_WIDTH = ("target-size", "scrollable-region-focusable")
"""The rules that depend on where things stand."""
NO_SIDEWAYS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture(scope="module")
def sheet(browser):
    """Return a page that all tests share, as wide as a small phone."""
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=KINDS)
def opened(request, sheet, address):
    """Return the shared page with each kind of page in turn."""
    sheet.goto(f"{address}{KINDS[request.param]}")
    return sheet


@pytest.fixture
def at_each_width(opened):
    """Return what goes through the widths, in CSS pixels."""

    def go():
        for width in WIDTHS:
            opened.set_viewport_size({"width": width, "height": 800})
            yield width

    yield go
    opened.set_viewport_size({"width": WIDTHS[0], "height": 800})


def broken(page, run_only, **rules: bool) -> list:
    """Return the rules of axe that `page` breaks, each with the first elements that break it."""
    switched = {name.replace("_", "-"): {"enabled": on} for name, on in rules.items()}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": run_only, "rules": switched, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [(v["id"], [node["html"][:120] for node in v["nodes"]][:3]) for v in found]


def test_axe_finds_nothing(opened):
    """No rule of WCAG 2.2, A to AAA, nor of good practice is broken; contrast has a test of its own."""
    assert broken(opened, RULES, color_contrast=False, color_contrast_enhanced=False) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_at_least_seven_to_one(opened, scheme):
    """All text stands out from what is behind it, in either colour scheme."""
    opened.emulate_media(color_scheme=scheme)
    assert broken(opened, {"type": "rule", "values": CONTRAST}) == []


def test_what_is_navigated_with_is_large_enough(opened, at_each_width):
    """In navigation a target is at least 44 px high, and a note's mark at least 24 px both ways, at every width."""
    boxes = """selector => [...document.querySelectorAll(selector)].map(a => {
        const box = a.getBoundingClientRect(); return [a.textContent.trim(), box.width, box.height] })"""
    for width in at_each_width():
        ways = opened.evaluate(boxes, ".site-header a, .site-footer a, .contents li a, .turn a")
        assert len(ways) >= 4
        assert [(width, way) for way in ways if way[2] < 43.9] == []
        marks = opened.evaluate(boxes, ".footnote-ref, .footnote-backref")
        assert [(width, mark) for mark in marks if min(mark[1:]) < 23.9] == []
        assert (width, broken(opened, {"type": "rule", "values": OF_WIDTH})) == (width, [])


def test_nothing_is_lost_with_the_readers_own_spacing(opened, at_each_width):
    """With the spacing of WCAG 1.4.12 no page scrolls sideways, at any width."""
    spacing = (
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
        "p { margin-block-end: 2em !important }"
    )
    # As a reader's own style does, this one reaches the page past its content security policy
    own = "css => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets = [own]; }"
    opened.evaluate(own, spacing)
    assert opened.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") != "normal"
    assert [width for width in at_each_width() if not opened.evaluate(NO_SIDEWAYS)] == []
    opened.evaluate("document.adoptedStyleSheets = []")


@pytest.fixture(scope="module")
def large_sheet(large_print):
    """Return a page of a browser with large text, which all tests share."""
    context = large_print.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_text_twice_as_large_still_fits(large_sheet, address, kind):
    """For a reader who has set the browser's text to 32 px instead of 16, no page scrolls sideways."""
    page = large_sheet
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}{KINDS[kind]}")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")
    assert size >= 36
    assert page.evaluate(NO_SIDEWAYS)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.evaluate(NO_SIDEWAYS)
