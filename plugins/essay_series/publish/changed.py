"""The changes of a publication for readers and subscribers, as text for the author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from ..feeds.diff import Change
from ..hosts.compress import is_compressed
from ..l10n.days import some

MOST_NAMED = 12
"""How many names are listed; the rest are counted."""


def files_in(folder: Path) -> Mapping[str, bytes]:
    """Return the content of every file below `folder` except compressed copies, by path; none if it does not exist."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not is_compressed(path))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def changed_paths(before: Mapping[str, object], after: Mapping[str, object]) -> Mapping[str, Collection[str]]:
    """Return the new, changed and gone paths, by kind; both arguments hold contents or hashes by path."""
    return {
        "new": after.keys() - before.keys(),
        "changed": {path for path in after.keys() & before.keys() if after[path] != before[path]},
        "gone": before.keys() - after.keys(),
    }


def file_changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    """Return a line each for new, changed and removed files; both arguments hold contents by path."""
    return _lines("Files", changed_paths(before, after))


def address_changes(before: Collection[str], after: Collection[str]) -> str:
    """Return a line each for new and removed addresses."""
    return _lines("Addresses", {"new": {*after} - {*before}, "gone": {*before} - {*after}})


def feed_changes(found: Sequence[Change]) -> str:
    """Return a line for each change in a feed, and one with their totals."""
    if not found:
        return "Subscribers would see nothing new."
    counts = Counter(change.kind for change in found)
    total = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    return "\n".join([*map(str, found), f"Total over all feeds: {total}."])


def named(names: Collection[str]) -> str:
    """Return `names` in order; of many, the first `MOST_NAMED` and the number of the others."""
    return some(sorted(names), MOST_NAMED)


def _lines(what: str, kinds: Mapping[str, Collection[str]]) -> str:
    lines = [f"{what}, {kind} ({len(names)}): {named(names)}" for kind, names in kinds.items() if names]
    return "\n".join(lines) or f"{what}: unchanged."
