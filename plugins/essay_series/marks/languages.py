"""The quotation marks of a language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

_NARROW = {"fr": "fr-x-altquot", "fr-ch": "fr-ch-x-altquot"}
"""Under which names docutils has the marks of French with narrow blanks."""
_CLDR = {"ar": "”“’‘", "fa": "«»‹›"}
"""What docutils lacks of our languages, as CLDR 47 has it; Babel hands on no quotation marks."""
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))


ENGLISH_HABITS = ("amp", "caps", "initial_quotes", "widont")
"""The steps of typogrify that are made for English: italic ampersands, small capitals of A to Z, short last words."""


class Quotes(NamedTuple):
    """The marks that open and close a quotation, and those of one within it; blanks that belong to them included."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


def is_english(lang: str) -> bool:
    """Tell whether `lang`, a tag of BCP 47, is English of any country."""
    return lang.lower().partition("-")[0] == "en"


def steps_for(lang: str, omitted: Iterable[str] = ()) -> dict[str, bool]:
    """Return which steps typogrify leaves out of a text in `lang`, as its arguments; `omitted` are left out of all."""
    return dict.fromkeys((*omitted, *(() if is_english(lang) else ENGLISH_HABITS)), False)


@cache
def quotes_of(lang: str) -> Quotes | None:
    """Return the marks of `lang`, a tag of BCP 47, from docutils' tables; None where they are not known."""
    from docutils.utils.smartquotes import smartchars  # noqa: PLC0415 - a site in English does without

    for name in _names(lang.lower()):
        if found := smartchars.quotes.get(_NARROW.get(name, name)) or _CLDR.get(name):
            return Quotes(*found)
    return None


def _names(lang: str) -> list[str]:
    """Return the names that the tables may have for a tag in small letters, the most exact first."""
    parts = lang.split("-")
    if parts[0] == "zh":
        return ["zh-tw" if _TRADITIONAL & {*parts} else "zh-cn"]
    region = next((part for part in parts[1:] if len(part) == 2 and part.isalpha()), "")  # noqa: PLR2004
    return [f"{parts[0]}-{region}", parts[0]] if region else [parts[0]]
