"""Finds fenced code blocks in Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

_FENCE = re.compile(r"^(?P<fence>`{3,}+|~{3,}+)(?P<info>[^`\n]*)$", re.MULTILINE)


def fenced_blocks(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each fenced code block, fences included, as Python-Markdown reads them.

    A block starts in the first column and ends at the next fence of the same length. A regular expression for the
    whole block would take quadratic time for fences that are never closed.
    """
    fences = list(_FENCE.finditer(text))
    closing: dict[str, list[int]] = defaultdict(list)
    for fence in fences:
        if not fence["info"].strip(" "):
            closing[fence["fence"]].append(fence.end())
    found: list[tuple[int, int]] = []
    done = -1
    for fence in fences:
        ends = closing[fence["fence"]]
        number = bisect_right(ends, fence.end())
        if fence.start() > done and number < len(ends):
            done = ends[number]
            found.append((fence.start(), done))
    return found
