"""Asking Markdown what the places of a text turn into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from ...htmltext import Element, Piece, Words, pieces
from ...values import dataclass

ToHtml = Callable[[str], str]
"""Turns Markdown into HTML."""

_TOKEN = re.compile(r"zq(\d+)q(\\?)-qz")
_CODE_SIGN = "\N{OBJECT REPLACEMENT CHARACTER}"
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_CODE = frozenset(("code", "pre", "script", "style", "textarea", "kbd", "samp", "math"))


@dataclass(frozen=True, slots=True)
class Trap:
    """Something that does not come out as its author meant; lines and columns count from 1."""

    kind: str
    line: int
    column: int
    what: str
    """The text there, and what Markdown made of it."""
    cure: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a token came out."""

    before: str
    """The text before it in its block, with one sign for each piece of code."""
    within: tuple[str, ...]
    """The elements around it, from the outermost."""
    classes: frozenset[str]
    """Their classes."""
    marked_up: bool
    """Whether Markdown looked at its place, which is neither code nor raw HTML."""

    @property
    def depth(self) -> int:
        """In how many items of lists it lies."""
        return self.within.count("li") + self.within.count("dd")

    @property
    def line(self) -> str:
        """The text before it in its line."""
        return self.before.rpartition("\n")[2].lstrip()


Outcomes = Mapping[int, Outcome]
"""What became of tokens, by the offsets in the text at which they were put."""


def _tells_nothing(_: Outcome, __: Outcomes) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Probe:
    """A place that Markdown is asked about."""

    at: int
    """Where in the text its token goes."""
    judge: Callable[[Outcome, Outcomes], Trap | None] = _tells_nothing
    """Returns what is to be told, if anything; its line and column do not count."""
    place: int | None = None
    """Where that is told, if not at the token."""
    once: int | None = None
    """What it has in common with others, of which the first alone is told."""

    @property
    def asks(self) -> bool:
        """Whether it may have something to tell."""
        return self.judge is not _tells_nothing


def trap(kind: str, what: str, cure: str) -> Trap:
    """Return something to be told, whose place is still to come."""
    return Trap(kind, 0, 0, what, cure)


def when(is_trap: Callable[[Outcome], bool], told: Trap) -> Callable[[Outcome, Outcomes], Trap | None]:
    """Return a judge that tells `told` of each token that came out so."""
    return lambda seen, _: told if is_trap(seen) else None


def outcomes(text: str, probes: Iterable[Probe], to_html: ToHtml) -> Outcomes:
    """Convert `text` with a token at each of the `probes`, and return what became of each that came out as text."""
    parts, done = [], 0
    # A backslash shows whether Markdown looked at the place: it takes it out of text, and leaves it in code and in HTML
    for at in sorted({probe.at for probe in probes}):
        parts += [text[done:at], rf"zq{at}q\-qz"]
        done = at
    reader = _Reader()
    for piece in pieces(to_html("".join([*parts, text[done:]]))):
        reader.take(piece)
    return reader.found


class _Reader:
    """Takes the tokens out of HTML."""

    def __init__(self) -> None:
        self.open: list[tuple[str, frozenset[str]]] = []
        self.before = ""
        self.found: dict[int, Outcome] = {}

    def take(self, piece: Piece) -> None:
        """Go on by one piece."""
        if isinstance(piece, Words):
            self._words(piece.text)
            return
        if piece.name in _BLOCKS:
            self.before = ""
        if isinstance(piece, Element):
            self.before += _CODE_SIGN if piece.name in _CODE else ""
            if piece.name not in _VOID:
                classes = piece.get("class")
                self.open.append((piece.name, frozenset(classes.value.split() if classes else ())))
        elif any(piece.name == name for name, _ in self.open):
            while self.open.pop()[0] != piece.name:
                pass

    def _words(self, words: str) -> None:
        within = tuple(name for name, _ in self.open)
        classes = frozenset().union(*(classes for _, classes in self.open))
        is_code = not _CODE.isdisjoint(within)
        done = 0
        for token in _TOKEN.finditer(words):
            self.before += "" if is_code else words[done : token.start()]
            self.found.setdefault(int(token[1]), Outcome(self.before, within, classes, not token[2] and not is_code))
            done = token.end()
        self.before += "" if is_code else words[done:]
