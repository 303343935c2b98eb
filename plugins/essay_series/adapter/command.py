"""Pelican's own command, for commands of ours that build."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pelican


def build(arguments: Sequence[str]) -> int:
    """Do what ``pelican`` does with `arguments`, in this process, and return its exit code."""
    try:
        cast("Any", pelican).main([*arguments])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0
