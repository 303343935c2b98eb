"""Books in languages that are read from the right, and with parts in several languages."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

from lxml import etree

from builders import PROJECT
from essay_series.book import Facts
from essay_series.book.epub import Leaf, epub
from essay_series.book.style import style_of
from essay_series.l10n import Locale
from essay_series.l10n.writing import writing_systems

OPF = "{http://www.idpf.org/2007/opf}"
HTML = "{http://www.w3.org/1999/xhtml}"
DAY = datetime(2009, 4, 1, tzinfo=UTC)
SYSTEMS = writing_systems(["ar", "en"], lambda *_: True)


def packed(lang: str, direction: str, marks: str = "") -> zipfile.ZipFile:
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
    """Return one file of a book."""
    return etree.fromstring(book.read(f"EPUB/{name}"))


def test_a_book_that_is_read_from_the_right_says_so_everywhere():
    """Its package, its spine, its contents and each of its pages are read from the right."""
    book = packed("ar", "rtl")
    package = read(book, "content.opf")
    assert package.get("dir") == "rtl"
    assert package.find(f"{OPF}spine").get("page-progression-direction") == "rtl"
    assert [read(book, name).get("dir") for name in ("title.xhtml", "part-1.xhtml", "cover.xhtml")] == ["rtl"] * 3
    assert read(book, "contents.xhtml").find(f"{HTML}body").get("dir") == "rtl"


def test_a_book_that_is_read_from_the_left_says_nothing_of_it():
    """That is what reading systems do."""
    book = packed("en", "ltr")
    assert "progression" not in book.read("EPUB/content.opf").decode()
    assert all(b"dir=" not in book.read(each) and b"rtl" not in book.read(each) for each in book.namelist())


def test_the_contents_mark_titles_in_another_language():
    """A part in another language than its book is marked with it where the contents name it."""
    book = packed("en", "ltr", ' lang="ar" dir="rtl"')
    (link,) = read(book, "contents.xhtml").iterfind(f".//{HTML}a[@lang]")
    assert (link.get("href"), link.get("lang"), link.get("dir")) == ("part-1.xhtml", "ar", "rtl")


def test_the_boxes_of_worksheets_are_seen_on_paper():
    """A border has the colour of the letters in it, and those of a box are transparent, so it has one of its own."""
    sheet = (PROJECT / "plugins/essay_series/templates/book/print.css").read_text(encoding="utf-8")
    (box,) = re.findall(r"^\.box \{(.*)\}$", sheet, re.MULTILINE)
    assert "color: transparent" in box
    assert re.search(r"border: \S+ solid black;", box)


def test_letters_without_capitals_are_never_slanted_in_a_book():
    """The style of a book has what its languages need, and nothing where all of them have capitals."""
    assert ":lang(ar) { font-style: normal" in packed("ar", "rtl").read("EPUB/style.css").decode()
    assert style_of(writing_systems(["en", "de"], lambda *_: True)) == ""


def test_a_book_names_the_languages_of_all_its_parts():
    """Its own comes first; a part in another is marked for HTML and for XML."""
    book = packed("en", "ltr")
    said = read(book, "content.opf").iterfind(".//{http://purl.org/dc/elements/1.1/}language")
    assert [each.text for each in said] == ["en", "ar"]
    (part,) = read(book, "part-1.xhtml").iterfind(f".//{HTML}p[@lang]")
    assert (part.get("lang"), part.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("ar", "ar")
