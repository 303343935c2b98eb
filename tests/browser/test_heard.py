"""What a screen reader is given: the accessibility tree of the pages that are hardest to hear, as text to read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from kinds import KINDS

pytestmark = pytest.mark.browser

HEARD = Path(__file__).with_name("heard")
"""The approved trees; with ``APPROVE=1`` they are written anew."""


@pytest.fixture(scope="module")
def desk(browser):
    """Return a page as wide as a desk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", ["home", "ledger", "playbook", "essay", "search", "worksheet"])
def test_a_page_is_heard_as_approved(desk, address, kind):
    """Headings, tables, notes and links are read out in the order, with the names and roles that were approved."""
    desk.goto(f"{address}{KINDS[kind]}")
    tree = desk.locator("body").aria_snapshot() + "\n"
    approved = HEARD / f"{kind}.yaml"
    if os.environ.get("APPROVE"):
        HEARD.mkdir(exist_ok=True)
        approved.write_text(tree, encoding="utf-8")
    assert tree == approved.read_text(encoding="utf-8")


def test_no_sign_is_in_the_name_of_a_heading(desk, address):
    """A heading is called by its words; the sign that links to it is neither read out nor a stop of the keyboard."""
    desk.goto(f"{address}{KINDS['essay']}")
    desk.locator("h2 .headerlink").first.wait_for(state="attached")
    heading = desk.locator("h2:has(.headerlink)").first
    assert "#" not in heading.aria_snapshot()
    assert desk.locator(".headerlink:not([tabindex='-1'])").count() == 0


def test_marks_of_notes_are_told_as_such(desk, address):
    """A note's mark and the way back have the roles of DPUB-ARIA, by which readers tell them from links in the text."""
    desk.goto(f"{address}{KINDS['essay']}")
    assert desk.locator(".footnote-ref[role=doc-noteref]").count() == desk.locator(".footnote-ref").count() > 0
    assert desk.locator(".footnote-backref[role=doc-backlink]").count() == desk.locator(".footnote-backref").count() > 0


def test_what_is_shown_by_form_is_shown_in_forced_colours(browser, address):
    """With colours of the reader's own, beams are drawn and the part that is open keeps its mark."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, forced_colors="active")
    page = context.new_page()
    page.goto(f"{address}{KINDS['ledger']}")
    ink, paper = page.evaluate(
        "[getComputedStyle(document.querySelector('.beam')).stroke, getComputedStyle(document.body).backgroundColor]"
    )
    assert ink != paper
    page.goto(f"{address}{KINDS['essay']}")
    mark = "getComputedStyle(document.querySelector('.contents .is-current'), '::before').backgroundColor"
    assert page.evaluate(mark) != paper
    context.close()
