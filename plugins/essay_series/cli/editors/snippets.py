"""Snippets for VS Code and its kin: the header of each kind of file, and each key, in the form without ``---``."""

from __future__ import annotations

import re
from typing import Any

from ...model import DRAFT
from ...sources.frontmatter import KEYS, Key, Kind
from .vocabulary import Vocabulary, offered

TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
HEADERS: dict[Kind, tuple[str, ...]] = {
    "essay": ("Title", "Date", "Status", "Series", "Side", "Entry", "Answers", "Tags", "Summary"),
    "series": ("Title", "Status", "Planned", "Summary"),
    "play": ("Title", "Status", "Order", "Related", "Summary"),
    "page": ("Title", "Summary"),
}
"""The keys that most files of a kind have."""
_CHOICE_MARK, _TEXT_MARK = re.compile(r"[\\,|]"), re.compile(r"[\\$}]")


def snippets(names: Vocabulary) -> dict[str, Any]:
    """Return the snippets: type ``essay`` for a whole header, ``key-answers`` for one line."""
    found = {f"{kind} header": _header(kind, keys, names) for kind, keys in HEADERS.items()}
    for key in KEYS:
        prefix = f"key-{key.name.lower()}"
        found.setdefault(prefix, _snippet(prefix, key.meaning, [f"{key.name}: {_place(key, 1, names)}"]))
    return found


def _header(kind: Kind, wanted: tuple[str, ...], names: Vocabulary) -> dict[str, Any]:
    keys = {key.name: key for key in KEYS if kind in key.kinds}
    lines = [f"{name}: {_place(keys[name], number, names)}" for number, name in enumerate(wanted, start=1)]
    return _snippet(kind, f"the header of a new {kind}; remove the lines that it does not need", [*lines, "", "$0"])


def _snippet(prefix: str, description: str, body: list[str]) -> dict[str, Any]:
    return {"scope": "markdown", "prefix": prefix, "description": description, "body": body}


def _place(key: Key, number: int, names: Vocabulary) -> str:
    """Return the place that the author fills: today, a number, a known word, or what no build publishes."""
    if key.type == "date":
        return TODAY
    if key.type == "number":
        return f"${{{number}:10}}"
    known = offered(key, names)
    if key.name == "Status":
        known = (DRAFT, *(word for word in known if word != DRAFT))
    if known:
        words = ",".join(_CHOICE_MARK.sub(_escaped, word) for word in known)
        return f"${{{number}|{words}|}}"
    filler = _TEXT_MARK.sub(_escaped, key.filler)
    return f"${{{number}:{filler}}}"


def _escaped(mark: re.Match[str]) -> str:
    return f"\\{mark[0]}"
