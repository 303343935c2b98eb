"""Update a site's copy of the plugin, its locks, Makefile and workflow to this version: ``essays upgrade``.

The command shows a diff; with ``APPLY=1`` it writes. All other files belong to the author and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from ..command import CommandError, Options, is_on
from .starter import VERSIONED, versioned

VENDOR = Path("vendor")


def upgraded(options: Options) -> str:
    """Return the diff to this version, or write it if ``APPLY`` is on and return what was done."""
    if not (VENDOR.is_dir() and Path("requirements.txt").is_file()):
        raise CommandError("This folder has no vendor/ and requirements.txt, so it was not made by init.")
    current = versioned()
    changed = {path: data for path, data in current.items() if not _holds(Path(path), data)}
    gone = [old for old in sorted(VENDOR.glob("*.whl")) if old.as_posix() not in current]
    if not (changed or gone):
        return "Nothing to upgrade: this site has this version already."
    lines = [line for path in VERSIONED if path in changed for line in _diff(path, changed[path])]
    lines += [f"new: {path}" for path in changed if path not in VERSIONED] + [f"removed: {old}" for old in gone]
    if not is_on(options, "APPLY"):
        return "\n".join([*lines, "Nothing is written yet; add APPLY=1 to write."])
    for path, data in changed.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(data)
    for old in gone:
        old.unlink()
    return "\n".join([*lines, f"Upgraded: {len(changed)} files written, {len(gone)} removed. Commit them."])


def _holds(file: Path, data: bytes) -> bool:
    return file.is_file() and file.read_bytes() == data


def _diff(path: str, data: bytes) -> Iterator[str]:
    before = Path(path).read_text(encoding="utf-8", errors="replace").splitlines() if Path(path).is_file() else []
    return unified_diff(before, data.decode().splitlines(), path, path, n=1, lineterm="")
