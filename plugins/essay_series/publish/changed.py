"""What a publication changes for readers: pages and files, and the addresses that they can keep."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from ..hosts.compress import is_compressed

MOST_NAMED = 12
"""How many of a kind are named before the rest are only counted."""


def files_in(folder: Path) -> Mapping[str, bytes]:
    """Return every file below `folder` but compressed ones, by its path in the folder; none if there is no folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not is_compressed(path))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    """Return which files are new, changed and gone, a line for each kind that there is."""
    kinds = {
        "new": sorted(after.keys() - before.keys()),
        "changed": sorted(path for path in after.keys() & before.keys() if after[path] != before[path]),
        "gone": sorted(before.keys() - after.keys()),
    }
    return "\n".join(_lines("Files", kinds)) or "Files: all as they were."


def addresses(before: Collection[str], after: Collection[str]) -> str:
    """Return which addresses readers can keep from now on, and which lead nowhere any more."""
    kinds = {"new": sorted(set(after) - set(before)), "gone": sorted(set(before) - set(after))}
    return "\n".join(_lines("Addresses", kinds)) or "Addresses: all as they were."


def _lines(what: str, kinds: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for kind, names in kinds.items():
        if names:
            more = f", and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
            yield f"{what}, {kind} ({len(names)}): {', '.join(names[:MOST_NAMED])}{more}"
