"""What is counted in the text of an essay, once its page is made."""

from __future__ import annotations

import re
from html import unescape

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction by adults (Brysbaert 2019, a review of 190 studies)."""


_NOTE = re.compile(r'<li id="fn:([^"\\<>]+)"')
"""A footnote as Markdown writes it; each text is asked for its notes several times, and a parser would take long."""


def note_labels(html: str) -> list[str]:
    """Return the label of each footnote in `html`, as it is written there, in their order."""
    return _NOTE.findall(html)


def note_marks(html: str) -> tuple[str, ...]:
    """Return the ids of the first mark of each footnote in `html`, in the order of the footnotes."""
    return tuple(f"fnref:{label}" for label in note_labels(html))


def reading_minutes(html: str) -> int:
    """Return how many minutes a reader needs for `html`, at least one."""
    words = len(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    return max(1, round(words / WORDS_A_MINUTE))
