"""A second tree of the same files, as hard links: changed beside the live one, then put in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path


def twin(live: Path, spare: Path) -> Mapping[str, int]:
    """Let `spare` hold the files of `live` and nothing else, and return them; what it holds of them already stays.

    They are returned with their inodes in `spare`, which are those in `live` wherever there are hard links.

    Each file of `live` has one more name then, so whoever changes `spare` must put new files in the place of old ones
    and never write into them.
    """
    try:
        return _match(live, spare)
    except OSError:  # as after a file that became a folder
        if spare.is_dir() and not spare.is_symlink():
            shutil.rmtree(spare)
        else:
            spare.unlink()
        return _match(live, spare)


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


def _match(live: Path, spare: Path) -> Mapping[str, int]:
    wanted, found = files_below(live), files_below(spare)
    take_away(spare, [path for path, inode in found.items() if wanted.get(path) != inode])
    spare.mkdir(parents=True, exist_ok=True)
    missing = [path for path, inode in wanted.items() if found.get(path) != inode]
    for below in sorted({os.path.dirname(path) for path in missing}):  # noqa: PTH120 - likewise
        os.makedirs(f"{spare}/{below}", exist_ok=True)  # noqa: PTH103 - likewise
    copies = [path for path in missing if not _link(f"{live}/{path}", f"{spare}/{path}")]
    return {**wanted, **{path: os.lstat(f"{spare}/{path}").st_ino for path in copies}}


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
