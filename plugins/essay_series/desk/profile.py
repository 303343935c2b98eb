"""Build the site as ``make html`` does, and print where the time goes: ``make profile``, or MODE=cold from nothing."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..build.laps import LAPS
from ..build.quick import unchanged
from .command import choice, exit_code_of

COMMAND = ("content", "--fatal=errors", "--settings", "pelicanconf.py")


def main() -> int:
    """Build, print the seconds of each phase, and return the build's exit code."""
    return exit_code_of(_profiled)


def _profiled() -> int:
    mode = choice(os.environ, "MODE", ("usual", "cold"))
    if mode == "cold":
        with tempfile.TemporaryDirectory() as folder:
            cache = f"CACHE_PATH={str(Path(folder, 'cache'))!r}".replace("'", '"')
            code = _built([*COMMAND, "--output", f"{folder}/output", "--extra-settings", cache])
    else:
        done = unchanged("cache", "output", COMMAND)
        print(done)
        code = 0 if done else _built(COMMAND)
    print(LAPS.table())
    return code


def _built(arguments: Sequence[str]) -> int:
    from ..adapter.command import build  # noqa: PLC0415 - it imports Pelican, and what that takes is to be seen

    return build(arguments)


if __name__ == "__main__":
    sys.exit(main())
