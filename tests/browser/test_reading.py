"""What a reader can do with nothing but a browser and no script."""

from __future__ import annotations

from itertools import pairwise

import pytest
from kinds import KINDS, PARTS

pytestmark = pytest.mark.browser


def label(page) -> str:
    """Return what the essay says of its place in the series."""
    return page.locator(".kicker-part").inner_text().lower()


def test_the_series_is_read_to_its_end_and_back_by_its_own_links(page, address):
    """A reader gets from part 1 to the last by "next part" alone, and back by "previous part"."""
    page.goto(f"{address}/")
    page.locator(".masthead a").first.click()
    there, back = [], []
    for number in range(1, PARTS + 1):
        assert label(page) == f"part {number} of {PARTS}"
        there.append(page.locator("h1").inner_text())
        if number < PARTS:
            page.locator("a[rel=next]").click()
    assert page.locator("a[rel=next]").count() == 0
    for _ in range(PARTS):
        back.append(page.locator("h1").inner_text())
        if page.locator("a[rel=prev]").count():
            page.locator("a[rel=prev]").click()
    assert back == there[::-1]


def test_each_part_marks_itself_in_the_contents(page, address):
    """The contents of the series mark the part that is open, and no other."""
    page.goto(f"{address}{KINDS['essay']}")
    current = page.locator(".contents [aria-current=page]")
    assert current.count() == 1
    assert current.inner_text() == page.locator("h1").inner_text()
    assert page.locator(".contents li").count() == PARTS


def test_a_cost_leads_to_the_benefit_that_answers_it_and_back(page, address):
    """The next part is what a cost is weighed against, and says so; its link to the part before it leads back."""
    page.goto(f"{address}{KINDS['essay']}")
    page.get_by_role("link", name="the benefit that this cost is weighed against").click()
    assert "More hands than beds" in page.locator("h1").inner_text().replace("\xa0", " ")
    page.get_by_role("link", name="the cost that this benefit is weighed against").click()
    assert page.url.endswith(KINDS["essay"])


@pytest.fixture(scope="module", params=KINDS)
def opened(request, window, address):
    """Return each kind of page, once open for several tests, what its console said, and all that it asked for."""
    told, asked = [], []
    listeners = {
        "console": lambda message: told.append(message.text),
        "pageerror": lambda error: told.append(str(error)),
        "request": lambda request: asked.append(request.url),
    }
    for event, listener in listeners.items():
        window.on(event, listener)
    window.goto(f"{address}{KINDS[request.param]}")
    window.wait_for_load_state("networkidle")
    for event, listener in listeners.items():
        window.remove_listener(event, listener)
    return window, told, asked


def test_no_page_scrolls_sideways_or_complains(opened, address):
    """Every kind of page fits the screen, asks nobody else for anything, and prints nothing to the console."""
    page, told, asked = opened
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert told == []
    assert asked
    assert [url for url in asked if not url.startswith(address)] == []


def test_no_page_needs_a_script(opened):
    """No page holds a script that is run, and no heading level is left out."""
    page, *_ = opened
    assert page.locator("script:not([type='application/ld+json'])").count() == 0
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_page_has_its_landmarks_and_one_title(opened):
    """Every kind of page has a banner, a main part, a foot, one h1, and a skip link that comes first and works."""
    page, *_ = opened
    for landmark in ("banner", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    assert page.locator("h1").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#_text")


def test_a_note_is_reached_and_left_by_its_links(page, address):
    """A note's mark leads to the note, and the note's arrow back to the mark."""
    page.goto(f"{address}{KINDS['essay']}")
    page.locator(".footnote-ref").first.click()
    page.wait_for_url("**/*#fn:*")
    page.locator(".footnote-backref").first.click()
    page.wait_for_url("**/*#fnref:*")


def test_dark_is_dark_and_light_is_light(page, address):
    """The page follows the reader's colour scheme."""
    brightness = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/")
    dark = page.evaluate(brightness)
    page.emulate_media(color_scheme="light")
    assert max(dark) < 60
    assert min(page.evaluate(brightness)) > 200


def test_the_matrix_is_read_by_its_titles_and_left_by_the_keyboard(page, address):
    """Each part has a row under its title, which names the plays on a phone; one key leads past all of them."""
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


def test_a_situation_leads_to_its_play(page, address):
    """The playbook's chooser lists the situations that plays themselves name, and each leads to its play."""
    page.goto(f"{address}{KINDS['playbook']}")
    page.get_by_role("link", name="When the plan is drawn, and before the beds are dug").click()
    page.wait_for_url(f"**{KINDS['play']}")


def test_a_play_shows_its_first_step_and_leads_to_its_worksheet(page, address):
    """In the playbook each play has its first step and when to use it, and its worksheet is a step away."""
    page.goto(f"{address}{KINDS['playbook']}")
    row = page.locator(".play-row", has_text="Leave a")
    assert "Lay planks where people already" in row.inner_text().replace("\xa0", " ")
    assert "When the plan is drawn" in row.inner_text().replace("\xa0", " ")
    row.get_by_role("link", name="Worksheet").click()
    page.wait_for_url(f"**{KINDS['worksheet']}")


def test_the_ledger_begins_in_the_first_screen(page, address):
    """The first cost stands in the first screen, 780 pixels high, and on a desk the whole pair with its verdict."""
    page.goto(f"{address}{KINDS['ledger']}")
    pair = page.locator(".ledger tbody tr").first
    whole = pair if page.viewport_size["width"] > 700 else pair.locator(".ledger-cost")
    box = whole.bounding_box()
    assert box["y"] + box["height"] <= 780
    assert "benefit outweighs the cost" in page.locator(".ledger tbody tr").first.inner_text()
