"""A feed opened in a browser: a page to read, with links to the essays."""

from __future__ import annotations

import time

import pytest
from pages import COUNT_SHIFTS

pytestmark = pytest.mark.browser

FEED = "/feeds/all.atom.xml"


@pytest.fixture(scope="module")
def feed(browser, address):
    """Return the feed of all essays, opened on a phone with fonts that load slowly."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.add_init_script(COUNT_SHIFTS)
    page.route("**/*.woff2", lambda route: (time.sleep(0.3), route.continue_()))
    page.goto(f"{address}{FEED}")
    page.wait_for_timeout(900)
    yield page
    context.close()


def test_each_entry_has_a_title_and_a_link_to_its_page(feed):
    """Below each title is a link to the essay's own page."""
    entries = feed.evaluate(
        """[...document.getElementsByTagName('entry')].map(entry => {
        const title = entry.getElementsByTagName('title')[0]
        const first = entry.querySelector('content p')
        return [title.getBoundingClientRect().height > 0, first.textContent.includes('On its own page'),
                [...first.querySelectorAll('a')].some(a => a.href.includes('/essays/'))] })"""
    )
    assert len(entries) > 5
    assert all(all(entry) for entry in entries)


def test_footnote_links_lead_to_notes_in_the_feed(feed):
    """Footnote links lead to notes in the same document, and back."""
    lost = """[...document.querySelectorAll('content a[href^="#"]')]
        .filter(a => !document.getElementById(a.getAttribute('href').slice(1))).length"""
    assert feed.evaluate("document.querySelectorAll('content a[href^=\"#\"]').length") > 10
    assert feed.evaluate(lost) == 0


def test_a_feed_does_not_shift_when_its_fonts_load(feed):
    """The fallback font has the metrics of the web font here too."""
    assert feed.evaluate("document.fonts.status") == "loaded"
    assert feed.evaluate("window.shift") <= 0.01
    family = "getComputedStyle(document.documentElement).fontFamily.split(', ')[1].replaceAll('\"', '')"
    assert feed.evaluate(f"[...document.fonts].filter(f => f.family === {family}).length") == 6
