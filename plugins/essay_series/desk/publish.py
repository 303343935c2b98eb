"""Build the site for its readers beside what they see now, and put it in place once nothing speaks against it.

``make publish SITEURL=https://…``. A re-appearing item in a feed stops it, unless ``AGAIN=1`` says that this is meant.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from .. import hosts
from ..adapter.sources import open_manuscript
from ..attached import unshown_files
from ..build import made
from ..build.stage import BusyError, begin
from ..feeds.diff import changes
from ..gate import Unread
from ..hosts.compress import compress
from ..manuscript import Manuscript
from ..published import Published
from ..record import FILE, is_authority, publish, write
from .changed import addresses, changed, files_in
from .command import RefusedError, Words, run
from .feed_report import report
from .gate import gate

SETTINGS = "publishconf.py"
EXAMPLE = "https://example.org"
FRESH, LISTING = Path("cache/fresh"), Path("cache/made.json")
SERVERS = Path("deploy")


def publication(words: Words) -> str:
    """Publish, and return what changed for subscribers.

    Args:
        words: what the author gave: ``AGAIN`` publishes items that subscribers will see a second time.

    Raises:
        RefusedError: nothing was published.

    """
    if words.get("AS_OF"):
        raise RefusedError("A publication is of now: leave AS_OF out.")
    site, unread = build()
    live = Path(site.config.output)
    before, after = files_in(live), files_in(FRESH)
    found = changes(before, after)
    if any(change.kind == "re-appearing" for change in found) and not words.get("AGAIN"):
        raise RefusedError(f"{report(found)}\nNothing was published. If this is meant, add AGAIN=1.")
    _put_in_place(live)
    _remember(site)
    _tell_hosts(site)
    known = {address for address, fact in site.record.facts.items() if not fact.gone}
    lines = [changed(before, after), addresses(known, Published.of(site).addresses | Published.of(site).former.keys())]
    if kept := sorted(unshown_files(site)):
        lines.append(f"Kept back, since nothing published refers to it: {', '.join(kept)}.")
    lines += [
        *map(str, unread),
        report(found),
        f"The site is in {live}/ now. Commit {site.config.content}/{FILE} with the sources.",
    ]
    return "\n".join(lines)


def build() -> tuple[Manuscript, Sequence[Unread]]:
    """Build the site for its readers into a folder beside the published one.

    Return its sources, and the files of it that the gate could not look into.

    Raises:
        RefusedError: it is not said where the site will be, or its sources have problems.
        UnreadableMomentError: it is not said as of when.

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
    found = gate(FRESH, site, SETTINGS)
    if found.leaks:
        raise RefusedError("\n".join([*map(str, found.leaks), "Nothing was published."]))
    return site, found.unread


def _authority(site: Manuscript) -> str:
    return site.record.authority or site.config.authority


def _put_in_place(live: Path) -> None:
    """Let the fresh site take the place of the live one, compressed too; what the author keeps beside it stays."""
    try:
        begun = begin(live, for_all=True)
    except BusyError as busy:
        raise RefusedError(f"{busy} Nothing was published.") from busy
    with begun as stage:
        made_now = made.recorded(LISTING).get(str(FRESH.resolve()), [])
        shutil.copytree(FRESH, stage.folder)
        smaller = compress(stage.folder, live)
        made.put_in_place(LISTING, stage, [*(stage.folder / path for path in made_now), *smaller])


def _tell_hosts(site: Manuscript) -> None:
    """Write how servers of one's own are to serve the site, into a folder that no reader gets."""
    SERVERS.mkdir(exist_ok=True)
    for name, text in hosts.on_the_server(hosts.hosting(site)).items():
        (SERVERS / name).write_text(text, encoding="utf-8")


def _remember(site: Manuscript) -> None:
    """Write the record of all that is published now, in one step."""
    published = Published.of(site)
    reached = published.addresses | published.former.keys()
    addresses = {address: published.ids.get(address, "") for address in reached}
    today = datetime.now(site.config.timezone).date().isoformat()
    write(Path(site.config.content, FILE), publish(site.record, addresses, _authority(site), today))


if __name__ == "__main__":
    sys.exit(run(publication))
