"""What can be done without Pelican: to find that nothing has changed, so that there is nothing to do.

``python -m essay_series.build.quick OUTPUT`` ends with 0 if OUTPUT is what a build would make of it now, and with 1 if
it takes a build to know.
"""

from __future__ import annotations

import sys
from time import time

from .laps import LAPS
from .unchanged import is_unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def unchanged(cache: Path | str, output: Path | str) -> str:
    """Return the message that nothing has changed since the last build; empty if something may have.

    Args:
        cache: the folder of what builds remember.
        output: the output folder.

    """
    found = is_unchanged(cache, output, time())
    LAPS.lap("look for what has changed")
    return "Nothing has changed since the last build." if found else ""


def main(arguments: Sequence[str]) -> int:
    """Say so if nothing has changed in the folder named in `arguments`; return the exit code."""
    done = unchanged("cache", arguments[0])
    if done:
        print(done)  # noqa: T201 - it is a command
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
