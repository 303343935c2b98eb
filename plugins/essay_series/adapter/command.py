"""Pelican's own command, for commands of ours that build; what the settings read is recorded."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, cast

import pelican
from pelican.settings import read_settings

from ..build.recording import Recording
from .settings import RECORDED, Settings


def build(arguments: Sequence[str]) -> int:
    """Do what ``pelican`` does with `arguments`, in this process, and return its exit code."""

    def read_recorded(path: str | None = None, override: Settings | None = None) -> Settings:
        with Recording(arguments) as recorded:
            settings: Settings = read_settings(path, override)
        return {**settings, RECORDED: recorded}

    main = cast("Any", pelican)
    main.read_settings = read_recorded
    try:
        main.main([*arguments])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    finally:
        main.read_settings = read_settings
    return 0


if __name__ == "__main__":
    sys.exit(build(sys.argv[1:]))
