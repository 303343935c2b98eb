"""Automatic accessibility checks of every kind of page, at every width where the width matters."""

from __future__ import annotations

import pytest
from pages import CONTRAST_RULES, FITS, KINDS, WIDTH_RULES, WIDTHS, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def phone(browser):
    """Return a page shared by the tests, as wide as a small phone."""
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=KINDS)
def opened(request, phone, address):
    """Return the shared page with each kind of page in turn."""
    phone.goto(f"{address}{KINDS[request.param]}")
    return phone


@pytest.fixture
def at_each_width(opened):
    """Return a generator function that sets each width in turn and yields it."""

    def go():
        for width in WIDTHS:
            opened.set_viewport_size({"width": width, "height": 800})
            yield width

    yield go
    opened.set_viewport_size({"width": WIDTHS[0], "height": 800})


def test_axe_finds_nothing(opened):
    """No page violates WCAG 2.2, A to AAA, or axe's best practices; contrast has its own test."""
    assert violations(opened, without=CONTRAST_RULES) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_at_least_seven_to_one(opened, scheme):
    """All text has a contrast of 7:1 in both colour schemes."""
    opened.emulate_media(color_scheme=scheme)
    assert violations(opened, only=CONTRAST_RULES) == []


def test_navigation_targets_are_large_enough(opened, at_each_width):
    """At every width, navigation links are at least 44 px high and footnote links at least 24 px both ways."""
    boxes = """selector => [...document.querySelectorAll(selector)].map(a => {
        const box = a.getBoundingClientRect(); return [a.textContent.trim(), box.width, box.height] })"""
    for width in at_each_width():
        links = opened.evaluate(boxes, ".site-header a, .site-footer a, .contents li a, .turn a")
        assert len(links) >= 4
        assert [(width, link) for link in links if link[2] < 43.9] == []
        marks = opened.evaluate(boxes, ".footnote-ref, .footnote-backref")
        assert [(width, mark) for mark in marks if min(mark[1:]) < 23.9] == []
        assert (width, violations(opened, only=WIDTH_RULES)) == (width, [])


def test_pages_fit_with_the_text_spacing_of_wcag(opened, at_each_width):
    """With the text spacing of WCAG 1.4.12 no page scrolls sideways, at any width."""
    spacing = (
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
        "p { margin-block-end: 2em !important }"
    )
    # A reader's own style sheet is not subject to the content security policy, and neither is this one
    own = "css => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets = [own]; }"
    opened.evaluate(own, spacing)
    assert opened.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") != "normal"
    assert [width for width in at_each_width() if not opened.evaluate(FITS)] == []
    opened.evaluate("document.adoptedStyleSheets = []")


@pytest.fixture(scope="module")
def large_print_page(large_print):
    """Return a shared page of a browser with large text."""
    context = large_print.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_pages_fit_with_text_twice_as_large(large_print_page, address, kind):
    """With a default text size of 32 px no page scrolls sideways."""
    page = large_print_page
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}{KINDS[kind]}")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)")
    assert size >= 36
    assert page.evaluate(FITS)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.evaluate(FITS)
