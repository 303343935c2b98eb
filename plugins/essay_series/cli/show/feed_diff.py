"""Compare the published feeds with those of a new build: ``make feed-diff SITEURL=https://…``.

``OLD`` selects the folder of the published site, by default the last publication's; ``AS_OF`` the day of the build.
"""

from __future__ import annotations

from pathlib import Path

from ...feeds.diff import changes
from ...publish.changed import feed_changes, files_in
from ..command import CommandError, Options
from ..publish.publish import FRESH, build, open_site


def difference(options: Options) -> str:
    """Return a report of what subscribers would see if the site were published now."""
    site = open_site()
    build(site)
    old = Path(options.get("OLD") or site.config.output)
    if not old.is_dir():
        raise CommandError(f"There is no {old}/ to compare with. Give another folder: OLD=…")
    return feed_changes(changes(files_in(old), files_in(FRESH)))
