"""HTML → blocks: the text between two block tags, across inline tags, with the offset of each character in the HTML.

An inline element in another language is a block of its own too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field
from html import unescape

from ..htmltext import VOID, Element, End, Piece, Words, pieces
from ..l10n.tags import language
from ..values import dataclass
from .languages import is_english

INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("img", "ins", "kbd", "label", "mark", "math", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "svg", "time", "tt", "u", "var", "wbr"),
    )
)
"""Elements that do not end a block; every other one begins a new block."""
VERBATIM = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "tt"})
"""Elements whose text must not be changed."""
OBJECT = "\ufffc"
"""The character that represents an image in a block; it counts as a letter."""
Edit = tuple[int, int, str]
"""A replacement in the HTML: start and end offsets, and the new text."""
MARKER = "\N{WORD JOINER}"
"""The character that represents the text of a footnote mark or permalink, which is no part of the sentence."""
_MARKER_CLASSES = frozenset({"headerlink", "footnote-ref", "footnote-backref", "footnote-reference"})
_QUOTE = "&quot;"


@dataclass(slots=True)
class Block:
    """A run of text without block tags."""

    lang: str = ""
    text: str = ""
    starts: list[int] = field(default_factory=list)
    """The offset in `text` of each of its pieces."""
    places: list[int | None] = field(default_factory=list)
    """The offset in the HTML of each of its pieces; None for a piece that must not be changed."""
    references: set[int] = field(default_factory=set)
    """The offsets in `text` of quotation marks that are ``&quot;`` in the HTML."""

    def add(self, text: str, place: int | None) -> None:
        """Append a piece of text: what is between two tags or character references."""
        self.starts.append(len(self.text))
        self.places.append(place)
        self.text += text

    def place(self, at: int) -> int | None:
        """Return the offset in the HTML of the character at `at`; None if it must not be changed."""
        number = bisect_right(self.starts, at) - 1
        place = self.places[number]
        return None if place is None else place + at - self.starts[number]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the start and end in the HTML of the characters from `start` to `end`.

        None if they must not be changed, or are not in one piece.
        """
        if start == end:
            place, before = self.place(start), self.place(start - 1) if start else None
            if place is None and before is not None:
                place = before + self._width(start - 1)
            return None if place is None else (place, place)
        first, last = self.place(start), self.place(end - 1)
        if first is None or last is None or last - first != end - 1 - start:
            return None
        return first, last + self._width(end - 1)

    def _width(self, at: int) -> int:
        return len(_QUOTE) if at in self.references else 1


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element."""

    name: str
    lang: str
    is_other: bool
    """Whether its language differs from its parent's."""
    is_marker: bool = False


class _Reader:
    """Collects the blocks of one text."""

    def __init__(self, lang: str, *, references: bool) -> None:
        self.done: list[Block] = []
        self._lines = [Block(lang)]
        """The current block, followed by the blocks of open inline elements in other languages."""
        self._open: list[_Open] = []
        self._lang = lang
        self._references = references

    def read(self, piece: Piece) -> None:
        """Process the next piece of the HTML."""
        if isinstance(piece, Element):
            self._begin(piece)
        elif isinstance(piece, End):
            self._end(piece)
        else:
            self._add(piece)

    def close(self) -> list[Block]:
        """Return all blocks in the order of their ends."""
        self._new_block()
        return self.done

    def _begin(self, piece: Element) -> None:
        if piece.name not in INLINE:
            self._new_block()
        if piece.name == "img":
            self._lines[-1].add(OBJECT, None)
        if piece.name in VOID:
            return
        outer = self._current_lang()
        attribute = piece.get("lang")
        own = language(attribute.value) if attribute and attribute.value else outer
        is_other = own != outer and not (is_english(own) and is_english(outer))
        self._open.append(_Open(piece.name, own, is_other, _is_marker(piece)))
        if piece.name not in INLINE:
            self._lines = [Block(own)]
        elif is_other:
            self._lines.append(Block(own))

    def _end(self, piece: End) -> None:
        if piece.name in VOID or all(each.name != piece.name for each in self._open):
            if piece.written and piece.name not in INLINE:
                self._new_block()
            return
        while self._open:
            closed = self._open.pop()
            if closed.is_other and closed.name in INLINE and len(self._lines) > 1:
                self._join()
            if closed.name == piece.name:
                break
        if piece.written and piece.name not in INLINE:
            self._new_block()

    def _add(self, piece: Words) -> None:
        line = self._lines[-1]
        if self._references and any(each.is_marker for each in self._open) and not is_english(line.lang):
            line.add(MARKER, None)
            return
        if not piece.is_reference:
            verbatim = any(each.name in VERBATIM for each in self._open)
            line.add(piece.text, None if verbatim else piece.start)
            return
        is_mark = self._references and piece.text == _QUOTE
        if is_mark:
            line.references.add(len(line.text))
        line.add(unescape(piece.text)[:1], piece.start if is_mark else None)

    def _current_lang(self) -> str:
        return self._open[-1].lang if self._open else self._lang

    def _join(self) -> None:
        """End a block in another language, and add its text to the outer block, which must not change it."""
        inner = self._lines.pop()
        self.done.append(inner)
        for text in _parts(inner):
            self._lines[-1].add(text, None)

    def _new_block(self) -> None:
        while len(self._lines) > 1:
            self._join()
        self.done += self._lines
        self._lines = [Block(self._current_lang())]


def blocks(html: str, lang: str, *, references: bool = False) -> list[Block]:
    """Return the blocks of `html`.

    Args:
        html: a whole text.
        lang: its language (BCP 47), for elements without a ``lang`` attribute.
        references: whether ``&quot;`` may be changed as a quotation mark, and markers are no words.

    """
    reader = _Reader(lang, references=references)
    for piece in pieces(html, references=True):
        reader.read(piece)
    return reader.close()


def _is_marker(piece: Element) -> bool:
    classes = piece.get("class") if piece.name == "a" else None
    return classes is not None and not _MARKER_CLASSES.isdisjoint(classes.value.split())


def _parts(block: Block) -> Iterator[str]:
    ends: Sequence[int] = [*block.starts[1:], len(block.text)]
    return (block.text[start:end] for start, end in zip(block.starts, ends, strict=True))
