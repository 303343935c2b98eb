"""The marks of a text, set as its language has them before typogrify does the rest.

`blocks` reads HTML as the lines that readers see. In English, `english` sets the few marks that typogrify gets wrong;
in other languages, and in parts of a text that are marked with another language, `quotations` sets all: which mark
opens and which closes is told by `pairs`, what they look like by `languages`, and `french` knows its blanks. What is
set is left alone by typogrify, whose own habits are those of English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import english
from .blocks import Block, Edit, blocks
from .languages import is_english, quotes_of, steps_for

__all__ = ["is_english", "quotes_of", "set_marks", "steps_for"]

_OTHER_LANGUAGE = re.compile(r"<[^<>]*\slang\s*=", re.IGNORECASE)
_MARK = re.compile("[\"']|&quot;|---")
_FRENCH = re.compile("[;:!?«»‹›]")
_THREE_HYPHENS = re.compile("(?<!-)---(?!-)")
_DASH = "&#8212;"


def set_marks(html: str, lang: str = "en") -> str:
    """Return `html` with the marks set that typogrify would get wrong; equal to `html` where there are none.

    Args:
        html: a text, or a piece of it.
        lang: its language, a tag of BCP 47, where it does not say another.

    """
    is_mixed = "lang" in html.lower() and bool(_OTHER_LANGUAGE.search(html))
    if is_english(lang) and not is_mixed:
        if not english.suspicious(html):
            return html
    elif not _MARK.search(html) and not _FRENCH.search(html):
        return html
    parts: list[str] = []
    done = 0
    for start, end, mark in sorted(_edits(html, lang, is_mixed=is_mixed)):
        parts += (html[done:start], mark)
        done = end
    return "".join((*parts, html[done:]))


def _edits(html: str, lang: str, *, is_mixed: bool) -> Iterator[Edit]:
    by_library = is_english(lang)
    for block in blocks(html, lang, references=is_mixed or not by_library):
        yield from english.edits(block) if by_library and is_english(block.lang) else _all(block)
        yield from _dashes(block)


def _all(block: Block) -> Iterator[Edit]:
    from .quotations import edits  # noqa: PLC0415 - a site in English does without

    return edits(block)


def _dashes(block: Block) -> Iterator[Edit]:
    """Yield the dashes of three hyphens, of which typogrify leaves one."""
    for dash in _THREE_HYPHENS.finditer(block.text):
        if span := block.span(*dash.span()):
            yield *span, _DASH
