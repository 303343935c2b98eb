"""The feeds of a folder, and the report of how those of two folders differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..feeds.diff import Change


def feeds_in(folder: Path) -> Mapping[str, bytes]:
    """Return every file below `folder` that may be a feed, by its path in the folder; none if there is no folder."""
    found = sorted(path for path in folder.rglob("*.xml") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def report(found: Sequence[Change]) -> str:
    """Return `found` as an author reads it, a line each, with the sum below."""
    if not found:
        return "Subscribers would see nothing new."
    counts = Counter(change.kind for change in found)
    total = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    return "\n".join([*map(str, found), f"Altogether, over all feeds: {total}."])
