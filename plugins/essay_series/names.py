"""Compares, sorts and corrects names of series, plays and keys."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable


def fold(name: str) -> str:
    """Return `name` in the form in which names are compared: without differences of case, spacing and Unicode form.

    ``Let go`` and ``let-go`` are the same name, ``C++`` and ``C#`` are not.
    """
    return re.sub(r"[\s_-]+", "-", unicodedata.normalize("NFKC", name).casefold().strip())


def same_name(one: str, other: str) -> bool:
    """Tell whether `one` and `other` are the same name."""
    return fold(one) == fold(other)


_BEHIND_Z = {
    **dict.fromkeys(("sv", "fi"), "åäö"),
    **dict.fromkeys(("da", "nb", "nn", "no"), "æøå"),
}
"""Letters that are sorted after z, in order, by language."""
_BESIDE = {"і": "и", "ї": "и", "є": "е", "ı": "i"}
"""Letters that are sorted directly after another, although their code points are far apart."""
SortKey = tuple[tuple[str, str], ...]


def sort_key(name: str, lang: str) -> SortKey:
    """Return the sort key of a name in the language `lang`; a letter with a diacritic follows the plain letter.

    The Unicode Collation Algorithm would need tables of several megabytes, for the one list that is sorted by title.
    An author who wants another order can set ``Order``.
    """
    last = _BEHIND_Z.get(lang.partition("-")[0], "")
    return tuple((_plain_letter(each, last), each) for each in unicodedata.normalize("NFC", fold(name)))


def _plain_letter(letter: str, last: str) -> str:
    """Return `letter` without its diacritic or stroke; a letter of `last` gets a key after "z"."""
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
    """Return the name in `known` that is most similar to `name`; None if none is similar."""
    by_fold = {fold(each): each for each in sorted(known, reverse=True)}
    close = difflib.get_close_matches(fold(name), sorted(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str], otherwise: str, form: str = "{}") -> str:
    """Return a hint that suggests the name in `known` most similar to `name`, written as `form`.

    `otherwise` is the hint if none is similar.
    """
    near = nearest(name, known)
    return f'Did you mean "{form.format(near)}"?' if near else otherwise


def one_of(names: Iterable[str]) -> str:
    """Return the sorted `names`, separated by commas, for a sentence; "none yet" without any."""
    return ", ".join(sorted(names)) or "none yet"


_SIGNS = {"+": "plus", "#": "sharp", "&": "and", "@": "at", "%": "percent", ".": "dot", "*": "star", "=": "equals"}


def spelled_out(name: str) -> str:
    """Return `name` with symbols replaced by words, such as ``C plus plus`` for ``C++``."""
    return " ".join("".join(f" {_SIGNS[each]} " if each in _SIGNS else each for each in name).split())
