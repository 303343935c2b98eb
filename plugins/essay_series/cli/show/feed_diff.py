"""Compare the feeds that are published with those of a build of now: ``make feed-diff SITEURL=https://…``.

``OLD`` names the folder of what is published, in place of the last publication's; ``AS_OF`` the day of the build.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ...feeds.diff import changes
from ...publish.changed import files_in
from ...publish.feed_report import report
from ..command import CommandError, Options, run
from ..publish.publish import FRESH, build, opened


def difference(options: Options) -> str:
    """Return what subscribers would see.

    Raises:
        CommandError: the site cannot be built, or there is nothing to compare it with.

    """
    site = opened()
    build(site)
    old = Path(options.get("OLD") or site.config.output)
    if not old.is_dir():
        raise CommandError(f"There is no {old}/, so everything would be new; OLD=… names another folder.")
    return report(changes(files_in(old), files_in(FRESH)))


if __name__ == "__main__":
    sys.exit(run(difference))
