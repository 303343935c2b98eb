"""Reading and navigating the site in a browser."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pages import FITS, KINDS, PARTS

pytestmark = pytest.mark.browser


def test_part_links_lead_through_the_series_and_back(page, address):
    """The links to the next part lead from part 1 to the last, and those to the previous part back."""
    page.goto(f"{address}/")
    page.locator(".masthead a").first.click()
    there, back = [], []
    for number in range(1, PARTS + 1):
        assert page.locator(".kicker-part").inner_text().lower() == f"part {number} of {PARTS}"
        there.append(page.locator("h1").inner_text())
        if number < PARTS:
            page.locator("a[rel=next]").click()
    assert page.locator("a[rel=next]").count() == 0
    for _ in range(PARTS):
        back.append(page.locator("h1").inner_text())
        if page.locator("a[rel=prev]").count():
            page.locator("a[rel=prev]").click()
    assert back == there[::-1]


def test_the_contents_mark_only_the_current_part(page, address):
    """The contents of the series list all parts and mark the current one."""
    page.goto(f"{address}{KINDS['essay']}")
    current = page.locator(".contents [aria-current=page]")
    assert current.count() == 1
    assert current.inner_text() == page.locator("h1").inner_text()
    assert page.locator(".contents li").count() == PARTS


def test_a_cost_and_its_benefit_link_to_each_other(page, address):
    """A cost links to the benefit that it is weighed against, which links back."""
    page.goto(f"{address}{KINDS['essay']}")
    page.get_by_role("link", name="the benefit that this cost is weighed against").click()
    assert "More hands than beds" in page.locator("h1").inner_text().replace("\xa0", " ")
    page.get_by_role("link", name="the cost that this benefit is weighed against").click()
    assert page.url.endswith(KINDS["essay"])


@pytest.fixture(scope="module", params=KINDS)
def opened(request, window, address):
    """Return each kind of page, what its console printed, and the addresses that it requested."""
    printed, requested = [], []
    listeners = {
        "console": lambda message: printed.append(message.text),
        "pageerror": lambda error: printed.append(str(error)),
        "request": lambda request: requested.append(request.url),
    }
    for event, listener in listeners.items():
        window.on(event, listener)
    window.goto(f"{address}{KINDS[request.param]}")
    window.wait_for_load_state("networkidle")
    for event, listener in listeners.items():
        window.remove_listener(event, listener)
    return window, printed, requested


def test_pages_fit_and_load_without_errors(opened, address):
    """Every kind of page fits the screen, requests nothing from other hosts, and leaves the console empty."""
    page, printed, requested = opened
    assert page.evaluate(FITS)
    assert printed == []
    assert requested
    assert [url for url in requested if not url.startswith(address)] == []


def test_pages_have_no_scripts_and_skip_no_heading_level(opened):
    """No page has a script that runs, and no heading level is skipped."""
    page, *_ = opened
    assert page.locator("script:not([type='application/ld+json'])").count() == 0
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_pages_have_landmarks_one_title_and_a_skip_link(opened):
    """Every kind of page has its landmarks and one h1; the first stop of the tab key is a skip link that works."""
    page, *_ = opened
    for landmark in ("banner", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    assert page.locator("h1").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#_text")


def test_a_note_and_its_reference_link_to_each_other(page, address):
    """A footnote reference leads to its note, and the note's back-link to the reference."""
    page.goto(f"{address}{KINDS['essay']}")
    page.locator(".footnote-ref").first.click()
    page.wait_for_url("**/*#fn:*")
    page.locator(".footnote-backref").first.click()
    page.wait_for_url("**/*#fnref:*")


def test_pages_follow_the_readers_colour_scheme(page, address):
    """The page has a dark background in the dark scheme and a light one in the light scheme."""
    brightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/")
    dark = page.evaluate(brightness)
    page.emulate_media(color_scheme="light")
    assert max(dark) < 60
    assert min(page.evaluate(brightness)) > 200


def test_the_matrix_has_row_titles_and_a_link_past_it(page, address):
    """Each part has a row under its title, which names its plays on a phone; one link skips all of them."""
    page.goto(f"{address}{KINDS['playbook']}")
    rows = page.locator(".matrix tbody tr")
    assert rows.count() == PARTS
    assert page.locator(".matrix tbody").count() == PARTS - 3
    for row in rows.all():
        assert row.get_by_role("link").count() == 1
        assert row.locator(".matrix-mark").count() >= 1
    wide = page.viewport_size["width"] > 700
    assert page.locator(".matrix-word").first.is_visible() != wide or page.locator(".matrix-sign").first.is_visible()
    assert page.locator(".matrix thead").is_visible() == wide
    page.get_by_role("link", name="Past the matrix").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.matrix') === null")


def test_a_situation_links_to_its_play(page, address):
    """The playbook lists the situations that the plays name, and each links to its play."""
    page.goto(f"{address}{KINDS['playbook']}")
    page.get_by_role("link", name="When the plan is drawn, and before the beds are dug").click()
    page.wait_for_url(f"**{KINDS['play']}")


def test_the_playbook_shows_first_steps_and_links_to_worksheets(page, address):
    """In the playbook each play has its first step, when to use it, and a link to its worksheet."""
    page.goto(f"{address}{KINDS['playbook']}")
    row = page.locator(".play-row", has_text="Leave a")
    assert "Lay planks where people already" in row.inner_text().replace("\xa0", " ")
    assert "When the plan is drawn" in row.inner_text().replace("\xa0", " ")
    row.get_by_role("link", name="Worksheet").click()
    page.wait_for_url(f"**{KINDS['worksheet']}")


def test_the_ledger_starts_on_the_first_screen(page, address):
    """The first cost is within the first 780 pixels; on a desktop the whole pair with its verdict is."""
    page.goto(f"{address}{KINDS['ledger']}")
    pair = page.locator(".ledger tbody tr").first
    entry = pair if page.viewport_size["width"] > 700 else pair.locator(".ledger-cost")
    box = entry.bounding_box()
    assert box["y"] + box["height"] <= 780
    assert "benefit outweighs the cost" in page.locator(".ledger tbody tr").first.inner_text()
