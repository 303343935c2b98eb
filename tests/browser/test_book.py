"""A series on one page, in a real browser."""

from __future__ import annotations

import pytest
from pages import KINDS, WIDTHS, check_accessibility

pytestmark = pytest.mark.browser

BOOK = "series/the-shared-garden/book/"


def test_the_book_page_loads_no_other_file(browser, address):
    """The page makes no request but the one for itself."""
    context = browser.new_context()
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{BOOK}", wait_until="networkidle")
    assert asked == [f"{address}/{BOOK}"]
    context.close()


def test_a_saved_book_page_works_offline(browser, output, tmp_path):
    """Saved as one file and opened offline, the page has its own fonts and its links lead to places in it."""
    saved = tmp_path / "book.html"
    saved.write_bytes((output / BOOK / "index.html").read_bytes())
    context = browser.new_context(offline=True)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(saved.as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.skip-link')).position") == "absolute"
    lost = "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.getElementById(a.hash.slice(1)))"
    assert page.evaluate(f"{lost}.length") == 0
    page.click("text=Everyone learns to prune >> nth=0")
    assert page.evaluate("document.querySelector(':target h2').textContent").startswith("Everyone learns")
    status = "document.fonts.ready.then(fonts => [...fonts].filter(f => /Text/.test(f.family)).map(f => f.status))"
    assert page.evaluate(status) == ["loaded"] * 3
    assert complaints == []
    context.close()


def test_essays_and_the_series_page_link_to_the_book(browser, address):
    """An essay links to the book; the page of the series does so on its first screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{KINDS['essay']}")
    page.get_by_role("link", name="The whole series on one page").click()
    assert page.url == f"{address}/{BOOK}"
    page.goto(f"{address}{KINDS['ledger']}")
    link = page.get_by_role("link", name="As a book")
    assert link.bounding_box()["y"] < 800
    link.click()
    page.get_by_role("link", name="On one page").click()
    assert page.url == f"{address}/{BOOK}"
    context.close()


def test_the_book_page_is_accessible_and_fits(browser, address):
    """The page violates no rule of axe, light or dark, and never scrolls sideways."""
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 800})
    page = context.new_page()
    page.goto(f"{address}/{BOOK}")
    check_accessibility(page)
    context.close()
