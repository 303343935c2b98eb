"""Atomic edits of several files, by a write-ahead journal: all of the edits are made, or none.

The journal, ``.rewriting.json`` in the content folder, holds every file before and after. It is on the disk before the
first source is touched. Then each file is written under a temporary name and renamed. After an interruption `finish`
repeats all edits from the journal; it may be interrupted too.
"""

from __future__ import annotations

import json
import os
import shutil
from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import Path

from ....checks.files.rewriting import JOURNAL
from ...command import CommandError
from .edits import Edit


class Disk:
    """File operations that are durable (fsync) when they return; tests replace them by ones that fail."""

    def write(self, file: Path, data: bytes, like: Path | None = None) -> None:
        """Write `data` to `file`, with the permissions of the file `like` if one is given."""
        with file.open("wb") as opened:
            opened.write(data)
            if like:
                shutil.copymode(like, file)
            opened.flush()
            os.fsync(opened.fileno())

    def replace(self, file: Path, target: Path) -> None:
        """Rename `file` to `target`, which may exist."""
        file.replace(target)
        _sync(target.parent)

    def remove(self, file: Path) -> None:
        """Remove `file`, if it exists."""
        file.unlink(missing_ok=True)
        _sync(file.parent)


DISK = Disk()


def carry_out(root: Path, edits: Iterable[Edit], disk: Disk = DISK) -> None:
    """Make all `edits` of files below the content folder `root`.

    An earlier journal must have been finished, or it is overwritten.

    Raises:
        CommandError: a file has changed since the edits were planned; nothing is written.

    """
    edits = tuple(edits)
    for edit in edits:
        _demand_unchanged(root, edit)
    root.mkdir(parents=True, exist_ok=True)
    temporary = root / f"{JOURNAL}.new"
    disk.write(temporary, _to_json(edits))
    disk.replace(temporary, root / JOURNAL)
    finish(root, disk)


def finish(root: Path, disk: Disk = DISK) -> tuple[str, ...]:
    """Make the edits of a journal that an interruption left below `root`, if any; return the paths after the edits.

    Raises:
        CommandError: a file has changed since, or the journal cannot be read; nothing is written.

    """
    journal, temporary = root / JOURNAL, root / f"{JOURNAL}.new"
    if temporary.exists():
        disk.remove(temporary)
    if not journal.exists():
        return ()
    edits = _from_json(journal)
    for edit in edits:
        _demand_untouched(root, edit)
    for edit in edits:
        _make(root, edit, disk)
    disk.remove(journal)
    return tuple(edit.to for edit in edits)


def _make(root: Path, edit: Edit, disk: Disk) -> None:
    source, target = root / edit.path, root / edit.to
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.new")
    disk.write(temporary, edit.after, like=source if source.exists() else None)
    disk.replace(temporary, target)
    if source != target:
        disk.remove(source)


def _demand_unchanged(root: Path, edit: Edit) -> None:
    source, target = root / edit.path, root / edit.to
    if source.is_symlink():
        raise CommandError(f"{edit.path} is a symbolic link, which is not rewritten. Replace it with the file itself.")
    if _bytes_of(source) != edit.before:
        raise CommandError(f"{edit.path} has changed since it was read. Start again.")
    if (source != target or edit.before is None) and os.path.lexists(target):
        raise CommandError(f"The file {edit.to} exists already. Choose a different slug, or move that file.")


def _demand_untouched(root: Path, edit: Edit) -> None:
    """Raise `CommandError` unless a file in the journal has the bytes from before or after its edit."""
    source, target = _bytes_of(root / edit.path), _bytes_of(root / edit.to)
    if edit.path == edit.to:
        known = source in (edit.before, edit.after)
    else:
        known = source in (edit.before, None) and target in (edit.after, None) and (source, target) != (None, None)
    if not known:
        raise CommandError(
            f"A change was interrupted, and {edit.path} has been edited since. {root / JOURNAL} holds that file before "
            "and after the change: restore one of the two, or remove the journal."
        )


def _bytes_of(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _to_json(edits: Iterable[Edit]) -> bytes:
    found = [{"path": e.path, "to": e.to, "before": _to_text(e.before), "after": _to_text(e.after)} for e in edits]
    return json.dumps(found, indent=1).encode()


def _to_text(data: bytes | None) -> str | None:
    return None if data is None else b64encode(data).decode()


def _from_json(journal: Path) -> tuple[Edit, ...]:
    try:
        found = json.loads(journal.read_bytes())
        return tuple(
            Edit(e["path"], e["to"], None if e["before"] is None else b64decode(e["before"]), b64decode(e["after"]))
            for e in found
        )
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(
            f"{journal} cannot be read. Compare the sources with your last commit, and remove it."
        ) from error


def _sync(folder: Path) -> None:
    """Flush the entries of `folder` to the disk, where the system supports that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    opened = os.open(folder, os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
