"""Text in one language on a page in another → HTML with ``lang`` and ``dir``.

Screen readers need ``lang`` for the right pronunciation, and browsers for fonts and hyphenation.
"""

from __future__ import annotations

from functools import cache
from html import escape
from unicodedata import bidirectional

from markupsafe import Markup

from .locale import Locale

_AGAINST = {"ltr": frozenset({"R", "AL"}), "rtl": frozenset({"L"})}
"""For each direction, the bidirectional classes (UAX #9) of letters of the other one."""


@cache
def direction(tag: str) -> str:
    """Return the direction of the language `tag`: ``ltr`` or ``rtl``."""
    return Locale(tag).direction


def of_page(tag: str) -> str:
    """Return the attributes of the root element of a page in the language `tag`, with a space before each."""
    return f' lang="{escape(tag)}"' + (' dir="rtl"' if direction(tag) == "rtl" else "")


def attributes(tag: str, page: str) -> str:
    """Return the attributes of an element in the language `tag` on a page in the language `page`.

    Each has a space before it; for the same language there are none. ``dir`` isolates the element from its context, so
    that the surrounding text keeps its order.
    """
    other = f' dir="{direction(tag)}"' if direction(tag) != direction(page) else ""
    return other if tag == page else f' lang="{escape(tag)}"{other}'


def marked(html: str, tag: str, page: str) -> str:
    """Return the inline `html`, in the language `tag`, with the markup that it needs on a page in the language `page`.

    HTML in the language of the page stays the same, unless it has letters of the other direction.
    """
    if runs_against(html, direction(page)):
        lang = "" if tag == page else f' lang="{escape(tag)}"'
        return f'<bdi{lang} dir="{direction(tag)}">{html}</bdi>'
    needed = attributes(tag, page)
    return f"<span{needed}>{html}</span>" if needed else html


def isolated(html: str, page: str) -> str:
    """Return the inline `html` in an unknown language, such as a name, isolated if it runs against the page."""
    return f"<bdi>{html}</bdi>" if runs_against(html, direction(page)) else html


def runs_against(html: str, direction: str) -> bool:
    """Tell whether the text of `html` has a letter of the other direction than `direction`."""
    if direction == "ltr" and html.isascii():
        return False
    return any(bidirectional(letter) in _AGAINST[direction] for letter in Markup(html).striptags())
