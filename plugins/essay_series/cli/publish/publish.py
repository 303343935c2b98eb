"""Build the site for its readers beside what they see now, and put it in place once nothing speaks against it.

``make publish SITEURL=https://…``. A repeated item in a feed stops it, unless ``AGAIN=1`` says that this is meant;
so does a published record that is missing, unless ``FIRST=yes`` says that nothing was published before.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from filecmp import cmpfiles
from pathlib import Path
from urllib.parse import urlsplit

from ... import hosts
from ...adapter.reading.sources import open_manuscript
from ...build.cache.store import store_of
from ...build.output import made
from ...build.output.manifest import FILES
from ...build.output.mirror import files_below, take_away
from ...build.output.staging import BusyError, begin
from ...feeds.diff import changes
from ...hosts.compress import ENDINGS, compress
from ...publish.changed import addresses, changed, files_in
from ...publish.feed_report import report
from ...publish.gate import Unread
from ...publish.marker import MARKER, Marker
from ...publish.ours import OF_GITHUB, Ours, adopted, given, gone_with_pages, vanished
from ...record.record import FILE, Record, is_authority, let_go, publish, succeeding
from ...record.text import digest_of, write
from ...sources.attached import unshown_files
from ...sources.manuscript import Manuscript
from ...sources.published import Published
from ..command import BUILD, CommandError, Options, confirmed, is_on, run
from .gate import gate
from .history import head
from .witnesses import demand_whole, marker_of

SETTINGS = "publishconf.py"
EXAMPLE = "https://example.org"
CACHE = Path("cache")
FRESH, LISTING = CACHE / "fresh", CACHE / made.LISTING
SERVERS = Path("deploy")
MOST_TOLD = 12
"""How many vanished addresses are told before the rest are only counted."""


def publication(options: Options) -> str:
    """Publish, and return what changed for subscribers.

    Args:
        options: ``AGAIN`` publishes items that subscribers will see a second time, ``FIRST``
            begins a record although there seems to have been one.

    Raises:
        CommandError: nothing was published.

    """
    site = opened()
    _demand_now(site, options)
    first = confirmed(options, "FIRST")
    said = demand_whole(site, first=first)
    if said:
        print(said)
    unread = build(site)
    live = Path(site.config.output)
    before = {path: data for path, data in files_in(live).items() if path != MARKER}
    after = files_in(FRESH)
    record = _record_after(site, after, live, first=first)
    found = changes(before, after)
    if any(change.kind == "repeated" for change in found) and not is_on(options, "AGAIN"):
        raise CommandError(f"{report(found)}\nNothing was published. To publish all the same, add AGAIN=1.")
    foreign = _put_in_place(site, record, live)
    _tell_hosts(site)
    known = {address for address, fact in site.record.facts.items() if not fact.gone}
    lines = [changed(before, after), addresses(known, Published.of(site).addresses | Published.of(site).former.keys())]
    if not site.record.authority:
        lines.append(f'Ids in feeds are minted under "tag:{record.authority}" from now on, wherever the site moves.')
    if kept := sorted(unshown_files(site)):
        lines.append(f"Kept back, since nothing published refers to it: {', '.join(kept)}.")
    subscribers = report(found) if before else "The feeds are new, and have no subscribers yet."
    lines += [*map(str, unread), subscribers, *told_of(foreign, live)]
    return "\n".join([*lines, f"The site is in {live}/ now. Commit {site.config.content}/{FILE} with the sources."])


def opened() -> Manuscript:
    """Return the sources of the site that is to be published.

    Raises:
        CommandError: it is not said where the site will be, or under what its ids are minted.
        UnreadableMomentError: it is not said as of when.

    """
    site = open_manuscript(SETTINGS)
    if site.config.root in ("", EXAMPLE):
        raise CommandError("Give the address of the site: SITEURL=https://your.domain, here or in publishconf.py.")
    if not _authority(site):
        site = replace(site, config=replace(site.config, authority=_derived(site)))
    if not is_authority(_authority(site)):
        raise CommandError(
            f'TAG_AUTHORITY: "{_authority(site)}" is not in the form "domain,day". Write one in {SETTINGS}, such as '
            '"your.domain,2026-11-22", with a domain that you own on that day.'
        )
    return site


def _derived(site: Manuscript) -> str:
    """Return the domain of `site` with the present day: what ids are minted under where no setting says so."""
    host = urlsplit(site.config.root).hostname or ""
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        raise CommandError(f'SITEURL: "{host}" has no valid host name.') from None
    return f"{host},{datetime.now(site.config.timezone).date().isoformat()}"


def build(site: Manuscript) -> Sequence[Unread]:
    """Build `site` for its readers beside the published one; return the files that the gate could not look into.

    What the last publication built is kept where it would be the same; other files that lie there are removed.

    Raises:
        CommandError: its sources have problems, or readers would find what they must not.

    """
    take_away(FRESH, files_below(FRESH).keys() - set(made.made_in(LISTING, FRESH) or ()))
    command = [*BUILD, site.config.content, "--fatal=errors", "--settings", SETTINGS]
    minted = f'TAG_AUTHORITY="{_authority(site)}"'
    if subprocess.run([*command, "--output", str(FRESH), "--extra-settings", minted], check=False).returncode:
        raise CommandError("Nothing was published.")
    found = gate(FRESH, site, SETTINGS)
    if found.leaks:
        raise CommandError("\n".join([*map(str, found.leaks), "Nothing was published."]))
    return found.unread


def _demand_now(site: Manuscript, options: Options) -> None:
    """Raise `CommandError` unless the site is built as of now: another day would be published and recorded."""
    if options.get("AS_OF"):
        raise CommandError("make publish always uses the current time; remove AS_OF.")
    if site.config.as_of:
        raise CommandError("make publish always uses the current time; remove AS_OF from the settings.")
    if site.config.now is None:
        raise CommandError("make publish always uses the current time; remove WITH_FUTURE_DATES from the settings.")


def _authority(site: Manuscript) -> str:
    return site.record.authority or site.config.authority


def _record_after(site: Manuscript, built: Collection[str], live: Path, *, first: bool) -> Record:
    """Return the record as it will be once `built` is published.

    Raises:
        CommandError: an address that readers were given would lead nowhere.

    """
    today = datetime.now(site.config.timezone).date().isoformat()
    known = site.record
    if not known.facts and first:
        known = replace(known, since=head(Path(site.config.content)))
    if known.facts and not (known.files or known.support):
        made_before = made.made_in(LISTING, live) or ()
        known = adopted(known, files_below(live).keys(), made_before, site.config, today)
    after = publish(known, given(site, built), _authority(site), today)
    if lost := vanished(after, built):
        raise CommandError("\n".join([*_told_lost(lost, site), "Nothing was published."]))
    after = let_go(after, gone_with_pages(after), today)
    return succeeding(site.record, replace(after, earlier=site.record.earlier), today)


def _told_lost(lost: Collection[str], site: Manuscript) -> list[str]:
    """Return what is said of the addresses that would lead nowhere, each with its place and the cure."""
    file, lines = f"{site.config.content}/{FILE}", site.record.lines
    told = [
        f"{file}:{lines.get(address, 1)}:1: {address} was published, and the site has no such file now "
        f"[vanished-address]. Bring it back, or if it is gone for good, run: make gone ADDRESS='{address}'"
        for address in list(lost)[:MOST_TOLD]
    ]
    return [*told, *([f"… and {len(lost) - MOST_TOLD} more."] if len(lost) > MOST_TOLD else [])]


def _put_in_place(site: Manuscript, record: Record, live: Path) -> list[str]:
    """Write the record, and let the fresh site take the place of the live one, compressed too.

    The record comes first, so that whenever this is killed every file that was put in place is known as ours. What the
    author keeps beside the site stays, and is returned.
    """
    try:
        begun = begin(live, for_all=True)
    except BusyError as busy:
        raise CommandError(f"{busy} Nothing was published.") from busy
    with begun as staging:
        for path in files_below(FRESH):
            (staging.folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(FRESH / path, staging.folder / path)
        folder = Path(site.config.content)
        compress(staging.folder, live)
        marker = _marker(record, site, staging.folder, live)
        (staging.folder / MARKER).write_text(marker.text(), encoding="utf-8")
        now = files_below(staging.folder).keys()
        if digest_of(record) != site.record.digest:
            write(folder / FILE, record)
        whose = Ours(record, site.config)
        before = files_below(live).keys()
        staging.put_in_place([path for path in before if path in whose and path not in now])
        made.record(LISTING, staging.live, now)
        _record_reasons(staging.live, now)
        return sorted(path for path in before if path not in whose and path not in now)


def _record_reasons(live: Path, paths: Iterable[str]) -> None:
    """Record for `make why` why each file was written, a compressed one for the reason of its original."""
    built, store = store_of(CACHE, FRESH.resolve()).all(FILES), store_of(CACHE, live)
    originals = {path: path[:-3] if path.endswith(ENDINGS) else path for path in ("", *paths)}
    store.leave(FILES, {path: built[original] for path, original in originals.items() if original in built})
    store.save()


def _marker(record: Record, site: Manuscript, fresh: Path, live: Path) -> Marker:
    """Return the marker of the site in `fresh`; the one in `live` where that is the same site."""
    marker = Marker(record.authority, digest_of(record), head(Path(site.config.content)))
    before, whose = marker_of(live), Ours(record, site.config)
    if not before or (before.site, before.record) != (marker.site, marker.record):
        return marker
    old = {path for path in files_below(live) if path in whose and path != MARKER}
    same = old == files_below(fresh).keys() and not cmpfiles(fresh, live, old, shallow=False)[1]
    return before if same else marker


def told_of(foreign: Collection[str], live: Path) -> list[str]:
    """Return what is said of the files in `live` that are not the site's own."""
    names = [path for path in foreign if path not in OF_GITHUB]
    if not names:
        return []
    more = f", and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD else ""
    listed = ", ".join(sorted(names)[:MOST_TOLD])
    return [f"Not of this site, kept in {live}/ and never sent: {listed}{more}. Put into content/, they would be."]


def _tell_hosts(site: Manuscript) -> None:
    """Write how servers of one's own are to serve the site, into a folder that no reader gets."""
    SERVERS.mkdir(exist_ok=True)
    for name, text in hosts.server_configs(hosts.hosting(site)).items():
        (SERVERS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(run(publication))
