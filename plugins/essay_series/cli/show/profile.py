"""Build the site and print the time of each phase: ``make profile``, with ``MODE=cold`` to build from nothing."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ...build.cache.unchanged import UNCHANGED, is_unchanged
from ...build.timings import Timings
from ..command import choice, exit_code_of

COMMAND = ("content", "--fatal=errors", "--settings", "pelicanconf.py")


def main() -> int:
    """Build, print the seconds that each phase takes, and return the build's exit code."""
    return exit_code_of(_profiled)


def _profiled() -> int:
    timings = Timings()
    mode = choice(os.environ, "MODE", ("usual", "cold"))
    if mode == "cold":
        with tempfile.TemporaryDirectory() as folder:
            cache = f"CACHE_PATH={str(Path(folder, 'cache'))!r}".replace("'", '"')
            code = _built([*COMMAND, "--output", f"{folder}/output", "--extra-settings", cache], timings)
    else:
        is_done = is_unchanged("cache", "output", COMMAND)
        timings.end("look for changes")
        if is_done:
            print(UNCHANGED)
        code = 0 if is_done else _built(COMMAND, timings)
    print(timings.table())
    return code


def _built(arguments: Sequence[str], timings: Timings) -> int:
    from ...adapter.command import build  # noqa: PLC0415 - the time of importing Pelican is measured too

    return build(arguments, timings)


if __name__ == "__main__":
    sys.exit(main())
