"""A site in a right-to-left language, in a real browser."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pages import CONTRAST_RULES, FITS, KINDS, violations

from builders import SiteTest
from quiet import served

pytestmark = pytest.mark.browser

BOX = "selector => (b => [b.left, b.right])(document.querySelector(selector).getBoundingClientRect())"
ORDER = {
    "home": (".brand", ".site-header nav"),
    "essay": (".contents", ".essay", ".footnote"),
    "ledger": (".ledger-cost", ".ledger-benefit"),
    "playbook": (".matrix th[scope='row']", ".matrix tbody td"),
    "worksheet": (".sheet-steps .box", ".sheet-steps .box + span"),
}
"""Selectors of neighbours on a page, in reading order."""


@pytest.fixture(scope="module")
def open_in_arabic(tmp_path_factory, browser):
    """Return a function that opens a kind of page of the sample, built as Arabic, at a width."""
    site = SiteTest(tmp_path_factory.mktemp("arabic"), "DEFAULT_LANG = 'ar'\n").sample()
    built = site.build()
    assert built.code == 0, built.said
    with served(built.output) as root:
        context = browser.new_context(reduced_motion="reduce")
        page = context.new_page()

        def opened(kind: str, width: int):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{root}{KINDS[kind]}")
            return page

        yield opened
        context.close()


@pytest.mark.parametrize("kind", ORDER)
def test_the_reading_order_runs_from_right_to_left(open_in_arabic, kind):
    """The contents are right of the text and the notes left of it; costs, plays and boxes are ordered likewise."""
    page = open_in_arabic(kind, 1280)
    boxes = [page.evaluate(BOX, selector) for selector in ORDER[kind]]
    assert all(after[1] <= before[0] + 1 for before, after in pairwise(boxes)), boxes


def test_arrows_and_balances_are_mirrored(open_in_arabic):
    """The arrow to the next part points to the left, and the balance has the costs on the right."""
    page = open_in_arabic("essay", 1280)
    arrow = "getComputedStyle(document.querySelector('.turn-next .turn-title'), '::after').content"
    assert "\u2190" in page.evaluate(arrow)
    assert "\u2192" not in page.evaluate(arrow)
    assert open_in_arabic("home", 1280).evaluate("getComputedStyle(document.querySelector('.beam')).scale") == "-1 1"


def test_addresses_and_code_stay_from_left_to_right(open_in_arabic):
    """Addresses and code run from left to right; otherwise an address would begin with its final slash."""
    page = open_in_arabic("essay", 1280)
    page.evaluate("document.querySelector('.prose p').append(document.createElement('code'))")
    direction = "selector => getComputedStyle(document.querySelector(selector)).direction"
    assert [page.evaluate(direction, each) for each in (".cite-address", ".print-address", "code")] == ["ltr"] * 3
    assert page.evaluate(direction, ".prose p") == "rtl"


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(open_in_arabic, kind):
    """Every page fits the narrowest screen and a wide one."""
    assert [width for width in (320, 1280) if not open_in_arabic(kind, width).evaluate(FITS)] == []


@pytest.mark.parametrize("kind", ORDER)
def test_axe_finds_nothing_from_right_to_left(open_in_arabic, kind):
    """No right-to-left page violates WCAG 2.2 or axe's best practices."""
    assert violations(open_in_arabic(kind, 320), without=CONTRAST_RULES) == []


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_in_a_browser_shows_only_titles_and_texts(browser, address, form):
    """Ids, dates and HTML are hidden, and each title has the direction of its letters."""
    page = browser.new_page()
    page.goto(f"{address}/feeds/all.{form}.xml")
    shown = """[...document.querySelectorAll('entry > *, item > *')]
        .filter(each => getComputedStyle(each).display !== 'none').map(each => each.localName)"""
    text = "content" if form == "atom" else "description"
    assert set(page.evaluate(shown)) == {"title", text}
    bidi = "getComputedStyle(document.querySelector('entry > title, item > title')).unicodeBidi"
    assert page.evaluate(bidi) == "plaintext"
    page.close()
