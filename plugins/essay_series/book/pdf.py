"""The HTML document of a book → a tagged PDF, by PDF/UA-1."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from lxml import html
from lxml.html import HtmlElement

BASE = "book:/"
"""The base URL of the files that the book loads, such as fonts."""
_BLOCKS = ("p", "ul", "ol", "li", "blockquote")
LAST_LINE = 10
"""The minimal length, in characters, of the last line of a paragraph."""


class NoPangoError(Exception):
    """The library Pango, which WeasyPrint needs, is not installed."""


def pdf(page: str, files: Mapping[str, bytes]) -> bytes:
    """Return the PDF of the HTML document `page`, with the dates in the ``meta`` elements of its head.

    The same page and files give the same bytes with the same versions of the libraries.

    Args:
        page: the HTML of the whole book, with footnotes at the end of each part.
        files: the files that it may load, by path; any other request, such as to the network, is an error.

    Raises:
        NoPangoError: Pango is not installed.

    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - only who makes a PDF needs it
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - likewise
    except OSError as error:
        raise NoPangoError(str(error)) from error

    class Files(URLFetcher):
        """Loads the files of the book and nothing else."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, files[url.removeprefix(BASE)], headers)

    fetcher = Files(fail_on_errors=True)
    document = HTML(string=with_footnotes(page), base_url=BASE, url_fetcher=fetcher)
    name = hashlib.sha256(page.encode()).digest()[:16]
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=name)
    return made


def with_footnotes(page: str) -> str:
    """Return the HTML document `page` with each note in the place of its first mark, for footnotes in CSS.

    The last words of each paragraph are put into one element, in which the style sheet forbids hyphenation.
    """
    root = html.document_fromstring(page)
    notes = {note.get("id", ""): note for note in root.xpath('//div[@class="footnote"]//li')}
    for mark in root.xpath('//sup[a[@class="footnote-ref"]]'):
        note = notes.pop(mark[0].get("href", "")[1:], None)
        if note is not None:
            _inline(note, mark)
    for each in root.xpath('//div[@class="footnote"]'):
        each.drop_tree()
    for paragraph in root.xpath('//div[@class="prose"]//*[self::p or self::li[not(p)]]'):
        _hold_end(paragraph)
    for link in list(root.iter("a")):
        if not re.match(r"#|(?:https?|mailto|tel):", link.get("href", "")):
            link.drop_tag()
    return f"<!doctype html>\n{html.tostring(root, encoding='unicode')}"


def _inline(note: HtmlElement, mark: HtmlElement) -> None:
    """Replace `mark` by the text of `note`, whose blocks become spans, since the mark is in a paragraph."""
    for back in note.find_class("footnote-backref"):
        back.drop_tree()
    for block in [each for each in note.iterdescendants() if each.tag in _BLOCKS]:
        block.tag = "span"
        block.classes.add("line")
    note.tag, note.text = "span", (note.text or "").lstrip()
    note.set("class", "footnote")
    note.tail, mark.tail = mark.tail, None
    parent = mark.getparent()
    if parent is not None:
        parent.replace(mark, note)


def _hold_end(paragraph: HtmlElement) -> None:
    """Put the last words of `paragraph` into a ``span``, before any footnote that follows them."""
    ends = [each for each in paragraph if "footnote" not in each.classes or (each.tail or "").strip()]
    before = ends[-1] if ends else None
    words = ((paragraph.text if before is None else before.tail) or "").rstrip().split(" ")
    last = words[-1:]
    while len(" ".join(last)) < LAST_LINE and len(last) < len(words):
        last = words[-len(last) - 1 :]
    if not last[0] or len(last) == len(words):
        return
    end = HtmlElement(" ".join(last), attrib={"class": "end"})
    end.tag = "span"
    rest = " ".join(words[: -len(last)]) + " "
    if before is None:
        paragraph.text = rest
    else:
        before.tail = rest
    paragraph.insert(0 if before is None else paragraph.index(before) + 1, end)
