"""The PDF of the sample: tagged, small and reproducible."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from pypdf import PdfReader

from book.formats import EPUB_AND_PDF
from builders import SiteTest, a_manuscript
from essay_series.publish.gate import examine

pytestmark = pytest.mark.slow

PARTS = 8
PATH = "series/the-shared-garden/the-shared-garden.pdf"


@pytest.fixture(scope="session")
def pdf(with_pdf) -> PdfReader:
    """Return the parsed PDF."""
    return PdfReader(with_pdf.output / PATH)


@pytest.fixture(scope="session")
def pages(pdf) -> list[str]:
    """Return the text of each page."""
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def test_a_mark_from_an_image_file_has_alternative_text(tmp_path, pango):  # noqa: ARG001 - it may skip
    """A site with a mark of its own gets a PDF, in which the mark has the name of the site as its text."""
    site = SiteTest(tmp_path, EPUB_AND_PDF).sample()
    site.write("look.toml", '[mark]\nmark = "mark.svg"\n')
    site.write(
        "mark.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M3 5h11v22H3z"/></svg>'
    )
    built = site.build()
    assert built.code == 0, built.said
    assert (built.output / PATH).is_file()


def test_making_a_pdf_prints_no_warning(with_pdf):
    """WeasyPrint knows every rule of the style sheet, so the build prints no warning."""
    assert "WARNING" not in with_pdf.said


def test_a_pdf_is_tagged(pdf):
    """The PDF has a structure tree, a language, and the PDF/UA-1 identifier."""
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_pdf_contents_give_the_page_of_each_part(pages):
    """The number after a title in the contents is the page on which the part begins."""
    number = int(re.search(r"Tools wear out faster[ .]+(\d+)", pages[2])[1])
    assert "Tools wear out faster" in pages[number - 1]
    assert "Part 4 of 8".lower() in pages[number - 1].lower()


def test_pdf_contents_number_the_parts_from_one(pages):
    """The contents start with the introduction, and the parts are numbered from 1."""
    contents = pages[2]
    assert contents.index("Introduction") < contents.index("Why we share") < contents.index("The plan is")
    assert [int(number) for number in re.findall(r"(?<!\S)(\d+)\.(?!\S)", contents)] == [*range(1, PARTS + 1)]


def test_no_paragraph_ends_in_part_of_a_word(pdf):
    """The last line of a paragraph is never the end of a hyphenated word."""
    lines = [line.strip() for page in pdf.pages for line in page.extract_text().splitlines()]
    divided = [
        line
        for before, line in pairwise(lines)
        if before.endswith(("-", "\u2010")) and re.fullmatch(r"[a-z]{1,6}[.!?]", line)
    ]
    assert len(lines) > 500
    assert divided == []


def test_a_worksheet_fits_one_leaf(pages):
    """Each worksheet begins on a right-hand page, has at most two pages, and has a line for its week."""
    begins = [number for number, page in enumerate(pages, 1) if "worksheet · week of" in page.lower()]
    assert len(begins) == 4
    assert [number for number in begins if number % 2 == 0] == []
    assert {after - before for before, after in pairwise(begins)} == {2}


def test_a_ledger_pair_is_on_one_page_with_its_verdict(pages):
    """A cost, its benefit and their verdict are on one page."""
    ledger = next(page for page in pages if "Costs and benefits that answer" in page)
    entries = ("The plan is no longer yours", "More hands than beds", "The benefit outweighs the cost")
    assert all(entry in ledger for entry in entries)


def test_notes_are_at_the_foot_of_their_page(pages):
    """A note is on the page of its reference."""
    page = next(page for page in pages if "more than the rent for the same months" in page)
    assert "in the biscuit tin" in page


def test_a_pdf_is_small_and_dated_by_its_texts(pdf, with_pdf):
    """The PDF has at most 2 MB, and its dates are those of its texts."""
    assert (with_pdf.output / PATH).stat().st_size <= 2_000_000
    assert pdf.metadata.creation_date.date().isoformat() == "2008-03-01"
    assert pdf.metadata.modification_date.date().isoformat() == "2008-03-10"


def test_the_leak_gate_reads_pdfs(with_pdf):
    """The gate finds a draft's words in a PDF, also where a line break divides a word."""
    withheld = "No one had been careless. A spade at home is put away by the person who will want it next."
    files = {
        "essays/seen.md": "Title: Seen\nDate: 2009-04-01\n\nText.\n",
        "essays/kept.md": f"Title: Kept\nDate: 2009-04-01\nStatus: draft\n\n{withheld}\n",
    }
    found = examine(a_manuscript(files), {PATH: (with_pdf.output / PATH).read_bytes()}).leaks
    assert [(leak.path, leak.source) for leak in found] == [(PATH, "essays/kept.md")]


def test_books_are_reproducible(with_pdf, tmp_path):
    """Another build in another time zone and with another hash seed gives the same PDF and EPUB."""
    site = SiteTest(tmp_path, EPUB_AND_PDF).sample()
    site.environment = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "42", "LC_ALL": "C.UTF-8"}
    built = site.build()
    assert built.code == 0, built.said
    for path in (PATH, PATH.replace(".pdf", ".epub")):
        assert (built.output / path).read_bytes() == (with_pdf.output / path).read_bytes()
