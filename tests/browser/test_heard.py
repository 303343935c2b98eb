"""The accessibility trees that screen readers get, compared with approved ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pages import KINDS

pytestmark = pytest.mark.browser

HEARD = Path(__file__).with_name("heard")
"""The approved trees; ``APPROVE=1`` writes them anew."""


@pytest.fixture(scope="module")
def desktop(browser):
    """Return a page as wide as a desktop."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", ["home", "ledger", "playbook", "essay", "search", "worksheet"])
def test_the_accessibility_tree_is_as_approved(desktop, address, kind):
    """Headings, tables, notes and links are exposed in the approved order, with the approved names and roles."""
    desktop.goto(f"{address}{KINDS[kind]}")
    tree = desktop.locator("body").aria_snapshot() + "\n"
    approved = HEARD / f"{kind}.yaml"
    if os.environ.get("APPROVE"):
        HEARD.mkdir(exist_ok=True)
        approved.write_text(tree, encoding="utf-8")
    assert tree == approved.read_text(encoding="utf-8")


def test_the_permalink_of_a_heading_is_silent(desktop, address):
    """A heading's name has no permalink sign, and the permalink is not focusable."""
    desktop.goto(f"{address}{KINDS['essay']}")
    desktop.locator("h2 .headerlink").first.wait_for(state="attached")
    heading = desktop.locator("h2:has(.headerlink)").first
    assert "#" not in heading.aria_snapshot()
    assert desktop.locator(".headerlink:not([tabindex='-1'])").count() == 0


def test_footnote_links_have_their_aria_roles(desktop, address):
    """Footnote references and back-links have their DPUB-ARIA roles, which tell them from other links."""
    desktop.goto(f"{address}{KINDS['essay']}")
    assert desktop.locator(".footnote-ref[role=doc-noteref]").count() == desktop.locator(".footnote-ref").count() > 0
    assert (
        desktop.locator(".footnote-backref[role=doc-backlink]").count()
        == desktop.locator(".footnote-backref").count()
        > 0
    )


def test_marks_are_visible_in_forced_colours(browser, address):
    """In forced colours the beam is drawn and the current part keeps its mark."""
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
