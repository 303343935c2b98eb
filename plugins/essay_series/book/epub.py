"""A book as an EPUB 3.3, accessible by EPUB Accessibility 1.1: its pieces in, the bytes of one file out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import UTC
from html import escape
from pathlib import PurePosixPath
from typing import Any

from ..l10n import ENGLISH, Locale
from ..values import dataclass
from .facts import Facts
from .xhtml import ids, xhtml

COVER = "cover.xhtml"
FEATURES = ("tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability", "unlocked")
ROLES = ("introduction", "chapter", "appendix")
"""The kinds of leaf that DPUB-ARIA has a role for."""
CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
CSS = """
body { line-height: 1.5; }
h1, h2, h3, h4 { line-height: 1.2; text-align: start; hyphens: none; break-after: avoid; }
.kicker, .byline, .note, .answers, .taught, .entry-source { font-size: 0.85em; }
.kicker { margin-top: 2em; }
.essay-entry, .is-planned { font-style: italic; }
.caps { font-variant-caps: all-small-caps; }
.footnote { margin-top: 2em; font-size: 0.9em; }
.footnote-ref { text-decoration: none; }
sup { font-size: 0.75em; line-height: 0; }
blockquote { margin: 1em 1.5em; font-style: italic; }
table { width: 100%; border-collapse: collapse; }
th, td { width: 50%; padding: 0.5em; border-top: 1px solid; text-align: start; vertical-align: top; }
nav ol { padding: 0; list-style: none; }
nav ol ol { padding-inline-start: 1.5em; }
.sheet-steps { padding: 0; list-style: none; }
.room { border-bottom: 1px solid; }
.ledger-verdict td { border: 0; font-size: 0.9em; }
.verdict-form { white-space: nowrap; }
.entries, .planned-parts { padding: 0; list-style: none; }
.title-page { margin-top: 25%; text-align: center; }
.title-page h1 { font-size: 2em; text-align: center; }
"""
"""No colour and no font: they are the reader's own, by day and by night."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One file of the book."""

    name: str
    title: str
    kind: str
    """What it is, by the EPUB Structural Semantics Vocabulary."""
    html: str
    """What is in it; links to other leaves lead to their ids."""
    id: str = ""
    """The id of the whole leaf."""
    sections: tuple[tuple[str, str], ...] = field(default=())
    """Ids and titles of what the contents name below it."""
    marks: str = ""
    """Attributes of its title in the contents, a blank before each, where that is in another language."""


def epub(facts: Facts, leaves: Sequence[Leaf], locale: Locale = ENGLISH, cover: bytes = b"") -> bytes:
    """Return the EPUB that `leaves` make in their order, the contents behind the first of them, its title page.

    The same arguments give the same bytes: times are those of the book.

    Args:
        facts: what the book says of itself.
        leaves: its files.
        locale: its language.
        cover: a PNG, which shelves of reading systems know better than a drawing; empty for none.

    """
    from ebooklib import epub as library  # noqa: PLC0415 - only who makes an EPUB needs it

    book = library.EpubBook()
    _tell(book, facts, locale)
    style = library.EpubItem("style", "style.css", "text/css", (CSS + facts.style).encode())
    covers = list(_covers(library, facts, cover, locale)) if cover else []
    homes = {name: leaf.name for leaf in leaves for name in (*ids(leaf.html), leaf.id)}
    documents = [_document(library, leaf, facts, homes) for leaf in leaves]
    contents = library.EpubNav("contents", "contents.xhtml", title=locale.gettext("Contents"))
    contents.direction = "rtl" if facts.direction == "rtl" else None
    for item in (style, *covers, *documents, contents, library.EpubNcx()):
        book.add_item(item)
    for document in (*covers[1:], *documents, contents):
        document.add_link(href=style.file_name, rel="stylesheet", type="text/css")
    book.spine = [*covers[1:], documents[0], contents, *documents[1:]]
    book.toc = [_entry(library, leaf, document) for leaf, document in zip(leaves[1:], documents[1:], strict=True)]
    book.guide = [{"type": "cover", "title": locale.gettext("Cover"), "href": each.file_name} for each in covers[1:]]
    book.guide += _landmarks(leaves, contents.file_name, locale)
    if facts.direction == "rtl":
        book.set_direction(facts.direction)
    return _repacked(_packed(library, book, facts, locale), facts, leaves)


def _packed(library: Any, book: Any, facts: Facts, locale: Locale) -> bytes:  # noqa: ANN401 - the library has no types
    packed = io.BytesIO()
    options = {
        "mtime": facts.newest.astimezone(UTC),
        "landmark_title": locale.gettext("Landmarks"),
        "epub3_pages": False,
        "package_direction": True,
    }
    library.write_epub(packed, book, options)
    return packed.getvalue()


def _tell(book: Any, facts: Facts, locale: Locale) -> None:  # noqa: ANN401 - the library has no types
    book.set_identifier(facts.identifier)
    book.set_title(facts.title)
    book.set_language(facts.lang)
    for lang in facts.languages:
        book.add_metadata("DC", "language", lang)
    if facts.author:
        book.add_author(facts.author)
    book.add_metadata("DC", "publisher", facts.publisher)
    book.add_metadata("DC", "date", facts.newest.date().isoformat())
    if facts.summary:
        book.add_metadata("DC", "description", facts.summary)
    if facts.address:
        book.add_metadata("DC", "source", facts.address)
    for name, value in _accessibility(facts, locale):
        book.add_metadata("OPF", "meta", value, {"property": name})


def _accessibility(facts: Facts, locale: Locale) -> Iterator[tuple[str, str]]:
    yield "schema:accessMode", "textual"
    yield "schema:accessModeSufficient", "textual"
    yield from (("schema:accessibilityFeature", feature) for feature in FEATURES)
    yield "schema:accessibilityHazard", "none"
    text = locale.gettext(
        "A book of text alone, in reading order, with headings, a table of contents, and notes that lead back to their "
        "marks."
    )
    ledger = locale.gettext("Its ledger is a table with column headers.")
    yield "schema:accessibilitySummary", f"{text} {ledger}"
    yield "dcterms:conformsTo", CONFORMANCE
    yield "a11y:certifiedBy", facts.publisher


def _document(library: Any, leaf: Leaf, facts: Facts, homes: Mapping[str, str]) -> Any:  # noqa: ANN401 - likewise
    made = library.EpubHtml(leaf.name.partition(".")[0], leaf.name, title=leaf.title, lang=facts.lang)
    made.direction = "rtl" if facts.direction == "rtl" else None
    name = f' id="{escape(leaf.id)}"' if leaf.id else ""
    body = xhtml(leaf.html, homes, leaf.name)
    role = f' role="doc-{leaf.kind}"' if leaf.kind in ROLES else ""
    made.content = f'<html><body><section epub:type="{leaf.kind}"{role}{name}>{body}</section></body></html>'
    return made


def _entry(library: Any, leaf: Leaf, document: Any) -> Any:  # noqa: ANN401 - likewise
    if not leaf.sections:
        return document
    return document, [library.Link(f"{leaf.name}#{name}", title, f"to-{name}") for name, title in leaf.sections]


def _landmarks(leaves: Sequence[Leaf], contents: str, locale: Locale) -> Iterator[dict[str, str]]:
    yield {"type": "titlepage", "title": locale.gettext("Title page"), "href": leaves[0].name}
    yield {"type": "toc", "title": locale.gettext("Contents"), "href": contents}
    first = next((leaf for leaf in leaves if leaf.kind == "chapter"), leaves[0])
    yield {"type": "text", "title": locale.gettext("Beginning"), "href": first.name}
    behind = next((leaf for leaf in leaves if leaf.kind == "appendix"), None)
    if behind:
        yield {"type": "backmatter", "title": behind.title, "href": behind.name}


def _covers(library: Any, facts: Facts, cover: bytes, locale: Locale) -> Iterator[Any]:  # noqa: ANN401 - likewise
    image = library.EpubCover("cover-image", "cover.png")
    image.content = cover
    yield image
    yield _document(library, Leaf(COVER, facts.title, "cover", _cover_words(facts, locale)), facts, {})


def _cover_words(facts: Facts, locale: Locale) -> str:
    words = facts.title
    if facts.author:
        words = locale.gettext("%(title)s, by %(author)s", title=facts.title, author=facts.author)
    return f'<p><img src="cover.png" alt="{escape(words)}"></p>'


def _repacked(packed: bytes, facts: Facts, leaves: Sequence[Leaf]) -> bytes:
    """Return the archive `packed` with the time of the book on every file, and with what the library cannot be told.

    That is the package's own language, that landmarks are for reading systems and not for readers, and which titles in
    the contents are in another language than the book.
    """
    titles = [(f'<a href="{leaf.name}"', f'<a{leaf.marks} href="{leaf.name}"') for leaf in leaves if leaf.marks]
    mended = {
        "content.opf": [("<package ", f'<package xml:lang="{facts.lang}" ')],
        "contents.xhtml": [('<nav epub:type="landmarks"', '<nav epub:type="landmarks" hidden="hidden"'), *titles],
    }
    time = facts.newest.astimezone(UTC).timetuple()[:6]
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(result, "w") as new:
        for each in old.infolist():
            data = old.read(each)
            name = PurePosixPath(each.filename).name
            for plain, told in mended.get(name, ()):
                data = data.replace(plain.encode(), told.encode(), 1)
            info = zipfile.ZipInfo(each.filename, time)
            info.compress_type = each.compress_type
            new.writestr(info, data, compresslevel=9)
    return result.getvalue()
