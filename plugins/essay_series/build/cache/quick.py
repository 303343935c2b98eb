"""What can be done without Pelican: to find that nothing has changed, so that there is nothing to do."""

from __future__ import annotations

from time import time

from .unchanged import is_unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def unchanged(cache: Path | str, output: Path | str, arguments: Sequence[str]) -> str:
    """Return the message that nothing has changed since the last build; empty if something may have.

    Args:
        cache: the folder of what builds remember.
        output: the output folder.
        arguments: the command line of a build.

    """
    found = is_unchanged(cache, output, arguments, time())
    return "Nothing has changed since the last build." if found else ""
