"""A book as a tagged PDF, by PDF/UA-1: one HTML document in, the bytes of one file out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from lxml import html
from lxml.html import HtmlElement

BASE = "book:/"
"""Addresses of the files that come along, such as fonts, begin with it."""
_LINES = ("p", "ul", "ol", "li", "blockquote")
LAST_LINE = 10
"""Characters that the last line of a paragraph has at least."""


class NoPangoError(Exception):
    """The library Pango, by which PDFs are set, is not on this machine."""


def pdf(page: str, files: Mapping[str, bytes]) -> bytes:
    """Return the PDF of the HTML document `page`; its dates are those in the heading of the document.

    The same page and files, by the same libraries, give the same bytes.

    Args:
        page: all of the book, with its notes at the end of each part.
        files: what it may load, by path; all else is refused, the network first.

    Raises:
        NoPangoError: Pango is not installed.

    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - only who makes a PDF needs it
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - likewise
    except OSError as error:
        raise NoPangoError(str(error)) from error

    class Files(URLFetcher):
        """Gives what the book brings along."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, files[url.removeprefix(BASE)], headers)

    fetcher = Files(fail_on_errors=True)
    document = HTML(string=with_footnotes(page), base_url=BASE, url_fetcher=fetcher)
    name = hashlib.sha256(page.encode()).digest()[:16]
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=name)
    return made


def with_footnotes(page: str) -> str:
    """Return the HTML document `page` with each note where its first mark was, so that paper has it at its foot.

    The last words of paragraphs are held together, since the typesetter would end them in a syllable.
    """
    root = html.document_fromstring(page)
    notes = {note.get("id", ""): note for note in root.xpath('//div[@class="footnote"]//li')}
    for mark in root.xpath('//sup[a[@class="footnote-ref"]]'):
        note = notes.pop(mark[0].get("href", "")[1:], None)
        if note is not None:
            _put_in_place(mark, note)
    for each in root.xpath('//div[@class="footnote"]'):
        each.drop_tree()
    for paragraph in root.xpath('//div[@class="prose"]//*[self::p or self::li[not(p)]]'):
        _hold_end(paragraph)
    for link in list(root.iter("a")):
        if not re.match(r"#|(?:https?|mailto|tel):", link.get("href", "")):
            link.drop_tag()
    return f"<!doctype html>\n{html.tostring(root, encoding='unicode')}"


def _put_in_place(mark: HtmlElement, note: HtmlElement) -> None:
    """Put the text of `note` in the place of `mark`; its paragraphs become lines, since it stands in one itself."""
    for back in note.find_class("footnote-backref"):
        back.drop_tree()
    for block in [each for each in note.iterdescendants() if each.tag in _LINES]:
        block.tag = "span"
        block.classes.add("line")
    note.tag, note.text = "span", (note.text or "").lstrip()
    note.set("class", "footnote")
    note.tail, mark.tail = mark.tail, None
    parent = mark.getparent()
    if parent is not None:
        parent.replace(mark, note)


def _hold_end(paragraph: HtmlElement) -> None:
    """Put the last words of `paragraph` into an element of their own; a note behind them stays behind them."""
    ends = [each for each in paragraph if "footnote" not in each.classes or (each.tail or "").strip()]
    before = ends[-1] if ends else None
    words = ((paragraph.text if before is None else before.tail) or "").rstrip().split(" ")
    held = words[-1:]
    while len(" ".join(held)) < LAST_LINE and len(held) < len(words):
        held = words[-len(held) - 1 :]
    if not held[0] or len(held) == len(words):
        return
    end = HtmlElement(" ".join(held), attrib={"class": "end"})
    end.tag = "span"
    rest = " ".join(words[: -len(held)]) + " "
    if before is None:
        paragraph.text = rest
    else:
        before.tail = rest
    paragraph.insert(0 if before is None else paragraph.index(before) + 1, end)
