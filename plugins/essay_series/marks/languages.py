"""Language tag → its quotation marks, and the steps of typogrify that fit it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

_NARROW = {"fr": "fr-x-altquot", "fr-ch": "fr-ch-x-altquot"}
"""The names of docutils for the French marks with narrow spaces."""
_CLDR = {"ar": "”“’‘", "fa": "«»‹›"}
"""Marks of CLDR 47 for languages that docutils lacks; Babel does not provide them."""
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))


ENGLISH_HABITS = ("amp", "caps", "initial_quotes", "widont")
"""The steps of typogrify that fit English only: styled ampersands, capitals and initial quotes, and widows."""


class Quotes(NamedTuple):
    """The marks of a quotation, and of a quotation within it, with the spaces that belong to them."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


def is_english(lang: str) -> bool:
    """Tell whether the tag `lang` (BCP 47) is English of any region."""
    return lang.lower().partition("-")[0] == "en"


def steps_for(lang: str, omitted: Iterable[str] = ()) -> dict[str, bool]:
    """Return arguments of typogrify that switch off `omitted` steps, and those that do not fit the language `lang`."""
    return dict.fromkeys((*omitted, *(() if is_english(lang) else ENGLISH_HABITS)), False)


@cache
def quotes_of(lang: str) -> Quotes | None:
    """Return the marks of the language `lang` (BCP 47), from the tables of docutils; None if they are not known."""
    from docutils.utils.smartquotes import smartchars  # noqa: PLC0415 - sites in English do not need it

    for name in _names(lang.lower()):
        if found := smartchars.quotes.get(_NARROW.get(name, name)) or _CLDR.get(name):
            return Quotes(*found)
    return None


def _names(lang: str) -> list[str]:
    """Return the names that the tables may have for a lower-case tag, the most specific first."""
    parts = lang.split("-")
    if parts[0] == "zh":
        return ["zh-tw" if _TRADITIONAL & {*parts} else "zh-cn"]
    region = next((part for part in parts[1:] if len(part) == 2 and part.isalpha()), "")  # noqa: PLR2004
    return [f"{parts[0]}-{region}", parts[0]] if region else [parts[0]]
