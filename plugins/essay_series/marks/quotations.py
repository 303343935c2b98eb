"""A block of text in any language → edits of its quotation marks and apostrophes, and of the spaces of French."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import french
from .blocks import Block, Edit
from .languages import Quotes, quotes_of
from .pairs import Role, roles

_STRAIGHT = {'"': "&#34;", "'": "&#39;"}
"""Character references of straight marks, which typogrify does not change."""
_PRIMES = {'"': "\N{DOUBLE PRIME}", "'": "\N{PRIME}"}
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


def edits(block: Block) -> Iterator[Edit]:
    """Yield an edit of every straight mark of `block`, and of the spaces of French."""
    text, quotes = block.text, quotes_of(block.lang)
    marks = {at: sign for at, sign in enumerate(text) if sign in _STRAIGHT and _may_be_set(block, at)}
    if quotes is None:
        found: Mapping[int, Role] = dict.fromkeys(marks, "alone")
    else:
        found = roles(text, block.lang, marks, spaced=quotes.opening[-1].isspace()) if marks else {}
    for at, role in found.items():
        if span := block.span(*_with_spaces(block, at, role, quotes)):
            yield *span, _written(marks[at], role, quotes)
    if french.is_french(block.lang):
        yield from french.spaces(block, {at for at, role in found.items() if role.endswith(("open", "close"))})


def _may_be_set(block: Block, at: int) -> bool:
    return block.place(at) is not None and block.text[at - 1 : at] != "\\"


def _with_spaces(block: Block, at: int, role: Role, quotes: Quotes | None) -> tuple[int, int]:
    """Return the span of a mark, including the author's spaces on its inner side if the new mark has its own."""
    start, end, text = at, at + 1, block.text
    if quotes and role == "open" and quotes.opening[-1].isspace():
        while text[end : end + 1] in french.PLAIN_SPACES:
            end += 1
    if quotes and role == "close" and quotes.closing[0].isspace():
        while start and text[start - 1] in french.PLAIN_SPACES:
            start -= 1
    return (start, end) if block.span(start, end) else (at, at + 1)


def _written(mark: str, role: Role, quotes: Quotes | None) -> str:
    """Return the HTML of a mark."""
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
