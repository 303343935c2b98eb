"""A series on one page, in a real browser: whole without a network, and for everybody."""

from __future__ import annotations

import pytest
from kinds import KINDS, RULES
from test_accessibility import CONTRAST, NO_SIDEWAYS, OF_WIDTH, WIDTHS, broken

pytestmark = pytest.mark.browser

BOOK = "series/the-shared-garden/book/"


def test_it_asks_for_nothing(browser, address):
    """The page is all that is loaded."""
    context = browser.new_context()
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{BOOK}", wait_until="networkidle")
    assert asked == [f"{address}/{BOOK}"]
    context.close()


def test_a_saved_page_is_whole_without_a_network(browser, output, tmp_path):
    """Saved as one file and opened without a network it has its own fonts, and its links lead on inside."""
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


def test_every_part_and_the_ledger_lead_to_it(browser, address):
    """From an essay it is one click; on the page of the series the way to it is in the first screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{KINDS['essay']}")
    page.get_by_role("link", name="The whole series on one page").click()
    assert page.url == f"{address}/{BOOK}"
    page.goto(f"{address}{KINDS['ledger']}")
    way = page.get_by_role("link", name="As a book")
    assert way.bounding_box()["y"] < 800
    way.click()
    page.get_by_role("link", name="On one page").click()
    assert page.url == f"{address}/{BOOK}"
    context.close()


def test_axe_finds_nothing_in_it_and_it_fits(browser, address):
    """No rule of WCAG 2.2 nor of good practice is broken, dark or light, and nothing scrolls sideways at any width."""
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 800})
    page = context.new_page()
    page.goto(f"{address}/{BOOK}")
    assert broken(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert broken(page, {"type": "rule", "values": CONTRAST}) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert (width, broken(page, {"type": "rule", "values": OF_WIDTH})) == (width, [])
        assert page.evaluate(NO_SIDEWAYS)
    context.close()
