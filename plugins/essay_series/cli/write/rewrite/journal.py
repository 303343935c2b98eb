"""Edits are all done or none: a journal with all of them is on the disk before the first source is touched.

The journal lies beside the sources, as ``.rewriting.json`` in the content folder. It holds every file before and
after. Once it is there, the edits are made, one file after another; each is written under another name first and then
takes its place in one step. Whatever interrupts that, `finish` does all of it again from the journal, as often as it
takes. Until the journal is there, nothing has happened.
"""

from __future__ import annotations

import json
import os
import shutil
from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import Path

from ....checks.rewriting import JOURNAL
from .edits import Edit, RewriteError


class Disk:
    """The few things that are done to files; each is on the disk when it returns."""

    def write(self, file: Path, data: bytes, like: Path | None = None) -> None:
        """Write `data` into `file`, with the permissions of `like`."""
        with file.open("wb") as opened:
            opened.write(data)
            if like:
                shutil.copymode(like, file)
            opened.flush()
            os.fsync(opened.fileno())

    def replace(self, file: Path, target: Path) -> None:
        """Let `file` take the place of `target`, which may be there or not."""
        file.replace(target)
        _sync(target.parent)

    def remove(self, file: Path) -> None:
        """Remove `file`, if it is there."""
        file.unlink(missing_ok=True)
        _sync(file.parent)


DISK = Disk()


def carry_out(root: Path, edits: Iterable[Edit], disk: Disk = DISK) -> None:
    """Make all `edits` of files below `root`.

    Raises:
        RewriteError: a file is not what it was when the edits were planned; nothing is written then.

    """
    edits = tuple(edits)
    for edit in edits:
        _demand_unchanged(root, edit)
    waiting = root / f"{JOURNAL}.new"
    disk.write(waiting, _to_json(edits))
    disk.replace(waiting, root / JOURNAL)
    finish(root, disk)


def finish(root: Path, disk: Disk = DISK) -> tuple[str, ...]:
    """Make the edits of a journal that an interruption left below `root`; return the files that they are about.

    Raises:
        RewriteError: a file has been changed since; nothing more is written then.

    """
    journal, waiting = root / JOURNAL, root / f"{JOURNAL}.new"
    if waiting.exists():
        disk.remove(waiting)
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
    fresh = target.with_name(f".{target.name}.new")
    disk.write(fresh, edit.after, like=source if source.exists() else None)
    disk.replace(fresh, target)
    if source != target:
        disk.remove(source)


def _demand_unchanged(root: Path, edit: Edit) -> None:
    source, target = root / edit.path, root / edit.to
    if source.is_symlink():
        raise RewriteError(f"{edit.path} is a symbolic link, which is not rewritten. Replace it with the file itself.")
    if _bytes_of(source) != edit.before:
        raise RewriteError(f"{edit.path} has changed since it was read. Start again.")
    if (source != target or edit.before is None) and os.path.lexists(target):
        raise RewriteError(f"The file {edit.to} exists already. Choose a different slug, or move that file.")


def _demand_untouched(root: Path, edit: Edit) -> None:
    """Demand that a file of the journal is either as it was or as it will be."""
    source, target = _bytes_of(root / edit.path), _bytes_of(root / edit.to)
    if edit.path == edit.to:
        known = source in (edit.before, edit.after)
    else:
        known = source in (edit.before, None) and target in (edit.after, None) and (source, target) != (None, None)
    if not known:
        raise RewriteError(
            f"A change was interrupted, and {edit.path} has been edited since. "
            f"{root / JOURNAL} holds that file before and after: put one of the two back, or remove the journal."
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
        raise RewriteError(
            f"{journal} cannot be read. Compare the sources with your last commit, and remove it."
        ) from error


def _sync(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    opened = os.open(folder, os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
