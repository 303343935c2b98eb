"""Finds out how Markdown reads certain places of a text: puts tokens there and looks for them in the HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from ...htmltext import VOID, Element, Piece, Words, pieces
from ...marks.blocks import INLINE, VERBATIM
from ...values import dataclass
from ..comments import ToHtml

_TOKEN = re.compile(r"zq(\d+)q(\\?)-qz")
_CODE_SIGN = "\N{OBJECT REPLACEMENT CHARACTER}"
_WITHIN_BLOCK = INLINE | {"br"}


@dataclass(frozen=True, slots=True)
class Trap:
    """Markdown that is not rendered as its author meant it; lines and columns count from 1."""

    kind: str
    """The code under which it is reported."""
    line: int
    column: int
    what: str
    """The message: what is there, and how Markdown reads it."""
    cure: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The context of a token in the HTML."""

    before: str
    """The text before it in its block, with one placeholder for each code element."""
    within: tuple[str, ...]
    """The names of the elements around it, the outermost first."""
    classes: frozenset[str]
    """The classes of these elements."""
    marked_up: bool
    """Whether Markdown processed the text there, which it does neither in code nor in raw HTML."""

    @property
    def depth(self) -> int:
        """The number of list items around it."""
        return self.within.count("li") + self.within.count("dd")

    @property
    def line(self) -> str:
        """The text before it on its line."""
        return self.before.rpartition("\n")[2].lstrip()


Outcomes = Mapping[int, Outcome]
"""The outcome of each token, by the offset in the text at which it was put."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A place in a text whose rendering is examined."""

    at: int
    """The offset of its token in the text."""
    judge: Callable[[Outcome, Outcomes], Trap | None]
    """Returns the trap, without line and column, or None if there is none."""
    place: int | None = None
    """The offset at which the trap is reported, if it is not that of the token."""
    once: int | None = None
    """A key that several probes share if only the first trap among them is to be reported."""


def trap(kind: str, what: str, cure: str) -> Trap:
    """Return a trap whose line and column are not known yet."""
    return Trap(kind, 0, 0, what, cure)


def when(is_trap: Callable[[Outcome], bool], found: Trap) -> Callable[[Outcome, Outcomes], Trap | None]:
    """Return a `Probe.judge` that returns `found` if `is_trap` is true of the outcome."""
    return lambda seen, _: found if is_trap(seen) else None


def outcomes(text: str, probes: Iterable[Probe], to_html: ToHtml) -> Outcomes:
    """Convert `text` with a token at each of the `probes`; a token that is not in the HTML as text has no outcome."""
    parts, done = [], 0
    # Markdown removes the backslash in text that it processes, and leaves it in code and in raw HTML
    for at in sorted({probe.at for probe in probes}):
        parts += [text[done:at], rf"zq{at}q\-qz"]
        done = at
    reader = _Reader()
    for piece in pieces(to_html("".join([*parts, text[done:]]))):
        reader.take(piece)
    return reader.found


class _Reader:
    """Collects the outcomes of tokens from HTML."""

    def __init__(self) -> None:
        self.open: list[tuple[str, frozenset[str]]] = []
        self.before = ""
        self.found: dict[int, Outcome] = {}

    def take(self, piece: Piece) -> None:
        """Process the next piece of the HTML."""
        if isinstance(piece, Words):
            self._words(piece.text)
            return
        if piece.name not in _WITHIN_BLOCK:
            self.before = ""
        if isinstance(piece, Element):
            self.before += _CODE_SIGN if piece.name in VERBATIM else ""
            if piece.name not in VOID:
                classes = piece.get("class")
                self.open.append((piece.name, frozenset(classes.value.split() if classes else ())))
        elif any(piece.name == name for name, _ in self.open):
            while self.open.pop()[0] != piece.name:
                pass

    def _words(self, words: str) -> None:
        within = tuple(name for name, _ in self.open)
        classes = frozenset().union(*(classes for _, classes in self.open))
        is_code = not VERBATIM.isdisjoint(within)
        done = 0
        for token in _TOKEN.finditer(words):
            self.before += "" if is_code else words[done : token.start()]
            self.found.setdefault(int(token[1]), Outcome(self.before, within, classes, not token[2] and not is_code))
            done = token.end()
        self.before += "" if is_code else words[done:]
