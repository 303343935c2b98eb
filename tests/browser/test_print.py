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
def printer(browser, address):
    """Return what prints a page: the text of each sheet."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()

    def printed(path: str, paper: str, *, background: bool) -> list[str]:
        page.goto(f"{address}{path}")
        made = page.pdf(format=paper, print_background=background, prefer_css_page_size=False)
        return [sheet.extract_text() for sheet in PdfReader(BytesIO(made)).pages]

    yield printed
    context.close()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_sheet_is_wasted_and_nothing_is_there_to_press(printer, kind, paper):
    """No sheet is nearly empty, none shows a control, and background graphics make no difference to the words."""
    sheets = printer(KINDS[kind], paper, background=True)
    assert [number for number, text in enumerate(sheets, 1) if len(text.strip()) < FEWEST and kind != "search"] == []
    assert [word for word in CONTROLS if any(word in text for text in sheets)] == []
    assert printer(KINDS[kind], paper, background=False) == sheets


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_cut_at_the_edge_of_the_paper(page, address, kind):
    """As wide as paper leaves room for, no page is wider than that."""
    page.emulate_media(media="print")
    page.goto(f"{address}{KINDS[kind]}")
    before = page.viewport_size
    for width in PAPERS.values():
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(before)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_matrix_is_whole_on_one_sheet(printer, paper):
    """All plays and all parts of a series stand on one sheet, with a mark for each part that teaches one."""
    (sheet,) = [text for text in printer(KINDS["playbook"], paper, background=False) if "The matrix" in text]
    matrix = " ".join(sheet.partition("The matrix")[2].split())
    assert all(matrix.count(sign) for sign in ("\N{MINUS SIGN}", "+", "●"))
    assert "When not to share" in matrix
    assert "Leave a path" in matrix


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("background", [True, False])
def test_a_worksheet_is_one_sheet_with_boxes_and_room_to_write(printer, page, address, paper, background):
    """Questions, steps and questions fit one sheet, each step with a box and each question with lines under it."""
    (sheet,) = printer(KINDS["worksheet"], paper, background=background)
    words = " ".join(sheet.split())
    assert words.index("Ask before") < words.index("Do this week") < words.index("Ask after")
    page.emulate_media(media="print")
    page.goto(f"{address}{KINDS['worksheet']}")
    steps = page.locator(".sheet-steps li").count()
    assert page.locator(".box").count() == steps > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.box')).borderTopStyle") == "solid"
    lines = page.locator(".sheet-items:not(.sheet-steps) .room span")
    assert lines.count() >= 2 * page.locator(".sheet-items:not(.sheet-steps) li").count()
    assert page.evaluate("getComputedStyle(document.querySelector('.room span')).borderBottomStyle") == "solid"
