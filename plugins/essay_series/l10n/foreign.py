"""Words of one language on a page of another: marked with ``lang``, and set in their own direction.

By these marks a screen reader speaks them, and a browser sets and hyphenates them.
"""

from __future__ import annotations

from functools import cache
from html import escape
from unicodedata import bidirectional

from markupsafe import Markup

from .locale import Locale

_AGAINST = {"ltr": frozenset({"R", "AL"}), "rtl": frozenset({"L"})}
"""The classes of the Unicode bidirectional algorithm whose letters run against each direction."""


@cache
def direction(tag: str) -> str:
    """Return which way the language `tag` is set: ``ltr`` or ``rtl``."""
    return Locale(tag).direction


def of_page(tag: str) -> str:
    """Return the attributes of the root of a page in the language `tag`, a blank before each."""
    return f' lang="{escape(tag)}"' + (' dir="rtl"' if direction(tag) == "rtl" else "")


def attributes(tag: str, page: str) -> str:
    """Return the attributes of an element in the language `tag` on a page in `page`; empty where they are the same.

    An element with ``dir`` is isolated too: the text around it keeps its order.
    """
    turned = f' dir="{direction(tag)}"' if direction(tag) != direction(page) else ""
    return turned if tag == page else f' lang="{escape(tag)}"{turned}'


def marked(html: str, tag: str, page: str) -> str:
    """Return the words `html` of the language `tag` as they stand among others on a page in `page`.

    Words of the page's own language stay as they are, unless some of their letters run the other way.
    """
    if runs_against(html, direction(page)):
        lang = "" if tag == page else f' lang="{escape(tag)}"'
        return f'<bdi{lang} dir="{direction(tag)}">{html}</bdi>'
    told = attributes(tag, page)
    return f"<span{told}>{html}</span>" if told else html


def isolated(html: str, page: str) -> str:
    """Return the words `html`, such as a name, whose language is not known, as they stand on a page in `page`."""
    return f"<bdi>{html}</bdi>" if runs_against(html, direction(page)) else html


def runs_against(html: str, way: str) -> bool:
    """Tell whether a letter of the text in `html` runs against the direction `way`."""
    if way == "ltr" and html.isascii():
        return False
    return any(bidirectional(letter) in _AGAINST[way] for letter in Markup(html).striptags())
