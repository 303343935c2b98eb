"""What of a text's HTML other pages and feeds may depend on: all its elements but those that only carry words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .store import digest_of_all

# A pattern, since an edit is put in between tags byte for byte, and whatever is no tag must count as one
_TAG = re.compile(r"""<!--.*?-->|<(?:"[^"]*"|'[^']*'|[^'"<>])*>|<[^<]*""", re.DOTALL)
_PLAIN = re.compile(
    r"</?(?:p|em|strong|b|i|q|cite|del|ins|sub|sup|br|hr|ul|ol|li|blockquote|code)\s*/?>"
    r"""|<span class="(?:caps|amp|dquo|quo)">|</span>"""
)
"""Tags that carry words and nothing else."""


def bones(html: str) -> list[str]:
    """Return every tag of `html` that carries more than words, in their order; what is no tag is taken for one.

    Two texts of the same bones differ in words alone: they have the same links, notes, images, headings and styles.
    """
    return [tag for tag in _TAG.findall(html) if not _PLAIN.fullmatch(tag)]


def digest_of_bones(html: str) -> str:
    """Return what stands for the bones of `html`."""
    return digest_of_all(bones(html))


def clothed(html: str, others: Sequence[str]) -> str | None:
    """Return `html` with `others` in the place of its bones, in their order; None if they are not as many."""
    pieces: list[str] = []
    at = number = 0
    for tag in _TAG.finditer(html):
        if _PLAIN.fullmatch(tag[0]):
            continue
        if number == len(others):
            return None
        pieces += [html[at : tag.start()], others[number]]
        at, number = tag.end(), number + 1
    return "".join([*pieces, html[at:]]) if number == len(others) else None


def digest_if_words_alone(read: str, shown: str) -> str:
    """Return what stands for the bones of `read`, if `shown` was made of it by changing its bones alone; else empty.

    Args:
        read: a text as Markdown and typography made it.
        shown: the same as pages show it, with its links settled.

    """
    return digest_of_bones(read) if clothed(read, bones(shown)) == shown else ""
