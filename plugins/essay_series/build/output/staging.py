"""Staging: a build writes beside the live output, and then swaps the two folders in one step.

Until the swap readers have the last good site, byte for byte; after it, the new one. A build that is killed leaves at
most a folder beside the output, which the next build removes. The tree that a build replaces stays beside the output
as the standby tree, so that the next build need only update it.

A mount point cannot be swapped. There files are replaced one by one, each atomically: assets before the pages that load
them, and files that are no longer needed are removed last.
"""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from ...values import dataclass
from .mirror import files_below, mirror, take_away
from .system import c_function, is_mount_point

MOMENT = 0.2
"""Seconds to wait for the lock: the workers of a killed build may hold it a little longer."""
AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Constants of Linux's renameat2(2)."""
INCOMING = ".essay-series-incoming"
"""The temporary name of a file that is being copied into a mounted output."""
_PAGES = (".html", ".xml", ".json", ".md")
"""The endings of files that refer to others, and so are replaced after them."""


class BusyError(Exception):
    """Another build of the same output is running."""


@dataclass(frozen=True)
class Staging:
    """A build that has begun, and holds the lock of its output."""

    live: Path
    """The output folder."""
    folder: Path
    """The staging folder, which this build writes to."""
    lock: FileLock
    for_all: bool = False
    """Whether files are made readable for all users, since a web server may run as another one."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def put_in_place(self, remove: Iterable[str], keep: Iterable[str] = ()) -> None:
        """Replace the live output by the files that were written and those that are kept.

        Files of the live output that are neither written, kept nor removed are the author's own, and stay.

        Raises:
            FileNotFoundError: a file to keep is missing; to `remove`, it may be.

        """
        self.folder.mkdir(parents=True, exist_ok=True)
        written = files_below(self.folder)
        if is_mount_point(self.live):  # it cannot be renamed
            there: AbstractSet[str] = files_below(self.live).keys()
            self._demand(keep, there)
            self._let_all_read(self.folder, written)
            _change_one_by_one(self.folder, self.live, written, there & set(remove))
            self._let_all_read(self.live, [*written, *keep])
        elif self.live.is_dir():
            standby = _beside(self.live, "standby")
            there = mirror(self.live, standby)
            self._demand(keep, there)
            take_away(standby, there & set(remove))
            self._move_to(standby, written)
            shutil.copymode(self.live, standby)
            self._let_all_read(standby, [*written, *keep])
            if not _exchange(standby, self.live):
                _change_one_by_one(standby, self.live, files_below(standby), there & set(remove))
        else:
            self._demand(keep, frozenset())
            self._let_all_read(self.folder, written)
            self.folder.rename(self.live)

    def end(self) -> None:
        """Remove the staging folder, and release the lock."""
        if self.lock.is_locked:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.lock.release()

    def _let_all_read(self, folder: Path, paths: Iterable[str]) -> None:
        """If `for_all` is set, make the files `paths` and their folders readable for all users, whatever the umask."""
        wanted = [Path(path) for path in paths] if self.for_all else []
        folders = {parent for path in wanted for parent in path.parents}
        for path, mode in (*((each, 0o755) for each in folders), *((each, 0o644) for each in wanted)):
            if (folder / path).stat().st_mode & 0o777 != mode:
                (folder / path).chmod(mode)

    def _move_to(self, standby: Path, written: Iterable[str]) -> None:
        """Move files into the standby tree; those with the same content stay as they are, and so keep their times."""
        for path in written:
            new, place = f"{self.folder}/{path}", f"{standby}/{path}"
            if not (os.path.isfile(place) and filecmp.cmp(new, place, shallow=False)):  # noqa: PTH113 - many times
                os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120 - likewise
                os.replace(new, place)  # noqa: PTH105 - likewise

    def _demand(self, keep: Iterable[str], there: AbstractSet[str]) -> None:
        if lost := sorted(set(keep) - there):
            raise FileNotFoundError(f"{lost[0]} vanished from {self.live.name}/ while the site was built.")


def begin(live: Path, *, for_all: bool = False) -> Staging:
    """Lock the output folder `live`, which need not exist, remove what a killed build left, and return a new staging.

    Raises:
        BusyError: another build of it is running.

    """
    live = live.resolve()
    live.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(_beside(live, "lock"))
    try:
        lock.acquire(timeout=MOMENT)
    except Timeout as taken:
        raise BusyError(f"Another build of {live.name}/ is running; wait until it has ended.") from taken
    if not live.exists() and _beside(live, "former").is_dir():
        _beside(live, "former").rename(live)
    for left in ("new", "former"):
        shutil.rmtree(_beside(live, left), ignore_errors=True)
    (live / INCOMING).unlink(missing_ok=True)
    return Staging(live, _beside(live, "new"), lock, for_all)


def _beside(live: Path, what: str) -> Path:
    return live.with_name(f".{live.name}.{what}")


def _exchange(fresh: Path, live: Path) -> bool:
    """Swap two folders: atomically on Linux, else by renaming; `begin` repairs what a kill in between leaves.

    Returns False, with nothing changed, if `live` cannot be renamed.
    """
    renameat2 = c_function("renameat2")
    names = (os.fsencode(fresh), os.fsencode(live))
    if renameat2 and renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0:
        return True
    former = _beside(live, "former")
    try:
        live.rename(former)
    except OSError as error:
        if error.errno not in (errno.EBUSY, errno.EXDEV):
            raise
        return False
    fresh.rename(live)
    shutil.rmtree(former, ignore_errors=True)
    return True


def _change_one_by_one(fresh: Path, live: Path, written: Iterable[str], gone: AbstractSet[str]) -> None:
    """Copy the files `written` from `fresh` to `live`, pages last, then remove the files `gone`.

    Each file is replaced atomically, even if `live` is on another file system; unchanged ones stay as they are.
    """
    live.mkdir(exist_ok=True)
    for path in sorted(written, key=lambda path: (path.endswith(_PAGES), path)):
        new, place = fresh / path, live / path
        if place.is_file() and not place.is_symlink() and filecmp.cmp(new, place, shallow=False):
            continue
        in_the_way = {above.as_posix() for above in Path(path).parents if (live / above).is_file()}
        take_away(live, in_the_way & gone)
        if place.is_dir() and not place.is_symlink():
            place.rmdir()
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(new, live / INCOMING, follow_symlinks=False)
        (live / INCOMING).replace(place)
    take_away(live, [path for path in sorted(gone) if (live / path).is_symlink() or (live / path).is_file()])
