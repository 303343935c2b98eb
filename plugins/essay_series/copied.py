"""Source → its text as others may take it: Markdown whose links work anywhere, without what only its author may see."""

from __future__ import annotations

import re
from collections.abc import Callable

from .frontmatter import Source
from .markup import references, without_code

Resolve = Callable[[str], str]
"""Returns the whole address of what a link or an image in the source names."""

_PROMISE = re.compile(r"<span\b[^<>]*\sdata-promise\b[^<>]*>(.*?)</span>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def text_of(source: Source, resolve: Resolve) -> str:
    """Return the text of `source` with its links resolved, without comments and marks of promises."""
    lines = source.body.split("\n")
    found = sorted(references(source.body), key=lambda each: each.target_at, reverse=True)
    for reference in found:
        row, column = reference.target_at[0] - 1, reference.target_at[1] - 1
        line = lines[row] if row >= 0 else ""
        if reference.target and line.startswith(reference.target, column):
            lines[row] = line[:column] + resolve(reference.target) + line[column + len(reference.target) :]
    text = _PROMISE.sub(r"\1", "\n".join(lines))
    return _without(text, _comments(text)).strip() + "\n"


def _comments(text: str) -> list[tuple[int, int]]:
    """Return where comments stand in `text`; what looks like one in code is none."""
    if "<!--" not in text:
        return []
    shown = without_code(text.replace("<!--", "\0\0\0\0"))
    return [match.span() for match in _COMMENT.finditer(text) if shown[match.start()] == "\0"]


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text
