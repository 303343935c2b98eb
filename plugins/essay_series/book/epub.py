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


def epub(facts: Facts, leaves: Sequence[Leaf], locale: Locale = ENGLISH) -> bytes:
    """Return the EPUB that `leaves` make in their order, behind its cover and before its contents.

    The same facts and leaves give the same bytes: times are those of the book.
    """
    from ebooklib import epub as library  # noqa: PLC0415 - only who makes an EPUB needs it

    book = library.EpubBook()
    _tell(book, facts, locale)
    style = library.EpubItem("style", "style.css", "text/css", (CSS + facts.style).encode())
    cover = library.EpubCover("cover-image", "cover.svg")
    cover.content = _cover(facts).encode()
    cover_page = _document(library, Leaf(COVER, facts.title, "cover", _cover_words(facts, locale)), facts, {})
    homes = {name: leaf.name for leaf in leaves for name in (*ids(leaf.html), leaf.id)}
    documents = [_document(library, leaf, facts, homes) for leaf in leaves]
    contents = library.EpubNav("contents", "contents.xhtml", title=locale.gettext("Contents"))
    contents.direction = "rtl" if facts.direction == "rtl" else None
    for item in (style, cover, cover_page, *documents, contents, library.EpubNcx()):
        book.add_item(item)
    for document in (cover_page, *documents, contents):
        document.add_link(href=style.file_name, rel="stylesheet", type="text/css")
    book.spine = [cover_page, documents[0], contents, *documents[1:]]
    book.toc = [_entry(library, leaf, document) for leaf, document in zip(leaves, documents, strict=True)]
    book.guide = list(_landmarks(leaves, contents.file_name, locale))
    packed = io.BytesIO()
    if facts.direction == "rtl":
        book.set_direction(facts.direction)
    options = {
        "mtime": facts.newest.astimezone(UTC),
        "landmark_title": locale.gettext("Landmarks"),
        "epub3_pages": False,
        "package_direction": True,
    }
    library.write_epub(packed, book, options)
    return _repacked(packed.getvalue(), facts, leaves)


def _tell(book: Any, facts: Facts, locale: Locale) -> None:  # noqa: ANN401 - the library has no types
    book.set_identifier(facts.identifier)
    book.set_title(facts.title)
    book.set_language(facts.lang)
    book.add_author(facts.author)
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
    yield "a11y:certifiedBy", facts.author


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
    yield {"type": "cover", "title": locale.gettext("Cover"), "href": COVER}
    yield {"type": "titlepage", "title": locale.gettext("Title page"), "href": leaves[0].name}
    yield {"type": "toc", "title": locale.gettext("Contents"), "href": contents}
    first = next((leaf for leaf in leaves if leaf.kind == "chapter"), leaves[0])
    yield {"type": "text", "title": locale.gettext("Beginning"), "href": first.name}
    behind = next((leaf for leaf in leaves if leaf.kind == "appendix"), None)
    if behind:
        yield {"type": "backmatter", "title": behind.title, "href": behind.name}


def _cover_words(facts: Facts, locale: Locale) -> str:
    words = locale.gettext("%(title)s, by %(author)s", title=facts.title, author=facts.author)
    return f'<p><img src="cover.svg" alt="{escape(words)}"></p>'


def _cover(facts: Facts) -> str:
    """Return the picture of the cover: a match that burns, over the title."""
    words = _lines(facts.title, 16)
    way = ' direction="rtl"' if facts.direction == "rtl" else ""
    paper, ink, flame = (facts.colours[name] for name in ("paper", "ink", "flame"))
    lines = "".join(f'<tspan x="300" dy="76">{escape(line)}</tspan>' for line in words)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 900" width="600" height="900">'
        f"<title>{escape(facts.title)}</title>"
        f'<path fill="{paper}" d="M0 0h600v900H0z"/>'
        f'<g transform="translate(258 130) scale(7)"><path fill="{flame}" d="M6 1c2.9 3.2 4.6 5.7 4.6 8.3A4.6 4.6 0 0 1'
        f' 6 14a4.6 4.6 0 0 1-4.6-4.7C1.4 6.7 3.1 4.2 6 1Z"/><path fill="{ink}" d="M5 15h2v16H5z"/></g>'
        f'<g fill="{ink}" font-family="Georgia, serif" text-anchor="middle"{way}>'
        f'<text font-size="64" font-weight="600" y="440">{lines}</text>'
        f'<text x="300" y="820" font-size="30">{escape(facts.author)}</text></g></svg>'
    )


def _lines(text: str, longest: int) -> list[str]:
    """Return `text` in lines of at most `longest` letters, where its words allow that."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > longest and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


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
