"""A second tree of the same files, as hard links: changed beside the live one, then put in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path


def mirror(live: Path, standby: Path) -> Mapping[str, int]:
    """Let `standby` hold the files of `live` and nothing else, and return them; what it holds of them already stays.

    They are returned with their inodes in `standby`, which are those in `live` wherever there are hard links.

    Each file of `live` has one more name then, so code that changes `standby` must replace them
    and never write into them.
    """
    try:
        return _match(live, standby)
    except OSError:  # as after a file that became a folder
        if standby.is_dir() and not standby.is_symlink():
            shutil.rmtree(standby)
        else:
            standby.unlink()
        return _match(live, standby)


def files_below(folder: Path) -> Mapping[str, int]:
    """Return every file and link below `folder`, which need not exist, with its inode."""
    found: dict[str, int] = {}
    todo = [""]
    while todo:
        below = todo.pop()
        with suppress(FileNotFoundError), os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    todo.append(f"{below}{entry.name}/")
                else:
                    found[f"{below}{entry.name}"] = entry.inode()
    return found


def take_away(folder: Path, paths: Iterable[str]) -> None:
    """Remove the files `paths` of `folder`, and the folders that this leaves empty."""
    for path in paths:
        os.unlink(f"{folder}/{path}")  # noqa: PTH108 - thousands of times
        below = os.path.dirname(path)  # noqa: PTH120 - likewise
        with suppress(OSError):
            while below:
                os.rmdir(f"{folder}/{below}")  # noqa: PTH106 - likewise
                below = os.path.dirname(below)  # noqa: PTH120 - likewise


def _match(live: Path, standby: Path) -> Mapping[str, int]:
    wanted, found = files_below(live), files_below(standby)
    take_away(standby, [path for path, inode in found.items() if wanted.get(path) != inode])
    standby.mkdir(parents=True, exist_ok=True)
    missing = [path for path, inode in wanted.items() if found.get(path) != inode]
    for below in sorted({os.path.dirname(path) for path in missing}):  # noqa: PTH120 - likewise
        os.makedirs(f"{standby}/{below}", exist_ok=True)  # noqa: PTH103 - likewise
    copies = [path for path in missing if not _link(f"{live}/{path}", f"{standby}/{path}")]
    return {**wanted, **{path: os.lstat(f"{standby}/{path}").st_ino for path in copies}}


def _link(old: str, new: str) -> bool:
    """Let `new` be `old` under another name, or a copy; tell whether it is the same file.

    Raises:
        OSError: neither can be made, as where `new` is a folder.

    """
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        if os.path.isdir(new):  # noqa: PTH112 - as above; a copy would go into the folder
            raise
        shutil.copy2(old, new, follow_symlinks=False)
        return False
    return True
