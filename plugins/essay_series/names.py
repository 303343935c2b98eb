"""When two names that an author wrote are the same name, and which name was probably meant."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable


def fold(name: str) -> str:
    """Return what `name` is compared by: blind to case, spacing, hyphens and Unicode form.

    Marks count: ``C++`` and ``C#`` are two names, ``Let go`` and ``let-go`` are one.
    """
    return re.sub(r"[\s_-]+", "-", unicodedata.normalize("NFKC", name).casefold().strip())


def same_name(one: str, other: str) -> bool:
    """Tell whether an author who wrote `one` and `other` meant the same thing."""
    return fold(one) == fold(other)


_BEHIND_Z = {
    **dict.fromkeys(("sv", "fi"), "åäö"),
    **dict.fromkeys(("da", "nb", "nn", "no"), "æøå"),
}
"""Letters that are no others with a mark, in the order in which they follow z."""
_BESIDE = {"і": "и", "ї": "и", "є": "е", "ı": "i"}
"""Letters of Ukrainian and Turkish whose codes are far from those of their neighbours."""
SortKey = tuple[tuple[str, str], ...]


def sort_key(name: str, lang: str) -> SortKey:
    """Return what names in the language `lang` are sorted by, letter by letter; one with a mark follows the plain one.

    Unicode's own collation would need a table of megabytes, and one more for each language, for the one list of a site
    that is in the order of its titles; an author who wants another order can give one.
    """
    last = _BEHIND_Z.get(lang.partition("-")[0], "")
    return tuple((_plain_letter(each, last), each) for each in unicodedata.normalize("NFC", fold(name)))


def _plain_letter(letter: str, last: str) -> str:
    """Return the letter that another is one of, with a mark or a stroke; one that follows z comes behind it."""
    if letter.isascii():
        return letter
    if letter in last:
        return f"z{last.index(letter) + 1}"
    try:
        plain = unicodedata.lookup(unicodedata.name(letter, "").partition(" WITH ")[0])
    except KeyError:
        plain = letter
    return _BESIDE.get(letter) or unicodedata.normalize("NFD", plain)[0]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the name in `known` that is most like `name`, or None if none is alike."""
    by_fold = {fold(each): each for each in sorted(known, reverse=True)}
    close = difflib.get_close_matches(fold(name), sorted(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


_SIGNS = {"+": "plus", "#": "sharp", "&": "and", "@": "at", "%": "percent", ".": "dot", "*": "star", "=": "equals"}


def spelled_out(name: str) -> str:
    """Return `name` with a word in the place of each sign that has one, such as ``C plus plus`` for ``C++``."""
    return " ".join("".join(f" {_SIGNS[each]} " if each in _SIGNS else each for each in name).split())
