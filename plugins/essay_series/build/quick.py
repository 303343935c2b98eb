"""All that can be done without Pelican: nothing where nothing has changed, and words where only words have.

``python -m essay_series.build.quick OUTPUT`` ends with 0 if OUTPUT is what a build would make of it now, and with 1 if
it takes a whole build to know.
"""

from __future__ import annotations

import sys
from time import perf_counter, time

from .laps import LAPS
from .unchanged import since_last

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def bring_up_to_date(cache: Path | str, output: Path | str) -> str:
    """Bring `output` up to date if no whole build is needed; return what was done, in words, or nothing.

    Args:
        cache: the folder of what builds remember.
        output: the output folder.

    """
    began = perf_counter()
    since = since_last(cache, output, time())
    LAPS.lap("look for what has changed")
    if since is None:
        return ""
    if not since.changed:
        return "Nothing has changed since the last build."
    from .amendment import amend  # noqa: PLC0415 - where nothing has changed, nobody waits for what this imports

    files = amend(cache, output, since)
    if files is None:
        return ""
    count = f"{len(since.changed)} source{'s' * (len(since.changed) > 1)}"
    return f"Done: other words in {count}, {files} files, in {perf_counter() - began:.2f} seconds."


def main(arguments: Sequence[str]) -> int:
    """Bring the folder named in `arguments` up to date; return the exit code."""
    done = bring_up_to_date("cache", arguments[0])
    if done:
        print(done)  # noqa: T201 - it is a command
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
