"""Compare the feeds that are published with those of a build of now: ``make feed-diff SITEURL=https://…``.

``OLD`` names the folder of what is published, in place of the last publication's; ``AS_OF`` the day of the build.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..feeds.diff import changes
from .changed import files_in
from .command import RefusedError
from .feed_report import report
from .publish import FRESH, build


def main() -> int:
    """Print what subscribers would see; return 0 if it could be told."""
    try:
        site = build()
    except RefusedError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    old = Path(os.environ.get("OLD") or site.config.output)
    if not old.is_dir():
        print(f"{old}/ is not there, so everything would be new; OLD=… names another folder.", file=sys.stderr)
        return 1
    print(report(changes(files_in(old), files_in(FRESH))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
