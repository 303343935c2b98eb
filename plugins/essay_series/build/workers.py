"""How many processes may work at once: what is asked for, or else what the machine and its container give."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from ..config import SettingsError

NAME = "BUILD_WORKERS"
"""The setting, and the variable of the environment that goes before it."""
_asked = 0


def ask_for(setting: object, environment: Mapping[str, str]) -> None:
    """Let `workers` be what the environment says, or else the `setting`; 0 is as many as there are processors.

    Raises:
        SettingsError: what is said is no such number.

    """
    global _asked  # noqa: PLW0603 - a process has as many workers, whatever it builds
    said = environment.get(NAME, "").strip() or str(setting)
    if not (said.isascii() and said.isdecimal()):
        raise SettingsError(f'{NAME}: "{said}" is no number of processes; give 1 or more, or 0 for one a processor.')
    _asked = int(said)


def workers() -> int:
    """Return how many processes can be at work at once, this one included."""
    if not hasattr(os, "fork"):
        return 1
    return _asked or processors()


def processors(root: Path = Path("/")) -> int:
    """Return how many processors this process may keep busy: those that it may run on, or less by a quota.

    Args:
        root: the root of the file system.

    """
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, math.ceil(min([free, *_quotas(root)])))


def _quotas(root: Path) -> Iterator[float]:
    """Yield each quota of processors that control groups of Linux, version 1 or 2, set for this process."""
    try:
        lines = (root / "proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if not controllers:
            for group in _groups(root / "sys/fs/cgroup", path):
                yield from _quota(*_numbers(group / "cpu.max"))
        elif "cpu" in controllers.split(","):
            for group in _groups(root / "sys/fs/cgroup/cpu", path):
                quota, period = (_numbers(group / f"cpu.cfs_{name}_us") for name in ("quota", "period"))
                yield from _quota(*quota, *period)


def _groups(mounted: Path, path: str) -> Iterator[Path]:
    """Yield the group `path` and all that it lies in; a container sees its own group where all are mounted."""
    inner = PurePosixPath(path.removeprefix("/"))
    yield from (mounted / group for group in (inner, *inner.parents))


def _numbers(file: Path) -> list[int]:
    """Return the numbers in `file`; none where it is missing or says "max"."""
    try:
        return [int(word) for word in file.read_text(encoding="utf-8").split()]
    except (OSError, ValueError):
        return []


def _quota(quota: int = 0, period: int = 0) -> Iterator[float]:
    if quota > 0 and period > 0:
        yield quota / period
