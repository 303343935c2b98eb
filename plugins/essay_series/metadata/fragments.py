"""A sentence → the end of an address that leads to it (a text fragment, https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

from urllib.parse import quote

from ..htmltext import words_in

SHORT, ENDS = 6, 3
"""A sentence of more words than the first is named by so many of its first and of its last words."""


def text_fragment(sentence: str) -> str:
    """Return what, behind the address of a page, leads browsers to `sentence`; others go to the top of the page.

    The blank before a last word may be one that does not break, so the last word stands by itself.
    """
    words = words_in(sentence)
    if not words:
        return ""
    start, end = (words[:ENDS], words[-1:]) if len(words) > SHORT else (words[:-1], words[-1:])
    told = [" ".join(each) for each in (start, end) if each]
    return "#:~:text=" + ",".join(quote(each, safe="").replace("-", "%2D") for each in told)
