"""Every kind of page on paper, A4 and Letter, with background graphics and without, as a browser prints it."""

from __future__ import annotations

from io import BytesIO

import pytest
from kinds import KINDS
from pypdf import PdfReader

pytestmark = pytest.mark.browser

PAPERS = {"A4": 642, "Letter": 665}
"""The sizes of paper, with what the margins leave of their width, in CSS pixels."""
FEWEST = 60
"""Characters below which a page is one that nobody would print."""
CONTROLS = (
    "Cite this",
    "Skip to",
    "data (JSON)",
    "▾",
    "▸",
    "Show more",
    "Words to look for",
    "Next part",
    "by feed",
    "Print this",
)
"""What is there to be pressed."""


@pytest.fixture(scope="module")
def desk(browser, address):
    """Return what opens a page of the site in a window as wide as a desk, if it is not what is open there."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()

    def opened(kind: str):
        if page.url != f"{address}{KINDS[kind]}":
            page.goto(f"{address}{KINDS[kind]}")
        return page

    yield opened
    context.close()


def printed(page, paper: str, *, background: bool) -> list[str]:
    """Return the text of each sheet of a page that is printed."""
    made = page.pdf(format=paper, print_background=background, prefer_css_page_size=False)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(made)).pages]


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_wastes_paper_is_cut_or_shows_what_is_there_to_press(desk, kind):
    """No sheet is nearly empty, none shows a control, none has the page cut at its edge, with backgrounds or without.

    Background graphics make no difference to the words.
    """
    page = desk(kind)
    for paper, width in PAPERS.items():
        sheets = printed(page, paper, background=True)
        assert kind == "search" or min(len(text.strip()) for text in sheets) >= FEWEST
        assert [word for word in CONTROLS if any(word in text for text in sheets)] == []
        assert printed(page, paper, background=False) == sheets
        page.emulate_media(media="print")
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.emulate_media(media="null")
        page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize("paper", PAPERS)
def test_the_matrix_is_whole_on_one_sheet(desk, paper):
    """All plays and all parts of a series stand on one sheet, with a mark for each part that teaches one."""
    (sheet,) = [text for text in printed(desk("playbook"), paper, background=False) if "The matrix" in text]
    matrix = " ".join(sheet.partition("The matrix")[2].split())
    assert all(matrix.count(sign) for sign in ("\N{MINUS SIGN}", "+", "●"))
    assert "When not to share" in matrix
    assert "Leave a path" in matrix


def test_a_worksheet_is_one_sheet_with_boxes_and_room_to_write(desk):
    """Questions, steps and questions fit one sheet, each step with a box and each question with lines under it."""
    page = desk("worksheet")
    for paper in PAPERS:
        for background in (True, False):
            (sheet,) = printed(page, paper, background=background)
            words = " ".join(sheet.split())
            assert words.index("Ask before") < words.index("Do this week") < words.index("Ask after")
    page.emulate_media(media="print")
    steps = page.locator(".sheet-steps li").count()
    assert page.locator(".box").count() == steps > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.box')).borderTopStyle") == "solid"
    lines = page.locator(".sheet-items:not(.sheet-steps) .room span")
    assert lines.count() >= 2 * page.locator(".sheet-items:not(.sheet-steps) li").count()
    assert page.evaluate("getComputedStyle(document.querySelector('.room span')).borderBottomStyle") == "solid"
    page.emulate_media(media="null")
