"""Books in right-to-left languages, and with parts in several languages."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

from lxml import etree

from builders import PROJECT
from essay_series.book.epub import Leaf, epub
from essay_series.book.facts import Facts
from essay_series.book.style import style_of
from essay_series.l10n import Locale
from essay_series.l10n.writing import writing_systems

OPF = "{http://www.idpf.org/2007/opf}"
HTML = "{http://www.w3.org/1999/xhtml}"
DAY = datetime(2009, 4, 1, tzinfo=UTC)
SYSTEMS = writing_systems(["ar", "en"], lambda *_: True)


def an_epub(lang: str, direction: str, marks: str = "") -> zipfile.ZipFile:
    """Return the EPUB of a title page and one part."""
    facts = Facts(
        title="T", author="A", publisher="P", summary="", lang=lang, direction=direction, identifier="urn:x", first=DAY,
        newest=DAY, address="", languages=("ar",), style=style_of(SYSTEMS),
    )  # fmt: skip
    leaves = (
        Leaf("title.xhtml", "T", "titlepage", "<h1>T</h1>"),
        Leaf("part-1.xhtml", "One", "chapter", '<h1>One</h1><p lang="ar">Arabic</p>', "one", marks=marks),
    )
    return zipfile.ZipFile(io.BytesIO(epub(facts, leaves, Locale(lang), b"a picture")))


def read(book: zipfile.ZipFile, name: str) -> etree._Element:
    """Return one file of a book, parsed."""
    return etree.fromstring(book.read(f"EPUB/{name}"))


def test_a_right_to_left_book_says_so_everywhere():
    """The package, spine, contents and pages are marked right to left."""
    book = an_epub("ar", "rtl")
    package = read(book, "content.opf")
    assert package.get("dir") == "rtl"
    assert package.find(f"{OPF}spine").get("page-progression-direction") == "rtl"
    assert [read(book, name).get("dir") for name in ("title.xhtml", "part-1.xhtml", "cover.xhtml")] == ["rtl"] * 3
    assert read(book, "contents.xhtml").find(f"{HTML}body").get("dir") == "rtl"


def test_a_left_to_right_book_has_no_direction():
    """Left to right is the default of reading systems, so nothing is marked."""
    book = an_epub("en", "ltr")
    assert "progression" not in book.read("EPUB/content.opf").decode()
    assert all(b"dir=" not in book.read(each) and b"rtl" not in book.read(each) for each in book.namelist())


def test_the_contents_mark_titles_in_another_language():
    """The contents mark the title of a part in another language with it."""
    book = an_epub("en", "ltr", ' lang="ar" dir="rtl"')
    (link,) = read(book, "contents.xhtml").iterfind(f".//{HTML}a[@lang]")
    assert (link.get("href"), link.get("lang"), link.get("dir")) == ("part-1.xhtml", "ar", "rtl")


def test_worksheet_boxes_have_a_visible_border():
    """A box has a border colour of its own, since its text colour is transparent."""
    sheet = (PROJECT / "plugins/essay_series/templates/book/print.css").read_text(encoding="utf-8")
    (box,) = re.findall(r"^\.box \{(.*)\}$", sheet, re.MULTILINE)
    assert "color: transparent" in box
    assert re.search(r"border: \S+ solid black;", box)


def test_scripts_without_capitals_are_not_italic_in_a_book():
    """The style of a book has no italics for scripts without capitals, and is empty if it needs nothing."""
    assert ":lang(ar) { font-style: normal" in an_epub("ar", "rtl").read("EPUB/style.css").decode()
    assert style_of(writing_systems(["en", "de"], lambda *_: True)) == ""


def test_a_book_names_the_languages_of_all_its_parts():
    """The package names the book's own language first, and parts in others are marked for HTML and XML."""
    book = an_epub("en", "ltr")
    languages = read(book, "content.opf").iterfind(".//{http://purl.org/dc/elements/1.1/}language")
    assert [each.text for each in languages] == ["en", "ar"]
    (part,) = read(book, "part-1.xhtml").iterfind(f".//{HTML}p[@lang]")
    assert (part.get("lang"), part.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("ar", "ar")
