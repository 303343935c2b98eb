"""Build the site for its readers beside what they see now, and put it in place once nothing speaks against it.

``make publish SITEURL=https://…``. A re-appearing item in a feed stops it, unless ``AGAIN=1`` says that this is meant.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from ..adapter.sources import open_manuscript
from ..feeds.diff import changes
from ..manuscript import Manuscript
from ..published import Published
from ..record import FILE, is_authority, publish, text_of
from .feeds_of import feeds_in, report
from .gate import leaks_in

SETTINGS = "publishconf.py"
EXAMPLE = "https://example.org"
FRESH, FORMER = Path("cache/fresh"), Path("cache/former")


class RefusedError(Exception):
    """Something speaks against publishing; the text says what, and what to do."""


def run(words: Mapping[str, str]) -> str:
    """Publish, and return what changed for subscribers.

    Args:
        words: what the author gave: ``AGAIN`` publishes items that subscribers will see a second time.

    Raises:
        RefusedError: nothing was published.

    """
    site = build()
    live = Path(site.config.output)
    found = changes(feeds_in(live), feeds_in(FRESH))
    if any(change.kind == "re-appearing" for change in found) and not words.get("AGAIN"):
        raise RefusedError(f"{report(found)}\nNothing was published. If this is meant, add AGAIN=1.")
    _put_in_place(live)
    _remember(site)
    return f"{report(found)}\nThe site is in {live}/ now. Commit {site.config.content}/{FILE} with the sources."


def build() -> Manuscript:
    """Build the site for its readers into a folder beside the published one, and return its sources.

    Raises:
        RefusedError: it is not said where the site will be, or its sources have problems.

    """
    site = open_manuscript(SETTINGS)
    if site.config.root in ("", EXAMPLE):
        raise RefusedError(
            "Say where readers will find the site: SITEURL=https://your.domain, here or in publishconf.py."
        )
    if not is_authority(_authority(site)):
        raise RefusedError(f'TAG_AUTHORITY in {SETTINGS} is no "domain,day", such as "your.domain,2026-11-22".')
    shutil.rmtree(FRESH, ignore_errors=True)
    command = [sys.executable, "-m", "pelican", site.config.content, "--fatal=errors", "--settings", SETTINGS]
    if subprocess.run([*command, "--output", str(FRESH)], check=False).returncode:
        raise RefusedError("Nothing was published.")
    if found := leaks_in(FRESH, site, SETTINGS):
        raise RefusedError("\n".join([*map(str, found), "Nothing was published."]))
    return site


def _authority(site: Manuscript) -> str:
    return site.record.authority or site.config.authority


def _put_in_place(live: Path) -> None:
    shutil.rmtree(FORMER, ignore_errors=True)
    if live.exists():
        live.rename(FORMER)
    FRESH.rename(live)


def _remember(site: Manuscript) -> None:
    """Write the record of all that is published now, in one step."""
    published = Published(site)
    addresses = {address: published.ids.get(address, "") for address in published.addresses}
    today = datetime.now(site.config.timezone).date().isoformat()
    after = publish(site.record, addresses, _authority(site), today)
    file = Path(site.config.content, FILE)
    fresh = file.with_suffix(".new")
    fresh.write_text(text_of(after), encoding="utf-8")
    fresh.replace(file)


def main() -> int:
    """Publish as an author asks for it; return 0 if it was done."""
    try:
        print(run(os.environ))
    except RefusedError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
