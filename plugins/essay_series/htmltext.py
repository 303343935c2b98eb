"""HTML as a parser reads it: elements with their attributes, words, comments, and the place of each in the text.

Every other module that reads HTML does so through this one. It takes HTML that Markdown made, and Markdown in which
code is blanked, since Markdown leaves HTML as it is.
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
"""What stays in an address: its own signs, and what is encoded already; blanks and parentheses do not."""
_ADDRESSES = frozenset(("href", "src", "poster", "data", "cite", "action", "formaction", "background", "xlink:href"))
_CODE = ("code", "pre")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements that have no end."""
_WORDS_ALONE = ("textarea", "title")
"""Elements in which nothing is a tag, beside scripts and styles, of which the library knows that."""
_SEVERAL = frozenset(("srcset", "imagesrcset"))
"""Attributes that hold one address, and those that hold several with a width or a density each."""
NARROW = "\N{NARROW NO-BREAK SPACE}"
"""The blank that French has before its marks."""
_NO_LETTER = "\ufdd0"
"""Placeholder of a narrow no-break space while other spaces are collapsed: a code that no text has."""
_BREAKABLE = re.compile(rf"[^\S{NARROW}]+")
_NOTE = re.compile(r'<li id="fn:([^"\\<>]+)"')
"""A footnote as Markdown writes it; each text is asked for its notes several times, and a parser would take long."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of an element."""

    name: str
    """In small letters."""
    value: str
    """What it says, entities read; empty where it has no value."""
    written: str
    """The value as it stands in the text."""
    start: int
    """Where in the text that begins."""
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class Element:
    """The start of an element; lines and columns count from 1."""

    name: str
    """In small letters."""
    written: str
    """The whole tag as it stands in the text."""
    start: int
    line: int
    column: int

    @property
    def end(self) -> int:
        """Where its tag ends."""
        return self.start + len(self.written)

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Its attributes in order; of two with one name the first counts, as for browsers."""
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
        """Return the attribute `name`; None where it has none."""
        return next((each for each in self.attributes if each.name == name), None)

    def addresses(self) -> Iterator[Attribute]:
        """Yield every address among its attributes, each of several in one as an attribute of its own."""
        for each in self.attributes:
            if each.name in _ADDRESSES:
                yield each
            elif each.name in _SEVERAL:
                for found in _CANDIDATE.finditer(each.written):
                    url = found["url"]
                    yield Attribute(each.name, unescape(url), url, each.start + found.start("url"), each.quoted)


@dataclass(frozen=True, slots=True)
class End:
    """The end of an element."""

    name: str
    written: str
    """The whole tag; empty where the element's own tag ends it, as in ``<br/>``."""
    start: int


@dataclass(frozen=True, slots=True)
class Words:
    """Text between tags."""

    text: str
    start: int
    is_reference: bool = False
    """Whether it is a reference to a character, such as ``&amp;``, as it is written."""


Piece = Element | End | Words


class Places:
    """Lines and columns of a text, both from 1, and its offsets, from 0."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text
        self._first = first_line

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._text))]

    def __call__(self, offset: int) -> tuple[int, int]:
        """Return line and column of `offset`."""
        line = bisect_right(self._starts, offset)
        return self._first + line - 1, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a `line` and a `column`."""
        return self._starts[line - self._first] + column - 1


def elements(text: str, first_line: int = 1) -> list[Element]:
    """Return the start of every element in `text`, in order.

    Args:
        text: HTML, or Markdown in which code is blanked.
        first_line: number of its first line in the file.

    """
    if "<" not in text:
        return []
    end = text.rfind(">") + 1  # what is never closed is no tag, and would be read again for each of its signs
    return [each for each in _Reader(text[:end], first_line, references=False).found if isinstance(each, Element)]


def pieces(html: str, *, references: bool = False) -> list[Piece]:
    """Return all that `html` consists of, in order, but comments and the like.

    Args:
        html: all of a text.
        references: whether each reference to a character is a piece of its own, instead of that character.

    """
    return _Reader(html, 1, references=references).found


def said(html: str, *, in_code: bool = False) -> Iterator[str]:
    """Yield the words of `html` that stand in no code, or, if `in_code`, those that do."""
    depth = 0
    for piece in pieces(html):
        if isinstance(piece, Words):
            if bool(depth) == in_code:
                yield piece.text
        elif piece.name in _CODE:
            depth = depth + 1 if isinstance(piece, Element) else max(0, depth - 1)


def words_in(text: str) -> list[str]:
    """Return the words of `text`, each with the marks that no line's end may part from it."""
    return [word for word in _BREAKABLE.split(text) if word]


def one_line(text: str) -> str:
    """Return `text` with one blank for every run of them; narrow ones of French stay."""
    return " ".join(words_in(text))


def keeping_narrow(text: str, act: Callable[[str], str]) -> str:
    """Return what `act` makes of `text`, whose narrow blanks it would take for plain ones."""
    return act(text.replace(NARROW, _NO_LETTER)).replace(_NO_LETTER, NARROW)


def anchors(html: str) -> list[str]:
    """Return the name of every place in `html` that a link can lead to: ids, and names of ``<a>``."""
    return [
        attribute.value
        for each in elements(html)
        for attribute in each.attributes
        if attribute.name == "id" or (attribute.name == "name" and each.name == "a")
    ]


def addresses_in(srcset: str) -> list[str]:
    """Return the addresses in the value of ``srcset``, without their widths and densities."""
    return [found["url"] for found in _CANDIDATE.finditer(srcset)]


def canonical(page: str) -> str:
    """Return the address that the HTML of a whole `page` gives as its own; empty where it gives none."""
    for each in elements(page.partition("</head")[0]):
        rel, href = each.get("rel"), each.get("href")
        if each.name == "link" and rel and href and "canonical" in rel.value.lower().split():
            return href.value.strip()
    return ""


def with_encoded_addresses(html: str) -> str:
    """Return `html` with its addresses encoded where they hold blanks, as those of files whose names do; see RFC 3986.

    An address without a blank stays as it is.
    """
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
    """Tell whether every page has the place `fragment`: its top, or a text that the browser looks for."""
    return place_in(fragment).lower() in ("", "top")


def note_labels(html: str) -> list[str]:
    """Return the label of each footnote in `html`, as it is written there, in their order."""
    return _NOTE.findall(html)


def place_in(fragment: str) -> str:
    """Return the name of a place in a `fragment`, without what it says of a text to look for."""
    return fragment.partition(":~:")[0]


class _Reader(HTMLParser):
    """Gathers the pieces of one text."""

    def __init__(self, text: str, first_line: int, *, references: bool) -> None:
        super().__init__(convert_charrefs=not references)
        self.found: list[Piece] = []
        self._text, self._first = text, first_line
        self._places = Places(text)
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the library's form
        self._begin(tag)
        if tag in _WORDS_ALONE:
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
