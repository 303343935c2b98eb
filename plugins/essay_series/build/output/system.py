"""Functions of the operating system that Python's library lacks; each caller has a fallback where one is missing."""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(rb"\\(\d{3})")


def c_function(name: str) -> Callable[..., Any] | None:
    """Return a function of the C library; None if the library cannot be loaded or has no such function."""
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):  # as on Windows
        return None
    return getattr(library, name, None)


def is_mount_point(folder: Path) -> bool:
    """Tell whether `folder`, which may be missing, is a mount point, of a bind mount too."""
    if folder.is_mount():
        return True
    try:
        lines = _MOUNTS.read_bytes().splitlines()
    except OSError:  # only Linux lists bind mounts
        return False
    mounted = (_ESCAPED.sub(lambda code: bytes([int(code[1], 8)]), line.split()[4]) for line in lines)
    return os.fsencode(folder.resolve()) in mounted
