"""Quotation marks and apostrophes that typogrify gets wrong, set before it runs.

typogrify (by way of smartypants) looks at one text between two tags at a time, so it takes the mark in
``<em>Herald</em>'s`` for one that opens a quotation. It also opens one before a decade (``the '90s``) and an
elision (``'Tis``), closes one after a dash (``he said--"now"``), and leaves a hyphen of three (``Who---``). Here a
block is read as its readers see it, across its inline tags. Only the marks named above are set, as the entities that
typogrify writes; all others are left to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from .htmltext import Element, End, pieces

_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("img", "ins", "kbd", "label", "mark", "math", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "svg", "time", "tt", "u", "var", "wbr"),
    )
)
"""Elements that do not end a line of text; every other one begins a new block."""
_VERBATIM = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "tt"})
"""Elements whose text is left as it is."""
_OBJECT = "\ufffc"
"""What an image counts as: one letter of its line."""

_SURE = "tisn?|twasn?|tweren?|twill|twouldn?|twixt|tween|neath|nuff|nother|em|til"
_LIKELY = "bout|cause|cept|cos|fore|fraid|gainst|kay|mongst|midst|round|scuse|stead|till"
_AND = "roll|bass|chips|cheese|roses|match|shop|tell"
"""What follows an ``'n'`` that means *and*, as in ``rock 'n' roll``."""
_DASH = "[\u2013\u2014]|--+"

_SUSPECTS = (
    ("</", re.compile(r"</[a-zA-Z]+>['\"]")),
    ("<", re.compile(r"<(?<=[^\s>(\[{]<)[a-zA-Z][^<>]*>'")),
    ("<img", re.compile(r"<img[^<>]*>['\"]")),
    ("'", re.compile(rf"'(?<!\w')(?:\d\d|n\b|(?:{_SURE}|{_LIKELY})\b)", re.IGNORECASE)),
    ("---", re.compile("---")),
    ("--", re.compile(r"--(?:</?[a-zA-Z][^<>]*>)*['\"]")),
    ("\u2013", re.compile("\u2013(?:</?[a-zA-Z][^<>]*>)*['\"]")),
    ("\u2014", re.compile("\u2014(?:</?[a-zA-Z][^<>]*>)*['\"]")),
    ("&", re.compile(r"&(?:#821[12]|#x201[34]|[nm]dash);(?:</?[a-zA-Z][^<>]*>)*['\"]")),
)
"""What a text must hold to be looked at more closely, each with a string that is quickly found."""

_MARK = re.compile("['\"]")
_DECADE = re.compile(r"(?<!\w)'(?=\d\ds\b)")
_YEAR = re.compile(r"(?<!\w)'(?=\d\d\b(?!s))")
_N = re.compile(rf"(?<!\w)'(?=n(?:'\s+(?:{_AND})\b|(?![\w'])))")
_AFTER_N = re.compile(rf"(?<=(?<!\w)'n)'(?=\s+(?:{_AND})\b)")
_ELISION = re.compile(rf"(?<!\w)'(?=(?:{_SURE})(?!\w)(?!'(?!\w)))", re.IGNORECASE)
_MAYBE_ELISION = re.compile(rf"(?<!\w)'(?=(?:{_LIKELY})(?!\w)(?!'(?!\w)))", re.IGNORECASE)
_CLOSING = re.compile(r"(?<=[^\s(\[{])'(?!\w)")
_AFTER_DASH = re.compile(rf"(?:{_DASH})(?P<marks>['\"]+)")
_THREE = re.compile("(?<!-)---(?!-)")
_MARKS = {("'", True): "&#8216;", ("'", False): "&#8217;", ('"', True): "&#8220;", ('"', False): "&#8221;"}


def set_marks(html: str) -> str:
    """Return `html` with the marks set that typogrify would get wrong; equal to `html` where there are none."""
    if not any(sign in html and pattern.search(html) for sign, pattern in _SUSPECTS):
        return html
    parts: list[str] = []
    done = 0
    for start, end, entity in sorted(each for block in _blocks(html) for each in block.settled()):
        parts += (html[done:start], entity)
        done = end
    return "".join((*parts, html[done:]))


@dataclass(slots=True)
class _Block:
    """A run of text without a block's tag in it, as readers see it."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    """Where each of its pieces starts in `text`."""
    places: list[int | None] = field(default_factory=list)
    """Where each of its pieces starts in the HTML; None for one that must not be changed."""

    def add(self, text: str, place: int | None) -> None:
        """Add a piece of text, which follows a tag or a reference or is the first."""
        self.starts.append(len(self.text))
        self.places.append(place)
        self.text += text

    def settled(self) -> Iterator[tuple[int, int, str]]:
        """Yield what to put where in the HTML."""
        for at, opens in self._marks().items():
            place = self._place(at)
            if place is not None:
                yield place, place + 1, _MARKS[self.text[at], opens]
        for dash in _THREE.finditer(self.text):
            place = self._place(dash.start())
            if place is not None and self._place(dash.end() - 1) == place + 2:
                yield place, place + 3, "&#8212;"

    def _place(self, at: int) -> int | None:
        """Return where the character `at` lies in the HTML; None if it must not be changed."""
        number = bisect_right(self.starts, at) - 1
        place = self.places[number]
        return None if place is None else place + at - self.starts[number]

    def _ends_at_tag(self, start: int) -> bool:
        """Tell whether a piece of text begins with a mark that belongs to the text before its tag."""
        text = self.text
        if not _MARK.match(text, start) or not _closes(text, start):
            return False
        return text[start] == "'" or not _is_word(text, start + 1)

    def _marks(self) -> dict[int, bool]:
        """Return which marks of the text are set here, and whether each opens a quotation."""
        text = self.text
        found = {start: False for start in self.starts[1:] if self._ends_at_tag(start)}
        for match in _AFTER_DASH.finditer(text):
            found |= dict.fromkeys(range(*match.span("marks")), _is_word(text, match.end()))
        for pattern in (_DECADE, _N, _AFTER_N, _ELISION):
            found |= {match.start(): False for match in pattern.finditer(text)}
        last_closing = max((match.start() for match in _CLOSING.finditer(text)), default=-1)
        for pattern in (_YEAR, _MAYBE_ELISION):
            found |= {match.start(): False for match in pattern.finditer(text) if match.end() > last_closing}
        beside = {at - 1 for at in found if at and _MARK.match(text, at - 1)} - found.keys()
        return found | {at: not _closes(text, at) for at in beside}


def _is_word(text: str, at: int) -> bool:
    return text[at : at + 1].isalnum() or text[at : at + 1] == _OBJECT


def _closes(text: str, at: int) -> bool:
    """Tell whether the mark at `at` ends a quotation or is an apostrophe, by what stands before it."""
    while at and text[at - 1] in "'\"":
        at -= 1
    return at > 0 and not text[at - 1].isspace() and text[at - 1] not in "([{<-\u2013\u2014\u2018\u201c"


def _blocks(html: str) -> list[_Block]:
    """Return the blocks of `html`, in order."""
    blocks = [_Block()]
    verbatim: list[str] = []
    for piece in pieces(html, references=True):
        if isinstance(piece, Element):
            _begin_block_at(piece.name, blocks)
            if piece.name in _VERBATIM:
                verbatim.append(piece.name)
            if piece.name == "img":
                blocks[-1].add(_OBJECT, None)
        elif isinstance(piece, End):
            if piece.name in verbatim:
                verbatim.remove(piece.name)
            if piece.written:
                _begin_block_at(piece.name, blocks)
        elif piece.is_reference:
            blocks[-1].add(unescape(piece.text)[:1], None)
        else:
            blocks[-1].add(piece.text, None if verbatim else piece.start)
    return blocks


def _begin_block_at(tag: str, blocks: list[_Block]) -> None:
    if tag not in _INLINE:
        blocks.append(_Block())
