"""HTML → HTML with the quotation marks and apostrophes of its language, which typogrify then leaves alone.

`blocks` splits HTML into blocks of text. In English, `english` sets the few marks that typogrify gets wrong. In other
languages, and in elements with a ``lang`` of their own, `quotations` sets all of them: `pairs` finds out which mark
opens and which closes, `languages` has the marks of each language, and `french` sets the spaces of French.
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
    """Return `html` with the marks set that typogrify would get wrong; unchanged if there are none.

    Args:
        html: a text or a fragment of one.
        lang: its language (BCP 47), for elements without a ``lang`` attribute.

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
    from .quotations import edits  # noqa: PLC0415 - sites in English do not need it

    return edits(block)


def _dashes(block: Block) -> Iterator[Edit]:
    """Yield an em dash for three hyphens, which typogrify would turn into a dash and a hyphen."""
    for dash in _THREE_HYPHENS.finditer(block.text):
        if span := block.span(*dash.span()):
            yield *span, _DASH
