"""A block of French text → edits that set narrow no-break spaces before ``;:!?`` and inside guillemets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from ..htmltext import NARROW
from .blocks import Block, Edit

PLAIN_SPACES = frozenset(" \t\n")
"""Spaces that are replaced; an author who uses any other space means it."""
_BEFORE = re.compile(r"(?P<blank>[ \t\n]*)(?P<mark>[;:](?=[\s\"'»”’\u2060]|$)|[!?]+(?=[\s\"'»”’)\]….,;:\u2060]|$))")
_AFTER_OPENING = re.compile(r"(?<=[«‹])[ \t\n]?(?=\S)")
_BEFORE_CLOSING = re.compile(r"(?<=\S)[ \t\n]?(?=[»›])")
_OPENING = frozenset("([{«‹“‘¿¡" + NARROW + "\N{NO-BREAK SPACE}")
_OF_ADDRESS = re.compile(r"://|@|www\.")


def is_french(lang: str) -> bool:
    """Tell whether the tag `lang` (BCP 47) is French of any region."""
    return lang.lower().partition("-")[0] == "fr"


def spaces(block: Block, marks: AbstractSet[int]) -> Iterator[Edit]:
    """Yield the edits that insert a narrow no-break space, or put one in the place of plain spaces.

    In Canada there is none before ``;``, ``!`` and ``?``, so only spaces that the author typed there become narrow.

    Args:
        block: the text.
        marks: the offsets of its straight quotation marks, which are replaced together with their spaces.

    """
    text, is_canadian = block.text, "-ca" in block.lang.lower()
    for found in _BEFORE.finditer(text):
        blank, mark = found["blank"], found["mark"]
        before = text[found.start() - 1 : found.start()]
        if not before or before in _OPENING or before.isspace():
            continue
        if not blank and (before in ";:!?" or _is_address(text, found.start())):
            continue
        if (blank or mark == ":" or not is_canadian) and block.place(found.start("mark")) is not None:
            yield from _narrow(block, *found.span("blank"))
    for inside in (_AFTER_OPENING, _BEFORE_CLOSING):
        for found in inside.finditer(text):
            if not found[0] and (text[found.start() - 1].isspace() or text[found.end()].isspace()):
                continue
            if not {found.start() - 1, found.end()} & marks:
                yield from _narrow(block, *found.span())


def _is_address(text: str, end: int) -> bool:
    """Tell whether the word that ends at `end` is a URL or e-mail address."""
    return bool(_OF_ADDRESS.search(text[:end].rsplit(None, 1)[-1]))


def _narrow(block: Block, start: int, end: int) -> Iterator[Edit]:
    if span := block.span(start, end):
        yield *span, NARROW
