"""Parses HTML into tags and text with their offsets in the source, and answers common questions about HTML.

All other modules that parse HTML use this one. It accepts fragments of HTML, and Markdown in which code is blanked,
since Markdown leaves raw HTML as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import quote

from .values import dataclass

_BLANKS = " \t\n\r\f"
_ATTRIBUTE = re.compile(
    rf"(?P<name>=?[^{_BLANKS}/>=]+)"
    rf"(?:[{_BLANKS}]*=[{_BLANKS}]*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^{_BLANKS}>]*)))?"
)
_NAME = re.compile(rf"<[^{_BLANKS}/>]+")
_CANDIDATE = re.compile(rf"[{_BLANKS},]*(?P<url>[^{_BLANKS},](?:[^{_BLANKS}]*[^{_BLANKS},])?)(?:,|\s[^,]*|$)")
_BLANK_INSIDE = re.compile(
    r"\b(?:href|src|poster|data|cite)\s*=\s*(?:\"[^\"\s]+ [^\"]*\"|'[^'\s]+ [^']*')", re.IGNORECASE
)
_SAFE = "%:/?#[]@!$&'*+,;=~"
"""Characters that stay as they are in an encoded address, including the percent sign of those encoded already."""
_ADDRESSES = frozenset(("href", "src", "poster", "data", "cite", "action", "formaction", "background", "xlink:href"))
_CODE = ("code", "pre")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements without an end tag."""
_WITHOUT_TAGS = ("textarea", "title")
"""Elements that contain only text, besides ``script`` and ``style``, which `HTMLParser` handles itself."""
_SEVERAL = frozenset(("srcset", "imagesrcset"))
"""Attributes with several addresses, each with a width or a density."""
NARROW = "\N{NARROW NO-BREAK SPACE}"
"""The space that French puts before some punctuation marks."""
_NO_LETTER = "\ufdd0"
"""Placeholder of a narrow no-break space while other spaces are collapsed: a Unicode noncharacter."""
_BREAKABLE = re.compile(rf"[^\S{NARROW}]+")
_NOTE = re.compile(r'<li id="fn:([^"\\<>]+)"')
"""A footnote as Markdown renders it; a regular expression, since every text is searched several times."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of an element."""

    name: str
    """In lower case."""
    value: str
    """With character references decoded; empty if it has no value."""
    written: str
    """The value as it is in the source."""
    start: int
    """The offset of the value in the source."""
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class Element:
    """The start tag of an element; lines and columns count from 1."""

    name: str
    """In lower case."""
    written: str
    """The tag as it is in the source."""
    start: int
    line: int
    column: int

    @property
    def end(self) -> int:
        """The offset after its start tag."""
        return self.start + len(self.written)

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Its attributes in order; of several with the same name only the first counts, as in browsers."""
        name = _NAME.match(self.written)
        inside = self.written.removesuffix(">")
        found: dict[str, Attribute] = {}
        for match in _ATTRIBUTE.finditer(inside, name.end() if name else 0):
            kind = next((kind for kind in "abc" if match[kind] is not None), "")
            written, start = (match[kind], match.start(kind)) if kind else ("", match.start())
            attribute = Attribute(match["name"].lower(), unescape(written), written, self.start + start, kind != "c")
            found.setdefault(attribute.name, attribute)
        return tuple(found.values())

    def get(self, name: str) -> Attribute | None:
        """Return the attribute `name`; None if there is none."""
        return next((each for each in self.attributes if each.name == name), None)

    def addresses(self) -> Iterator[Attribute]:
        """Yield every attribute with an address; each address in a ``srcset`` is yielded as an attribute of its own."""
        for each in self.attributes:
            if each.name in _ADDRESSES:
                yield each
            elif each.name in _SEVERAL:
                for found in _CANDIDATE.finditer(each.written):
                    url = found["url"]
                    yield Attribute(each.name, unescape(url), url, each.start + found.start("url"), each.quoted)


@dataclass(frozen=True, slots=True)
class End:
    """The end tag of an element."""

    name: str
    written: str
    """The tag as it is in the source; empty for the end of a self-closing tag such as ``<br/>``."""
    start: int


@dataclass(frozen=True, slots=True)
class Words:
    """Text between tags."""

    text: str
    start: int
    is_reference: bool = False
    """Whether it is a single character reference, such as ``&amp;``, not decoded."""


Piece = Element | End | Words


class Places:
    """Converts between offsets (from 0) in a text and its lines and columns (from 1)."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text
        self._first = first_line

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._text))]

    def __call__(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of `offset`."""
        line = bisect_right(self._starts, offset)
        return self._first + line - 1, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and a column."""
        return self._starts[line - self._first] + column - 1


def elements(text: str, first_line: int = 1) -> list[Element]:
    """Return the start tag of every element in `text`, in order.

    Args:
        text: HTML, or Markdown in which code is blanked.
        first_line: the number of its first line in the file.

    """
    if "<" not in text:
        return []
    end = text.rfind(">") + 1  # an unclosed tag at the end is none, and would take the parser quadratic time
    return [each for each in _Reader(text[:end], first_line, references=False).found if isinstance(each, Element)]


def pieces(html: str, *, references: bool = False) -> list[Piece]:
    """Return the tags and texts of `html` in order, without comments, declarations and processing instructions.

    Args:
        html: a page or a fragment.
        references: whether each character reference is a piece of its own instead of being decoded.

    """
    return _Reader(html, 1, references=references).found


def texts_in(html: str, *, in_code: bool = False) -> Iterator[str]:
    """Yield the pieces of text in `html` outside of code, or, if `in_code`, those inside it."""
    depth = 0
    for piece in pieces(html):
        if isinstance(piece, Words):
            if bool(depth) == in_code:
                yield piece.text
        elif piece.name in _CODE:
            depth = depth + 1 if isinstance(piece, Element) else max(0, depth - 1)


def words_in(text: str) -> list[str]:
    """Return the words of `text`; a word includes the punctuation that a narrow no-break space joins to it."""
    return [word for word in _BREAKABLE.split(text) if word]


def one_line(text: str) -> str:
    """Return `text` with every run of whitespace collapsed to one space; narrow no-break spaces stay."""
    return " ".join(words_in(text))


def keeping_narrow(text: str, act: Callable[[str], str]) -> str:
    """Return ``act(text)`` with narrow no-break spaces preserved, which `act` would treat as plain spaces."""
    return act(text.replace(NARROW, _NO_LETTER)).replace(_NO_LETTER, NARROW)


def anchors(html: str) -> list[str]:
    """Return every fragment in `html` that a link can lead to: ids, and names of ``<a>``."""
    return [
        attribute.value
        for each in elements(html)
        for attribute in each.attributes
        if attribute.name == "id" or (attribute.name == "name" and each.name == "a")
    ]


def addresses_in(srcset: str) -> list[str]:
    """Return the addresses in the value of ``srcset``, without widths and densities."""
    return [found["url"] for found in _CANDIDATE.finditer(srcset)]


def canonical(page: str) -> str:
    """Return the canonical URL in the head of a page; empty if it has none."""
    for each in elements(page.partition("</head")[0]):
        rel, href = each.get("rel"), each.get("href")
        if each.name == "link" and rel and href and "canonical" in rel.value.lower().split():
            return href.value.strip()
    return ""


def with_encoded_addresses(html: str) -> str:
    """Return `html` with addresses that contain spaces percent-encoded (RFC 3986); other addresses stay unchanged."""
    if not _BLANK_INSIDE.search(html):
        return html
    parts: list[str] = []
    at = 0
    for each in sorted((each for tag in elements(html) for each in tag.addresses()), key=lambda each: each.start):
        address = each.value.strip(_BLANKS)
        if each.quoted and " " in address and not address.startswith(("data:", "javascript:")):
            parts += [html[at : each.start], escape(quote(address, safe=_SAFE))]
            at = each.start + len(each.written)
    return "".join([*parts, html[at:]])


def is_always_there(fragment: str) -> bool:
    """Tell whether `fragment` exists on every page: it is the top, or a text for the browser to search."""
    return place_in(fragment).lower() in ("", "top")


def note_labels(html: str) -> list[str]:
    """Return the label of each footnote in `html`, in order, with character references as they are."""
    return _NOTE.findall(html)


def place_in(fragment: str) -> str:
    """Return the id in `fragment`, without a text directive such as ``:~:text=…``."""
    return fragment.partition(":~:")[0]


class _Reader(HTMLParser):
    """Collects the pieces of a text."""

    def __init__(self, text: str, first_line: int, *, references: bool) -> None:
        super().__init__(convert_charrefs=not references)
        self.found: list[Piece] = []
        self._text, self._first = text, first_line
        self._places = Places(text)
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the library's form
        self._begin(tag)
        if tag in _WITHOUT_TAGS:
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - likewise
        self._begin(tag)
        self.found.append(End(tag, "", self._at()))

    def handle_endtag(self, tag: str) -> None:
        start = self._at()
        self.found.append(End(tag, self._text[start : self._text.find(">", start) + 1], start))

    def handle_data(self, data: str) -> None:
        self.found.append(Words(data, self._at()))

    def handle_entityref(self, name: str) -> None:
        self.found.append(Words(f"&{name};", self._at(), is_reference=True))

    def handle_charref(self, name: str) -> None:
        self.found.append(Words(f"&#{name};", self._at(), is_reference=True))

    def _begin(self, tag: str) -> None:
        line, column = self.getpos()
        written = self.get_starttag_text() or ""
        self.found.append(Element(tag, written, self._at(), line + self._first - 1, column + 1))

    def _at(self) -> int:
        line, column = self.getpos()
        return self._places.offset(line, column + 1)
