"""A whole site that is read from right to left, in a real browser."""

from __future__ import annotations

from itertools import pairwise

import pytest
from kinds import KINDS, RULES
from test_accessibility import NO_SIDEWAYS, broken

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
"""What stands beside each other on pages, in reading order."""


@pytest.fixture(scope="module")
def turned(tmp_path_factory, browser):
    """Return what opens a kind of page of the sample, as if it were in Arabic, at a width."""
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
def test_what_comes_first_stands_on_the_right(turned, kind):
    """The contents stand right of the text and notes left of it; costs, plays and boxes follow the same order."""
    page = turned(kind, 1280)
    boxes = [page.evaluate(BOX, selector) for selector in ORDER[kind]]
    assert all(after[1] <= before[0] + 1 for before, after in pairwise(boxes)), boxes


def test_arrows_and_balances_are_turned(turned):
    """What leads on points to the left, and the balance has the costs on the right."""
    page = turned("essay", 1280)
    arrow = "getComputedStyle(document.querySelector('.turn-next .turn-title'), '::after').content"
    assert "\u2190" in page.evaluate(arrow)
    assert "\u2192" not in page.evaluate(arrow)
    assert turned("home", 1280).evaluate("getComputedStyle(document.querySelector('.beam')).scale") == "-1 1"


def test_addresses_and_code_stay_from_left_to_right(turned):
    """Otherwise the slash at the end of an address would stand before it."""
    page = turned("essay", 1280)
    page.evaluate("document.querySelector('.prose p').append(document.createElement('code'))")
    way = "selector => getComputedStyle(document.querySelector(selector)).direction"
    assert [page.evaluate(way, each) for each in (".cite-address", ".print-address", "code")] == ["ltr"] * 3
    assert page.evaluate(way, ".prose p") == "rtl"


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(turned, kind):
    """As on pages that are read from the left, everything has room on the smallest screen and on a wide one."""
    assert [width for width in (320, 1280) if not turned(kind, width).evaluate(NO_SIDEWAYS)] == []


@pytest.mark.parametrize("kind", ORDER)
def test_axe_finds_nothing_from_right_to_left(turned, kind):
    """No rule of WCAG 2.2, nor of good practice, is broken by the turn."""
    assert broken(turned(kind, 320), RULES, color_contrast=False, color_contrast_enhanced=False) == []


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_in_a_browser_shows_titles_and_texts_alone(browser, address, form):
    """Neither ids nor dates nor the HTML of a text are seen, and each title has the direction of its letters."""
    page = browser.new_page()
    page.goto(f"{address}/feeds/all.{form}.xml")
    seen = """[...document.querySelectorAll('entry > *, item > *')]
        .filter(each => getComputedStyle(each).display !== 'none').map(each => each.localName)"""
    text = "content" if form == "atom" else "description"
    assert set(page.evaluate(seen)) == {"title", text}
    bidi = "getComputedStyle(document.querySelector('entry > title, item > title')).unicodeBidi"
    assert page.evaluate(bidi) == "plaintext"
    page.close()
