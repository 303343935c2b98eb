"""Build the site, unless nothing has changed since the last build: ``make html`` and ``make book``."""

from __future__ import annotations

import gc

from ..build.cache.unchanged import UNCHANGED, is_unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run Pelican with `arguments`, unless the output is up to date; return the exit code."""
    if is_unchanged("cache", "output", arguments):
        print(UNCHANGED)
        return 0
    gc.disable()  # `Builder` enables it again; during imports it would only cost time
    from ..adapter.command import build  # noqa: PLC0415 - it imports Pelican, which takes long

    return build(arguments)


def html(_: object) -> int:
    """Build the site with the settings in ``pelicanconf.py``; return the exit code."""
    from .command import pelican_arguments  # noqa: PLC0415 - the Makefile calls `main` without it

    return main(pelican_arguments("pelicanconf.py"))
