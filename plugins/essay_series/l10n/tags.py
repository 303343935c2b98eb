"""Tags of languages (BCP 47), each written in one way whatever its author wrote, and texts that know their language."""

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
"""The syntax of RFC 5646, section 2.1, without the languages of four letters and more, of which there is none."""
_REGION = 2
_SCRIPT = 4


def tag_of(text: str) -> str | None:
    """Return `text` in the form of RFC 5646, section 2.1.1, such as ``pt-BR``; None where it is no such tag."""
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
    """Return the tag that `text` is, or `text` itself where it is none."""
    return tag_of(text) or text


def region_of(tag: str) -> str:
    """Return the country that `tag` names by two letters; empty where it names none."""
    match = re.match(r"[a-z]+(?:-[A-Z][a-z]{3})?-([A-Z]{2})(?:-|$)", tag)
    return match[1] if match else ""


class LangString(str):
    """A plain text that is in another language than the site, and says in which.

    It is the very same text as one without a language; only what typesets it asks.
    """

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str = "") -> Self:
        """Return `text` in the language `lang`, a tag of BCP 47."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made


def in_language(text: str, lang: str, default: str) -> str:
    """Return `text` as one that knows its language `lang`, where that is not the site's `default`."""
    return text if lang == default or not text else LangString(text, lang)


def lang_of(text: str, default: str) -> str:
    """Return the language that `text` knows itself to be in, or else `default`."""
    return text.lang if isinstance(text, LangString) else default
