"""A second tree of the live output's files, as hard links, which is updated beside it and then swapped with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path


def mirror(live: Path, standby: Path) -> AbstractSet[str]:
    """Make `standby` hold exactly the files of `live`, as hard links or else copies, and return their paths.

    The two trees then share files, so code that changes `standby` must replace files and never write into them.
    """
    try:
        return _match(live, standby)
    except OSError:  # for example if a file has become a folder
        if standby.is_dir() and not standby.is_symlink():
            shutil.rmtree(standby)
        else:
            standby.unlink()
        return _match(live, standby)


def files_below(folder: Path) -> Mapping[str, int]:
    """Return the inode of every file and symbolic link below `folder`, by path; nothing if there is no folder."""
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
    """Remove the files `paths` below `folder`, and folders that are left empty."""
    for path in paths:
        os.unlink(f"{folder}/{path}")  # noqa: PTH108 - thousands of times
        below = os.path.dirname(path)  # noqa: PTH120 - likewise
        with suppress(OSError):
            while below:
                os.rmdir(f"{folder}/{below}")  # noqa: PTH106 - likewise
                below = os.path.dirname(below)  # noqa: PTH120 - likewise


def _match(live: Path, standby: Path) -> AbstractSet[str]:
    wanted, found = files_below(live), files_below(standby)
    take_away(standby, [path for path, inode in found.items() if wanted.get(path) != inode])
    standby.mkdir(parents=True, exist_ok=True)
    missing = [path for path, inode in wanted.items() if found.get(path) != inode]
    for below in sorted({os.path.dirname(path) for path in missing}):  # noqa: PTH120 - likewise
        os.makedirs(f"{standby}/{below}", exist_ok=True)  # noqa: PTH103 - likewise
    for path in missing:
        _link(f"{live}/{path}", f"{standby}/{path}")
    return wanted.keys()


def _link(old: str, new: str) -> None:
    """Make `new` a hard link to `old`, or else a copy.

    Raises:
        OSError: neither can be made, for example because `new` is a folder.

    """
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        if os.path.isdir(new):  # noqa: PTH112 - as above; a copy would go into the folder
            raise
        shutil.copy2(old, new, follow_symlinks=False)
