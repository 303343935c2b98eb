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


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the name in `known` that is most like `name`, or None if none is alike."""
    by_fold = {fold(each): each for each in sorted(known, reverse=True)}
    close = difflib.get_close_matches(fold(name), sorted(by_fold), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


_SIGNS = {"+": "plus", "#": "sharp", "&": "and", "@": "at", "%": "percent", ".": "dot", "*": "star", "=": "equals"}


def spelled_out(name: str) -> str:
    """Return `name` with a word in the place of each sign that has one, such as ``C plus plus`` for ``C++``."""
    return " ".join("".join(f" {_SIGNS[each]} " if each in _SIGNS else each for each in name).split())
