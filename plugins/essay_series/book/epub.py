"""The metadata and documents of a book → an EPUB 3.3 that conforms to EPUB Accessibility 1.1."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from html import escape
from pathlib import PurePosixPath
from typing import Any

from ..l10n import ENGLISH, Locale
from ..values import dataclass
from .facts import Facts
from .xhtml import ids, xhtml

FEATURES = ("tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability", "unlocked")
ROLES = ("introduction", "chapter", "appendix")
"""The kinds of leaf that have a role in DPUB-ARIA."""
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
"""It sets no colours and no fonts: those are up to the reading system."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One content document of the book."""

    name: str
    """Its file name."""
    title: str
    kind: str
    """A term of the EPUB Structural Semantics Vocabulary."""
    html: str
    """Its content; links to other leaves lead to their ids."""
    id: str = ""
    """The id of its root section; may be empty."""
    sections: tuple[tuple[str, str], ...] = ()
    """The id and title of each section that the table of contents lists below it."""
    marks: str = ""
    """Language attributes of its title in the table of contents, with a space before each."""


def epub(facts: Facts, leaves: Sequence[Leaf], locale: Locale = ENGLISH, cover: bytes = b"") -> bytes:
    """Return the EPUB of `leaves` in their order, with the table of contents after the first, the title page.

    The same arguments give the same bytes: all times are those of the book.

    Args:
        facts: the metadata of the book.
        leaves: its content documents.
        locale: its language.
        cover: a PNG, which more reading systems show than an SVG; empty for no cover.

    """
    from ebooklib import epub as library  # noqa: PLC0415 - only EPUBs need it

    book = library.EpubBook()
    _add_metadata(book, facts, locale)
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


def _add_metadata(book: Any, facts: Facts, locale: Locale) -> None:  # noqa: ANN401 - the library has no types
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
    alt = facts.title
    if facts.author:
        alt = locale.gettext("%(title)s, by %(author)s", title=facts.title, author=facts.author)
    html = f'<p><img src="cover.png" alt="{escape(alt)}"></p>'
    yield _document(library, Leaf("cover.xhtml", facts.title, "cover", html), facts, {})


def _repacked(packed: bytes, facts: Facts, leaves: Sequence[Leaf]) -> bytes:
    """Return the archive `packed` with the time of the book on every file, and with attributes that ebooklib lacks.

    These are the language of the package, ``hidden`` on the landmarks, which only reading systems use, and the
    languages of titles in the table of contents.
    """
    titles = [(f'<a href="{leaf.name}"', f'<a{leaf.marks} href="{leaf.name}"') for leaf in leaves if leaf.marks]
    patches = {
        "content.opf": [("<package ", f'<package xml:lang="{facts.lang}" ')],
        "contents.xhtml": [('<nav epub:type="landmarks"', '<nav epub:type="landmarks" hidden="hidden"'), *titles],
    }
    time = facts.newest.astimezone(UTC).timetuple()[:6]
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(result, "w") as new:
        for each in old.infolist():
            data = old.read(each)
            name = PurePosixPath(each.filename).name
            for old_text, new_text in patches.get(name, ()):
                data = data.replace(old_text.encode(), new_text.encode(), 1)
            info = zipfile.ZipInfo(each.filename, time)
            info.compress_type = each.compress_type
            new.writestr(info, data, compresslevel=9)
    return result.getvalue()
