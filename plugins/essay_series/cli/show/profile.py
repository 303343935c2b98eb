"""Build the site as ``make html`` does, and print where the time goes: ``make profile``, or MODE=cold from nothing."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ...build.cache.quick import unchanged
from ...build.timings import Timings
from ..command import choice, exit_code_of

COMMAND = ("content", "--fatal=errors", "--settings", "pelicanconf.py")


def main() -> int:
    """Build, print the seconds of each phase, and return the build's exit code."""
    return exit_code_of(_profiled)


def _profiled() -> int:
    timings = Timings()
    mode = choice(os.environ, "MODE", ("usual", "cold"))
    if mode == "cold":
        with tempfile.TemporaryDirectory() as folder:
            cache = f"CACHE_PATH={str(Path(folder, 'cache'))!r}".replace("'", '"')
            code = _built([*COMMAND, "--output", f"{folder}/output", "--extra-settings", cache], timings)
    else:
        done = unchanged("cache", "output", COMMAND)
        timings.end("look for what has changed")
        print(done)
        code = 0 if done else _built(COMMAND, timings)
    print(timings.table())
    return code


def _built(arguments: Sequence[str], timings: Timings) -> int:
    from ...adapter.command import build  # noqa: PLC0415 - it imports Pelican, and what that takes is to be seen

    return build(arguments, timings)


if __name__ == "__main__":
    sys.exit(main())
