"""Snippets for VS Code and similar editors: a header for each kind of file, and a line for each key."""

from __future__ import annotations

import re
from typing import Any

from ...model import DRAFT
from ...sources.keys import KEYS, Key, Kind
from .vocabulary import Vocabulary, offered

TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
HEADERS: dict[Kind, tuple[str, ...]] = {
    "essay": ("Title", "Date", "Status", "Series", "Side", "Entry", "Answers", "Tags", "Summary"),
    "series": ("Title", "Status", "Planned", "Summary"),
    "play": ("Title", "Status", "Order", "Related", "Summary"),
    "page": ("Title", "Summary"),
}
"""The usual keys of each kind of file."""
_SPECIAL_IN_CHOICES, _SPECIAL_IN_TEXT = re.compile(r"[\\,|]"), re.compile(r"[\\$}]")


def snippets(names: Vocabulary) -> dict[str, Any]:
    """Return the snippets, by name; ``essay`` expands to a header, ``key-answers`` to one line."""
    found = {f"{kind} header": _header(kind, keys, names) for kind, keys in HEADERS.items()}
    for key in KEYS:
        prefix = f"key-{key.name.lower()}"
        found.setdefault(prefix, _snippet(prefix, key.meaning, [f"{key.name}: {_placeholder(key, 1, names)}"]))
    return found


def _header(kind: Kind, names_of_keys: tuple[str, ...], names: Vocabulary) -> dict[str, Any]:
    keys = {key.name: key for key in KEYS if kind in key.kinds}
    lines = [f"{name}: {_placeholder(keys[name], number, names)}" for number, name in enumerate(names_of_keys, start=1)]
    return _snippet(kind, f"the header of a new {kind}; remove the lines that it does not need", [*lines, "", "$0"])


def _snippet(prefix: str, description: str, body: list[str]) -> dict[str, Any]:
    return {"scope": "markdown", "prefix": prefix, "description": description, "body": body}


def _placeholder(key: Key, number: int, names: Vocabulary) -> str:
    """Return a placeholder for the value of `key`, such as today or a choice of known names.

    `number` is the position of the placeholder in the snippet, from 1.
    """
    if key.type == "date":
        return TODAY
    if key.type == "number":
        return f"${{{number}:10}}"
    known = offered(key, names)
    if key.name == "Status":
        known = (DRAFT, *(name for name in known if name != DRAFT))
    if known:
        choices = ",".join(_SPECIAL_IN_CHOICES.sub(r"\\\g<0>", name) for name in known)
        return f"${{{number}|{choices}|}}"
    filler = _SPECIAL_IN_TEXT.sub(r"\\\g<0>", key.filler)
    return f"${{{number}:{filler}}}"
