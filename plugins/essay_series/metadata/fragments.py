"""A sentence → a text fragment: the end of a URL that leads to it (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

from urllib.parse import quote

from ..htmltext import words_in

SHORT, ENDS = 6, 3
"""A sentence of more than `SHORT` words is identified by its first `ENDS` words and its last one."""


def text_fragment(sentence: str) -> str:
    """Return the text fragment of `sentence`, which follows the URL of its page; empty without words.

    Browsers that do not support text fragments show the top of the page. The last word is a part of its own, since the
    space before it may be a no-break space on the page.
    """
    words = words_in(sentence)
    if not words:
        return ""
    start = words[:ENDS] if len(words) > SHORT else words[:-1]
    parts = [" ".join(each) for each in (start, words[-1:]) if each]
    return "#:~:text=" + ",".join(quote(each, safe="").replace("-", "%2D") for each in parts)
