"""HTML as lines of text: what readers see between two block tags, across inline tags, with the place of each character.

Each part of a line that is marked as being in another language is a line of its own too.
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
"""Elements that do not end a line of text; every other one begins a new block."""
VERBATIM = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "tt"})
"""Elements whose text is left as it is."""
OBJECT = "\ufffc"
"""What an image counts as: one letter of its line."""
Edit = tuple[int, int, str]
"""What to put where in the HTML: start, end, text."""
SIGN = "\N{WORD JOINER}"
"""What the number of a note counts as, and the sign of a heading's link: nothing that words before it belong to."""
_SIGNS = frozenset({"headerlink", "footnote-ref", "footnote-backref", "footnote-reference"})
"""The classes of links that are such signs."""
_QUOTE = "&quot;"


@dataclass(slots=True)
class Block:
    """A run of text without a block's tag in it, as readers see it."""

    lang: str = ""
    text: str = ""
    starts: list[int] = field(default_factory=list)
    """Where each of its pieces starts in `text`."""
    places: list[int | None] = field(default_factory=list)
    """Where each of its pieces starts in the HTML; None for one that must not be changed."""
    references: set[int] = field(default_factory=set)
    """Which characters of `text` are quotation marks that the HTML writes as ``&quot;``."""

    def add(self, text: str, place: int | None) -> None:
        """Add a piece of text, which follows a tag or a reference or is the first."""
        self.starts.append(len(self.text))
        self.places.append(place)
        self.text += text

    def place(self, at: int) -> int | None:
        """Return where the character `at` lies in the HTML; None if it must not be changed."""
        number = bisect_right(self.starts, at) - 1
        place = self.places[number]
        return None if place is None else place + at - self.starts[number]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the characters from `start` to `end` lie in the HTML; None if they must not be changed."""
        if start == end:
            behind, before = self.place(start), self.place(start - 1) if start else None
            place = behind if behind is not None else None if before is None else before + self._width(start - 1)
            return None if place is None else (place, place)
        first, last = self.place(start), self.place(end - 1)
        if first is None or last is None or last - first != end - 1 - start:
            return None
        return first, last + self._width(end - 1)

    def _width(self, at: int) -> int:
        return len(_QUOTE) if at in self.references else 1


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is open: its language, and whether that differs from the language around it."""

    name: str
    lang: str
    is_other: bool
    is_sign: bool = False


class _Reader:
    """Gathers the blocks of one text."""

    def __init__(self, lang: str, *, references: bool) -> None:
        self.done: list[Block] = []
        self._lines = [Block(lang)]
        """The line that is being read, and within it those in other languages, the innermost last."""
        self._open: list[_Open] = []
        self._lang = lang
        self._references = references

    def read(self, piece: Piece) -> None:
        """Take the next piece of the HTML."""
        if isinstance(piece, Element):
            self._begin(piece)
        elif isinstance(piece, End):
            self._end(piece)
        else:
            self._add(piece)

    def close(self) -> list[Block]:
        """Return all blocks, in order of their ends."""
        self._new_block()
        return self.done

    def _begin(self, piece: Element) -> None:
        if piece.name not in INLINE:
            self._new_block()
        if piece.name == "img":
            self._lines[-1].add(OBJECT, None)
        if piece.name in VOID:
            return
        around = self._current()
        attribute = piece.get("lang")
        own = language(attribute.value) if attribute and attribute.value else around
        is_other = own != around and not (is_english(own) and is_english(around))
        self._open.append(_Open(piece.name, own, is_other, _is_sign(piece)))
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
        if self._references and any(each.is_sign for each in self._open) and not is_english(line.lang):
            line.add(SIGN, None)
            return
        if not piece.is_reference:
            verbatim = any(each.name in VERBATIM for each in self._open)
            line.add(piece.text, None if verbatim else piece.start)
            return
        is_mark = self._references and piece.text == _QUOTE
        if is_mark:
            line.references.add(len(line.text))
        line.add(unescape(piece.text)[:1], piece.start if is_mark else None)

    def _current(self) -> str:
        return self._open[-1].lang if self._open else self._lang

    def _join(self) -> None:
        """End a line in another language; the line around it has its words too, and leaves them as they are."""
        inner = self._lines.pop()
        self.done.append(inner)
        for text in _parts(inner):
            self._lines[-1].add(text, None)

    def _new_block(self) -> None:
        while len(self._lines) > 1:
            self._join()
        self.done += self._lines
        self._lines = [Block(self._current())]


def blocks(html: str, lang: str, *, references: bool = False) -> list[Block]:
    """Return the lines of `html`, which is in the language `lang` where it does not say another.

    Args:
        html: all of a text.
        lang: a tag of BCP 47.
        references: whether ``&quot;`` is a quotation mark that may be changed, and signs are told from words.

    """
    reader = _Reader(lang, references=references)
    for piece in pieces(html, references=True):
        reader.read(piece)
    return reader.close()


def _is_sign(piece: Element) -> bool:
    kinds = piece.get("class") if piece.name == "a" else None
    return kinds is not None and not _SIGNS.isdisjoint(kinds.value.split())


def _parts(block: Block) -> Iterator[str]:
    ends: Sequence[int] = [*block.starts[1:], len(block.text)]
    return (block.text[start:end] for start, end in zip(block.starts, ends, strict=True))
