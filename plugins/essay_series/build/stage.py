"""Build beside the live output, and put the new one in place in one step.

Until that step readers have the last good site, byte for byte, whatever becomes of the build; after it, the new one.
A build that is killed leaves at most a folder beside the output, which the next build takes away.
"""

from __future__ import annotations

import ctypes
import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Words of Linux' renameat2."""


class BusyError(Exception):
    """Another build of the same output is at work."""


@dataclass(frozen=True)
class Stage:
    """A build that has begun, and holds the lock of its output."""

    live: Path
    """Where readers find the site."""
    folder: Path
    """Where this build writes."""
    lock: FileLock

    def put_in_place(self, ours: Iterable[str], made: Iterable[str]) -> None:
        """Let the new output take the place of the old one, and end the build.

        Args:
            ours: paths of the files in the old output that builds made; all others are the author's, and are kept.
            made: paths of the files of the new one. Those that are as they were keep their times.

        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.live.is_dir():
            self._keep_times(made)
            self._carry_over(set(ours))
            shutil.copymode(self.live, self.folder)
            _exchange(self.folder, self.live)
        else:
            self.folder.rename(self.live)
        self.end()

    def end(self) -> None:
        """Take away what this build left beside the output, and let the next one begin."""
        if self.lock.is_locked:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.lock.release()

    def _keep_times(self, made: Iterable[str]) -> None:
        for path in made:
            old, new = f"{self.live}/{path}", f"{self.folder}/{path}"
            try:
                facts = os.stat(old)  # noqa: PTH116 - thousands of times
            except OSError:
                continue
            if not os.path.samestat(facts, os.stat(new)) and filecmp.cmp(old, new, shallow=False):  # noqa: PTH116
                os.utime(new, ns=(facts.st_atime_ns, facts.st_mtime_ns))

    def _carry_over(self, ours: set[str]) -> None:
        for path in _files(self.live):
            if path not in ours and not os.path.lexists(f"{self.folder}/{path}"):
                new = self.folder / path
                new.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self.live / path, new, follow_symlinks=False)


def begin(live: Path) -> Stage:
    """Begin to build what shall stand at `live`.

    Raises:
        BusyError: another build of it is at work.

    """
    live = live.resolve()
    live.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(_beside(live, "lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as taken:
        raise BusyError(f"Another build of {live.name}/ is at work; wait until it has ended.") from taken
    if not live.exists() and _beside(live, "former").is_dir():
        _beside(live, "former").rename(live)
    for left in (_beside(live, "new"), _beside(live, "former")):
        shutil.rmtree(left, ignore_errors=True)
    return Stage(live, _beside(live, "new"), lock)


def _beside(live: Path, what: str) -> Path:
    return live.with_name(f".{live.name}.{what}")


def _files(folder: Path) -> Iterator[str]:
    top = len(f"{folder}/")
    for where, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(f"{where}/{name}")]  # noqa: PTH114 - thousands of times
        yield from (f"{where}/{name}".replace(os.sep, "/")[top:] for name in (*names, *links))


def _exchange(fresh: Path, live: Path) -> None:
    """Let two folders change places: at once where the system can, else with a moment that the next build mends."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    names = (os.fsencode(fresh), os.fsencode(live))
    if renameat2 and renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0:
        return
    former = _beside(live, "former")
    live.rename(former)
    fresh.rename(live)
    shutil.rmtree(former, ignore_errors=True)
