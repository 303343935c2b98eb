"""A feed, met in a browser: a page to read, with ways to the essays."""

from __future__ import annotations

import time

import pytest
from test_typography import SHIFTS

pytestmark = pytest.mark.browser

FEED = "/feeds/all.atom.xml"


@pytest.fixture(scope="module")
def feed(browser, address):
    """Return the feed of all essays as a phone shows it, its fonts coming late."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.route("**/*.woff2", lambda route: (time.sleep(0.3), route.continue_()))
    page.goto(f"{address}{FEED}")
    page.wait_for_timeout(900)
    yield page
    context.close()


def test_each_essay_has_its_title_and_a_way_to_its_page(feed):
    """Below each title stands a link to the essay's own page; readers have both too."""
    entries = feed.evaluate(
        """[...document.getElementsByTagName('entry')].map(entry => {
        const title = entry.getElementsByTagName('title')[0]
        const first = entry.querySelector('content p')
        return [title.getBoundingClientRect().height > 0, first.textContent.includes('On its own page'),
                [...first.querySelectorAll('a')].some(a => a.href.includes('/essays/'))] })"""
    )
    assert len(entries) > 5
    assert all(all(entry) for entry in entries)


def test_a_note_is_on_the_same_page_as_its_mark(feed):
    """The mark of a note leads to the note, and the note back, in a page with all essays."""
    lost = """[...document.querySelectorAll('content a[href^="#"]')]
        .filter(a => !document.getElementById(a.getAttribute('href').slice(1))).length"""
    assert feed.evaluate("document.querySelectorAll('content a[href^=\"#\"]').length") > 10
    assert feed.evaluate(lost) == 0


def test_it_does_not_jump_when_its_fonts_come_late(feed):
    """The fallback has the measure of the site's letter here too."""
    assert feed.evaluate("document.fonts.status") == "loaded"
    assert feed.evaluate("window.shift") <= 0.01
    family = "getComputedStyle(document.documentElement).fontFamily.split(', ')[1].replaceAll('\"', '')"
    assert feed.evaluate(f"[...document.fonts].filter(f => f.family === {family}).length") == 6
