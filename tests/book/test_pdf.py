"""The PDF of the sample: tagged, small, and the same whenever it is made."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from pypdf import PdfReader

from book.shelves import ALL, a_shelf
from builders import a_manuscript
from essay_series.publish.gate import examine

pytestmark = pytest.mark.slow

PARTS = 8
PATH = "series/the-shared-garden/the-shared-garden.pdf"


@pytest.fixture(scope="session")
def pdf(with_pdf) -> PdfReader:
    """Return the PDF."""
    return PdfReader(with_pdf.output / PATH)


@pytest.fixture(scope="session")
def pages(pdf) -> list[str]:
    """Return the text of each page."""
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def test_a_mark_that_is_an_image_has_words(tmp_path, pango):  # noqa: ARG001 - it is asked for so that it may skip
    """A new site has a mark of its own, and gets its PDF: the image is called by the name of the site."""
    site = a_shelf(tmp_path, ALL)
    site.write("look.toml", '[mark]\nmark = "mark.svg"\n')
    site.write(
        "mark.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M3 5h11v22H3z"/></svg>'
    )
    built = site.build()
    assert built.code == 0, built.said
    assert (built.output / PATH).is_file()


def test_an_author_is_told_nothing_while_it_is_made(with_pdf):
    """The style sheet has no rule that WeasyPrint does not know, of which it would warn whoever publishes."""
    assert "WARNING" not in with_pdf.said


def test_it_is_tagged_and_says_so(pdf):
    """It has a tree of structure, a language, and the mark of PDF/UA-1."""
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_its_contents_give_the_page_of_each_part(pages):
    """The number behind a title in the contents is that of the page on which the part begins."""
    number = int(re.search(r"Tools wear out faster[ .]+(\d+)", pages[2])[1])
    assert "Tools wear out faster" in pages[number - 1]
    assert "Part 4 of 8".lower() in pages[number - 1].lower()


def test_its_contents_begin_with_the_introduction_and_number_the_parts_from_one(pages):
    """The introduction stands before the numbered parts, of which the first is number 1."""
    contents = pages[2]
    assert contents.index("Introduction") < contents.index("Why we share") < contents.index("The plan is")
    assert [int(number) for number in re.findall(r"(?<!\S)(\d+)\.(?!\S)", contents)] == [*range(1, PARTS + 1)]


def test_no_paragraph_ends_in_a_syllable(pdf):
    """The last line of a paragraph has words of at least ten characters."""
    lines = [line.strip() for page in pdf.pages for line in page.extract_text().splitlines()]
    divided = [
        line
        for before, line in pairwise(lines)
        if before.endswith(("-", "\u2010")) and re.fullmatch(r"[a-z]{1,6}[.!?]", line)
    ]
    assert len(lines) > 500
    assert divided == []


def test_a_worksheet_is_one_leaf(pages):
    """Each worksheet begins on a right-hand page and has at most two, with a line for its week."""
    begins = [number for number, page in enumerate(pages, 1) if "worksheet · week of" in page.lower()]
    assert len(begins) == 4
    assert [number for number in begins if number % 2 == 0] == []
    assert {after - before for before, after in pairwise(begins)} == {2}


def test_a_pair_of_the_ledger_is_on_one_page_with_its_verdict(pages):
    """No page ends between a cost, its benefit and how the two weigh."""
    ledger = next(page for page in pages if "Costs and benefits that answer" in page)
    entries = ("The plan is no longer yours", "More hands than beds", "The benefit outweighs the cost")
    assert all(entry in ledger for entry in entries)


def test_notes_stand_at_the_foot_of_their_page(pages):
    """A note is on the page of its mark."""
    page = next(page for page in pages if "more than the rent for the same months" in page)
    assert "in the biscuit tin" in page


def test_it_is_small_and_knows_its_dates(pdf, with_pdf):
    """It has at most 2 MB, and its dates are those of its texts."""
    assert (with_pdf.output / PATH).stat().st_size <= 2_000_000
    assert pdf.metadata.creation_date.date().isoformat() == "2008-03-01"
    assert pdf.metadata.modification_date.date().isoformat() == "2008-03-10"


def test_the_gate_reads_it(with_pdf):
    """The words of a draft are found in a PDF too, also where a line's end divides one of them."""
    withheld = "No one had been careless. A spade at home is put away by the person who will want it next."
    files = {
        "essays/seen.md": "Title: Seen\nDate: 2009-04-01\n\nText.\n",
        "essays/kept.md": f"Title: Kept\nDate: 2009-04-01\nStatus: draft\n\n{withheld}\n",
    }
    found = examine(a_manuscript(files), {PATH: (with_pdf.output / PATH).read_bytes()}).leaks
    assert [(leak.path, leak.source) for leak in found] == [(PATH, "essays/kept.md")]


def test_the_same_texts_give_the_same_bytes(with_pdf, tmp_path):
    """Another build, in another zone and with another hash seed, gives the same PDF and the same EPUB."""
    site = a_shelf(tmp_path, ALL)
    site.environment = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "42", "LC_ALL": "C.UTF-8"}
    built = site.build()
    assert built.code == 0, built.said
    for path in (PATH, PATH.replace(".pdf", ".epub")):
        assert (built.output / path).read_bytes() == (with_pdf.output / path).read_bytes()
