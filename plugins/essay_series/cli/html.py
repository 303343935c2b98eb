"""Build the site, if anything has changed since the last build: ``make html`` and ``make book``."""

from __future__ import annotations

import gc
import sys

from ..build.quick import unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Do what ``pelican`` does with `arguments`, if that would change anything; return the exit code."""
    done = unchanged("cache", "output", arguments)
    if done:
        print(done)
        return 0
    gc.disable()  # `Builder` switches it on again: nothing of what is loaded is garbage
    from ..adapter.command import build  # noqa: PLC0415 - where nothing has changed, it need not be loaded

    return build(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
