"""Normalizes language tags (BCP 47), and strings that carry a language tag."""

from __future__ import annotations

import re
from typing import Self

_TAG = re.compile(
    r"""
    [a-z]{2,3} (-[a-z]{3}){0,3}             # a language, extended by others
    (-[a-z]{4})?                            # a script
    (-([a-z]{2}|[0-9]{3}))?                 # a region
    (-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*    # variants
    (-[a-wyz0-9](-[a-z0-9]{2,8})+)*         # extensions
    (-x(-[a-z0-9]{1,8})+)?                  # a part for private use
    | x(-[a-z0-9]{1,8})+
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""The syntax of RFC 5646, section 2.1, without languages of four or more letters, since none are registered."""
_REGION = 2
_SCRIPT = 4


def tag_of(text: str) -> str | None:
    """Return the tag `text` in the case that RFC 5646, section 2.1.1, recommends (``pt-BR``); None if it is invalid."""
    if not _TAG.fullmatch(text):
        return None
    found: list[str] = []
    for part in text.lower().split("-"):
        if not found or any(len(each) == 1 for each in found):
            found.append(part)
        elif len(part) == _REGION:
            found.append(part.upper())
        else:
            found.append(part.title() if len(part) == _SCRIPT and part.isalpha() else part)
    return "-".join(found)


def language(text: str) -> str:
    """Return the normalized tag of `text`, or `text` itself if it is not a valid tag."""
    return tag_of(text) or text


def region_of(tag: str) -> str:
    """Return the two-letter region in `tag`; empty if it has none."""
    match = re.match(r"[a-z]+(?:-[A-Z][a-z]{3})?-([A-Z]{2})(?:-|$)", tag)
    return match[1] if match else ""


class LangString(str):
    """A string of plain text in another language than the site's; typesetting uses its language.

    It is equal to the plain string.
    """

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str = "") -> Self:
        """Return `text` with the language tag `lang`."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made


def in_language(text: str, lang: str, default: str) -> str:
    """Return `text` with the language `lang`, or unchanged if that is the site's language `default`."""
    return text if lang == default or not text else LangString(text, lang)


def lang_of(text: str, default: str) -> str:
    """Return the language of `text` if it is a `LangString`, else `default`."""
    return text.lang if isinstance(text, LangString) else default
