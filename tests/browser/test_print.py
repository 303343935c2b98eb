"""Every kind of page as a browser prints it, on A4 and Letter, with background graphics and without."""

from __future__ import annotations

from io import BytesIO

import pytest
from pages import KINDS
from pypdf import PdfReader

pytestmark = pytest.mark.browser

PAPERS = {"A4": 642, "Letter": 665}
"""The paper sizes, each with the width between its margins in CSS pixels."""
MIN_CHARACTERS = 60
"""A sheet with fewer characters is a waste of paper."""
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
"""Words of controls, which have no use on paper."""


@pytest.fixture(scope="module")
def desktop(browser, address):
    """Return a function that opens a page of the site at desktop width, unless it is open already."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()

    def opened(kind: str):
        if page.url != f"{address}{KINDS[kind]}":
            page.goto(f"{address}{KINDS[kind]}")
        return page

    yield opened
    context.close()


def printed_sheets(page, paper: str, *, background: bool) -> list[str]:
    """Return the text of each sheet of a printed_sheets page."""
    made = page.pdf(format=paper, print_background=background, prefer_css_page_size=False)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(made)).pages]


@pytest.mark.parametrize("kind", KINDS)
def test_a_printed_page_is_whole_and_without_controls(desktop, kind):
    """No sheet is nearly empty, shows a control or is cut at its edge; backgrounds change no word."""
    page = desktop(kind)
    for paper, width in PAPERS.items():
        sheets = printed_sheets(page, paper, background=True)
        assert kind == "search" or min(len(text.strip()) for text in sheets) >= MIN_CHARACTERS
        assert [word for word in CONTROLS if any(word in text for text in sheets)] == []
        assert printed_sheets(page, paper, background=False) == sheets
        page.emulate_media(media="print")
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.emulate_media(media="null")
        page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize("paper", PAPERS)
def test_the_matrix_fits_one_sheet(desktop, paper):
    """All plays and parts of a series are on one sheet, with a mark for each part that teaches a play."""
    (sheet,) = [text for text in printed_sheets(desktop("playbook"), paper, background=False) if "The matrix" in text]
    matrix = " ".join(sheet.partition("The matrix")[2].split())
    assert all(matrix.count(sign) for sign in ("\N{MINUS SIGN}", "+", "●"))
    assert "When not to share" in matrix
    assert "Leave a path" in matrix


def test_a_worksheet_fits_one_sheet(desktop):
    """Questions and steps fit one sheet, with a box before each step and lines below each question."""
    page = desktop("worksheet")
    for paper in PAPERS:
        for background in (True, False):
            (sheet,) = printed_sheets(page, paper, background=background)
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
