"""The number of worker processes: as the author sets it, or else the CPUs that the machine and its container allow."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from ..config import SettingsError

NAME = "BUILD_WORKERS"
"""The name of the setting, and of the environment variable that overrides it."""
_configured = 0


def ask_for(setting: object, environment: Mapping[str, str]) -> None:
    """Set the number of `workers` from the environment, or else from the `setting`; 0 means one per processor.

    Raises:
        SettingsError: it is not a whole number.

    """
    global _configured  # noqa: PLW0603 - one number holds for everything that a process builds
    text = environment.get(NAME, "").strip() or str(setting)
    if not (text.isascii() and text.isdecimal()):
        raise SettingsError(f'{NAME}: "{text}" is not a number of processes; use 1 or more, or 0 for one per CPU.')
    _configured = int(text)


def workers() -> int:
    """Return how many processes may work at once, this one included."""
    if not hasattr(os, "fork"):
        return 1
    return _configured or processors()


def processors(root: Path = Path("/")) -> int:
    """Return how many processors this process may use: its CPU affinity, or less if a cgroup quota says so."""
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, math.ceil(min([free, *_quotas(root)])))


def _quotas(root: Path) -> Iterator[float]:
    """Yield each CPU quota, in processors, that Linux control groups (version 1 or 2) set for this process."""
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
    """Yield the folder of the group `path` and of its parents; in a container the root is the container's group."""
    inner = PurePosixPath(path.removeprefix("/"))
    yield from (mounted / group for group in (inner, *inner.parents))


def _numbers(file: Path) -> list[int]:
    """Return the numbers in `file`; an empty list if it is missing or says "max"."""
    try:
        return [int(word) for word in file.read_text(encoding="utf-8").split()]
    except (OSError, ValueError):
        return []


def _quota(quota: int = 0, period: int = 0) -> Iterator[float]:
    if quota > 0 and period > 0:
        yield quota / period
