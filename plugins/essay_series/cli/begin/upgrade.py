"""Bring the files that a site was started with to this version of the plugin: ``essays upgrade``.

These are the plugin's wheel, the locks, the Makefile and the workflow. The difference is shown first; ``APPLY=1``
writes it. Whatever the author wrote is left alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from ..command import CommandError, Words, run
from .starter import KEPT_UP, kept_up

VENDOR = Path("vendor")


def upgraded(words: Words) -> str:
    """Show or write what this version changes, and return what is to be said.

    Raises:
        CommandError: this is no site that was started with ``init``.

    """
    if not (VENDOR.is_dir() and Path("requirements.txt").is_file()):
        raise CommandError("This folder has no vendor/ and requirements.txt, so it was not made by init.")
    fresh = kept_up()
    changed = {path: data for path, data in fresh.items() if not _holds(Path(path), data)}
    gone = [old for old in sorted(VENDOR.glob("*.whl")) if old.as_posix() not in fresh]
    if not (changed or gone):
        return "Nothing to upgrade: this site has this version already."
    lines = [line for path in KEPT_UP if path in changed for line in _difference(path, changed[path])]
    lines += [f"new: {path}" for path in changed if path not in KEPT_UP] + [f"removed: {old}" for old in gone]
    if not words.get("APPLY"):
        return "\n".join([*lines, "Nothing is written yet; add APPLY=1 to write."])
    for path, data in changed.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(data)
    for old in gone:
        old.unlink()
    return "\n".join([*lines, f"Upgraded: {len(changed)} files written, {len(gone)} removed. Commit them."])


def _holds(file: Path, data: bytes) -> bool:
    return file.is_file() and file.read_bytes() == data


def _difference(path: str, data: bytes) -> Iterator[str]:
    before = Path(path).read_text(encoding="utf-8", errors="replace").splitlines() if Path(path).is_file() else []
    return unified_diff(before, data.decode().splitlines(), path, path, n=1, lineterm="")


def main() -> int:
    """Show or write the upgrade; return the exit code."""
    return run(upgraded)


if __name__ == "__main__":
    sys.exit(main())
