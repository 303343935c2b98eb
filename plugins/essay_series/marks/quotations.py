"""The marks of a line in any language: quotation marks, apostrophes, and the blanks that French has before marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import french
from .blocks import Block, Edit
from .languages import Quotes, quotes_of
from .pairs import Role, roles

_STRAIGHT = {'"': "&#34;", "'": "&#39;"}
"""How a mark is written so that typography leaves it alone."""
_PRIMES = {'"': "\N{DOUBLE PRIME}", "'": "\N{PRIME}"}
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


def edits(block: Block) -> Iterator[Edit]:
    """Yield what to change in the HTML of a line, all of whose straight marks are settled with that."""
    text, quotes = block.text, quotes_of(block.lang)
    marks = {at: sign for at, sign in enumerate(text) if sign in _STRAIGHT and _may_be_set(block, at)}
    if quotes is None:
        found: Mapping[int, Role] = dict.fromkeys(marks, "alone")
    else:
        found = roles(text, block.lang, marks, spaced=quotes.opening[-1].isspace()) if marks else {}
    for at, role in found.items():
        if span := block.span(*_with_blanks(block, at, role, quotes)):
            yield *span, _written(marks[at], role, quotes)
    if french.is_french(block.lang):
        yield from french.blanks(block, {at for at, role in found.items() if role.endswith(("open", "close"))})


def _may_be_set(block: Block, at: int) -> bool:
    return block.place(at) is not None and block.text[at - 1 : at] != "\\"


def _with_blanks(block: Block, at: int, role: Role, quotes: Quotes | None) -> tuple[int, int]:
    """Return where a mark stands, with the blanks that its author set on its inner side if the new mark has its own."""
    start, end, text = at, at + 1, block.text
    if quotes and role == "open" and quotes.opening[-1].isspace():
        while text[end : end + 1] in french.PLAIN_BLANKS:
            end += 1
    if quotes and role == "close" and quotes.closing[0].isspace():
        while start and text[start - 1] in french.PLAIN_BLANKS:
            start -= 1
    return (start, end) if block.span(start, end) else (at, at + 1)


def _written(mark: str, role: Role, quotes: Quotes | None) -> str:
    """Return a mark as it is written in HTML."""
    if role == "prime":
        return _PRIMES[mark]
    if role == "apostrophe":
        return _APOSTROPHE
    if role == "alone" or quotes is None:
        return _STRAIGHT[mark]
    return {
        "open": quotes.opening,
        "close": quotes.closing,
        "inner open": quotes.inner_opening,
        "inner close": quotes.inner_closing,
    }[role]
