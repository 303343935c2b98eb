"""The report of how the feeds of two folders differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..feeds.diff import Change


def report(found: Sequence[Change]) -> str:
    """Return `found` as an author reads it, a line each, with the sum below."""
    if not found:
        return "Subscribers would see nothing new."
    counts = Counter(change.kind for change in found)
    total = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    return "\n".join([*map(str, found), f"Altogether, over all feeds: {total}."])
