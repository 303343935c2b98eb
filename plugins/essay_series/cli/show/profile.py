"""Build the site and print the time of each phase: ``make profile``, with ``MODE=cold`` to build from nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence

from ...build.cache.unchanged import UNCHANGED, is_unchanged
from ...build.timings import Timings
from ..command import Options, choice, pelican_arguments

SETTINGS = "pelicanconf.py"


def profile(options: Options) -> int:
    """Build, print the seconds that each phase takes, and return the build's exit code."""
    timings = Timings()
    mode = choice(options, "MODE", ("usual", "cold"))
    if mode == "cold":
        with tempfile.TemporaryDirectory() as folder:
            code = _built(pelican_arguments(SETTINGS, f"{folder}/output", CACHE_PATH=f"{folder}/cache"), timings)
    else:
        arguments = pelican_arguments(SETTINGS)
        is_done = is_unchanged("cache", "output", arguments)
        timings.end("look for changes")
        if is_done:
            print(UNCHANGED)
        code = 0 if is_done else _built(arguments, timings)
    print(timings.table())
    return code


def _built(arguments: Sequence[str], timings: Timings) -> int:
    from ...adapter.command import build  # noqa: PLC0415 - the time of importing Pelican is measured too

    return build(arguments, timings)
