"""Build beside the live output, and put the new one in place in one step.

Until that step readers have the last good site, byte for byte, whatever becomes of the build; after it, the new one.
A build that is killed leaves at most a folder beside the output, which the next build takes away. The tree that a build
replaces stays beside the output, so that the next one need only bring it up to date.

A mount point cannot be exchanged. There the files change one by one, each at once: what pages load comes before the
pages, and what nothing leads to any more goes last.
"""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from ...values import dataclass
from .mirror import files_below, mirror, take_away
from .system import c_function, is_mount_point

MOMENT = 0.2
"""Seconds in which what a killed build began comes to its end, and lets its lock go."""
AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Words of Linux' renameat2."""
INCOMING = ".essay-series-incoming"
"""The name that a file has in a mounted output until all of it is there."""
_PAGES = (".html", ".xml", ".json", ".md")
"""How the files end that name others."""


class BusyError(Exception):
    """Another build of the same output is at work."""


@dataclass(frozen=True)
class Staging:
    """A build that has begun, and holds the lock of its output."""

    live: Path
    """Where readers find the site."""
    folder: Path
    """Where this build writes."""
    lock: FileLock
    for_all: bool = False
    """Whether what is put in place is for a server of another user, which must be able to read it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def prepare_standby(self) -> Mapping[str, int]:
        """Let the standby tree hold the files of the live one, and return them with their inodes.

        Where they cannot change places there is no standby tree, and nothing is returned.
        """
        return {} if self.is_mounted else mirror(self.live, self.standby)

    def put_in_place(self, remove: Iterable[str], keep: Iterable[str] = ()) -> None:
        """Let the new output take the place of the old one: all that was written, and what is kept of the old one.

        Files of the old one that are neither written, kept nor removed are the author's own, and stay.

        Args:
            remove: paths of files of the old output; those that are not there are passed over.
            keep: paths of files of the old output that belong to the new one too.

        Raises:
            FileNotFoundError: a file that was to be kept is gone.

        """
        self.folder.mkdir(parents=True, exist_ok=True)
        written = files_below(self.folder)
        if self.is_mounted:
            there = files_below(self.live).keys()
            self._demand(keep, there)
            self._let_all_read(self.folder, written)
            _change_one_by_one(self.folder, self.live, written, there & set(remove))
            self._let_all_read(self.live, [*written, *keep])
        elif self.live.is_dir():
            there = self.prepare_standby().keys()  # an earlier preparation may have missed a file of the author's
            self._demand(keep, there)
            self._bring_up_to_date(written, there & set(remove))
            shutil.copymode(self.live, self.standby)
            self._let_all_read(self.standby, [*written, *keep])
            if not _exchange(self.standby, self.live):
                _change_one_by_one(self.standby, self.live, files_below(self.standby), there & set(remove))
        else:
            self._demand(keep, frozenset())
            self._let_all_read(self.folder, written)
            self.folder.rename(self.live)

    def end(self) -> None:
        """Take away what this build left beside the output, and let the next one begin."""
        if self.lock.is_locked:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.lock.release()

    @property
    def is_mounted(self) -> bool:
        """Whether something is mounted at the live output, which can change places with no other folder then."""
        return is_mount_point(self.live)

    @property
    def standby(self) -> Path:
        """Where the tree lies that the last build replaced."""
        return _beside(self.live, "standby")

    def _let_all_read(self, folder: Path, paths: Iterable[str]) -> None:
        """Let everybody read the files `paths` below `folder`, whatever mask they were made under, if all are to."""
        wanted = [Path(path) for path in paths] if self.for_all else []
        folders = {parent for path in wanted for parent in path.parents}
        for path, mode in (*((each, 0o755) for each in folders), *((each, 0o644) for each in wanted)):
            if (folder / path).stat().st_mode & 0o777 != mode:
                (folder / path).chmod(mode)

    def _bring_up_to_date(self, written: Iterable[str], remove: Iterable[str]) -> None:
        """Turn the standby tree into the new live tree; unchanged files stay, and so keep their times."""
        take_away(self.standby, remove)
        for path in written:
            new, place = f"{self.folder}/{path}", f"{self.standby}/{path}"
            if not (os.path.isfile(place) and filecmp.cmp(new, place, shallow=False)):  # noqa: PTH113 - many times
                os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120 - likewise
                os.replace(new, place)  # noqa: PTH105 - likewise

    def _demand(self, keep: Iterable[str], there: AbstractSet[str]) -> None:
        if lost := sorted(set(keep) - there):
            raise FileNotFoundError(f"{lost[0]} vanished from {self.live.name}/ while the site was built.")


def begin(live: Path, *, for_all: bool = False) -> Staging:
    """Begin a build whose result goes to `live`.

    Args:
        live: an output folder.
        for_all: whether a server that runs as another user must be able to read the files.

    Raises:
        BusyError: another build of it is at work.

    """
    live = live.resolve()
    live.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(_beside(live, "lock"))
    try:
        lock.acquire(timeout=MOMENT)
    except Timeout as taken:
        raise BusyError(f"Another build of {live.name}/ is at work; wait until it has ended.") from taken
    if not live.exists() and _beside(live, "former").is_dir():
        _beside(live, "former").rename(live)
    for left in (_beside(live, name) for name in ("new", "former", "spare")):  # an earlier version's standby tree
        shutil.rmtree(left, ignore_errors=True)
    (live / INCOMING).unlink(missing_ok=True)
    return Staging(live, _beside(live, "new"), lock, for_all)


def _beside(live: Path, what: str) -> Path:
    return live.with_name(f".{live.name}.{what}")


def _exchange(fresh: Path, live: Path) -> bool:
    """Let two folders change places: at once where the system can, else with a moment that the next build mends.

    Returns False if `live` cannot be moved; nothing has changed then.
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
    """Copy the files `written` from `fresh` to `live`, those last that name others, then remove the files `gone`.

    Each appears whole under its name, also if `live` is on another file system; one that is as it was stays.
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
