"""Publish: ``make publish SITEURL=https://… [AGAIN=1] [FIRST=yes]``.

The site is built in a folder of its own, checked, and then put in the place of the last publication. If subscribers
would see an item a second time, nothing is published without ``AGAIN=1``; if the published record is missing, nothing
is published without ``FIRST=yes``.
"""

from __future__ import annotations

import subprocess
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from filecmp import cmpfiles
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from ... import hosts
from ...adapter.reading.sources import open_manuscript
from ...build.build import Build
from ...build.cache.store import Store, store_of
from ...build.output import made, manifest
from ...build.output.mirror import files_below, take_away
from ...build.output.staging import BusyError, begin
from ...build.output.states import digest_of_file
from ...build.target import Target
from ...feeds.diff import changes
from ...hosts.compress import ENDINGS, compressed, is_worthwhile
from ...publish.changed import MOST_NAMED, address_changes, feed_changes, file_changes, files_in, named
from ...publish.gate import Unread
from ...publish.marker import MARKER, Marker
from ...publish.own_files import (
    GITHUB_FILES,
    OwnFiles,
    gone_with_pages,
    publication_of,
    vanished,
    with_unrecorded_files,
)
from ...record.record import FILE, Record, is_authority, mark_gone, publish, succeeding
from ...record.text import digest_of, write
from ...sources.attached import unshown_files
from ...sources.manuscript import Manuscript
from ...sources.published import Published
from ..command import BUILD, CommandError, Options, confirmed, is_on, pelican_arguments
from .gate import gate
from .git import head
from .record_check import marker_of, require_complete_record, today_of

SETTINGS = "publishconf.py"
EXAMPLE = "https://example.org"
CACHE = Path("cache")
FRESH, LISTING = CACHE / "fresh", CACHE / made.LISTING
SERVER_CONFIGS = Path("deploy")


def publication(options: Options) -> str:
    """Publish, and return a report of what changed."""
    site = open_site()
    _require_present_time(site, options)
    first = confirmed(options, "FIRST")
    if note := require_complete_record(site, first=first):
        print(note)
    unread = build(site)
    live = Path(site.config.output)
    before = {path: data for path, data in files_in(live).items() if path != MARKER}
    after = files_in(FRESH)
    record = _record_after(site, after, live, first=first)
    found = changes(before, after)
    if any(change.kind == "repeated" for change in found) and not is_on(options, "AGAIN"):
        raise CommandError(f"{feed_changes(found)}\nNothing was published. To publish all the same, add AGAIN=1.")
    foreign = _put_in_place(site, record, live)
    _write_server_configs(site)
    subscribers = feed_changes(found) if before else "The feeds are new, and have no subscribers yet."
    lines = [file_changes(before, after), *_notes(site, record), *map(str, unread), subscribers]
    lines += foreign_files_note(foreign, live)
    return "\n".join([*lines, f"The site is in {live}/ now. Commit {site.config.content}/{FILE} with the sources."])


def _notes(site: Manuscript, record: Record) -> Iterator[str]:
    """Yield what a publication of `site` changes beside files and feeds; `record` is that after it."""
    published = Published.of(site)
    known = {address for address, fact in site.record.facts.items() if not fact.gone}
    yield address_changes(known, published.addresses | published.former.keys())
    if not site.record.authority:
        yield f'Ids in feeds are minted under "tag:{record.authority}" from now on, even if the site moves.'
    if unshown := sorted(unshown_files(site)):
        yield f"Not published, since nothing published refers to it: {', '.join(unshown)}."


def open_site() -> Manuscript:
    """Return the sources of the site that is to be published.

    Raises:
        CommandError: the address of the site is missing, or the authority of its ids is invalid.
        UnreadableMomentError: ``AS_OF`` is invalid.

    """
    site = open_manuscript(SETTINGS)
    if site.config.root in ("", EXAMPLE):
        raise CommandError("Give the address of the site: SITEURL=https://your.domain, here or in publishconf.py.")
    if not _authority(site):
        site = replace(site, config=replace(site.config, authority=_default_authority(site)))
    if not is_authority(_authority(site)):
        raise CommandError(
            f'TAG_AUTHORITY: "{_authority(site)}" is not in the form "domain,day". Write one in {SETTINGS}, such as '
            '"your.domain,2026-11-22", with a domain that you own on that day.'
        )
    return site


def _default_authority(site: Manuscript) -> str:
    """Return the authority of ids where no setting gives one: the domain of `site` and the present date."""
    host = urlsplit(site.config.root).hostname or ""
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        raise CommandError(f'SITEURL: "{host}" has no valid host name.') from None
    return f"{host},{today_of(site)}"


def build(site: Manuscript) -> Sequence[Unread]:
    """Build `site` into `FRESH`, incrementally, and return the files that the leak gate could not read.

    Files in that folder that no build made are removed first.
    """
    take_away(FRESH, files_below(FRESH).keys() - set(made.made_in(LISTING, FRESH) or ()))
    command = [*BUILD, *pelican_arguments(SETTINGS, FRESH, TAG_AUTHORITY=_authority(site))]
    if subprocess.run(command, check=False).returncode:
        raise CommandError("Nothing was published.")
    found = gate(FRESH, site, SETTINGS, LISTING)
    if found.leaks:
        raise CommandError("\n".join([*map(str, found.leaks), "Nothing was published."]))
    return found.unread


def _require_present_time(site: Manuscript, options: Options) -> None:
    """Raise `CommandError` if the site would be built as of another time, which would be recorded for good."""
    if options.get("AS_OF"):
        raise CommandError("make publish always uses the current time; remove AS_OF.")
    if site.config.as_of:
        raise CommandError("make publish always uses the current time; remove AS_OF from the settings.")
    if site.config.now is None:
        raise CommandError("make publish always uses the current time; remove WITH_FUTURE_DATES from the settings.")


def _authority(site: Manuscript) -> str:
    return site.record.authority or site.config.authority


def _record_after(site: Manuscript, built: Collection[str], live: Path, *, first: bool) -> Record:
    """Return the record after the publication of `built`, the output paths of the new build."""
    today = today_of(site)
    known = site.record
    if not known.facts and first:
        known = replace(known, since=head(Path(site.config.content)))
    if known.facts and not (known.files or known.support):
        made_before = made.made_in(LISTING, live) or ()
        known = with_unrecorded_files(known, files_below(live).keys(), made_before, site.config, today)
    after = publish(known, publication_of(site, built), _authority(site), today)
    if lost := vanished(after, built):
        raise CommandError("\n".join([*_vanished_messages(lost, site), "Nothing was published."]))
    after = mark_gone(after, gone_with_pages(after), today)
    return succeeding(site.record, replace(after, earlier=site.record.earlier), today)


def _vanished_messages(lost: Sequence[str], site: Manuscript) -> list[str]:
    """Return a message for each of the published addresses `lost` that would have no file, with its line and a cure."""
    file, lines = f"{site.config.content}/{FILE}", site.record.lines
    messages = [
        f"{file}:{lines.get(address, 1)}:1: {address} was published, and the site has no such file now "
        f"[vanished-address]. Bring it back, or if it is gone for good, run: make gone ADDRESS='{address}'"
        for address in lost[:MOST_NAMED]
    ]
    return [*messages, *([f"… and {len(lost) - MOST_NAMED} more."] if len(lost) > MOST_NAMED else [])]


def _put_in_place(site: Manuscript, record: Record, live: Path) -> list[str]:
    """Write the record, update the live site from the fresh one, and return the foreign files.

    The record is written first, so that every file in place is recorded even if this is killed. Foreign files are those
    that the author put into the published folder; they stay there.
    """
    try:
        begun = begin(live, for_all=True)
    except BusyError as busy:
        raise CommandError(f"{busy} Nothing was published.") from busy
    with begun as staging:
        fresh, store = store_of(CACHE, FRESH.resolve()), store_of(CACHE, staging.live)
        before, own = files_below(live).keys(), OwnFiles(record, site.config)
        previous = manifest.load(store, [path for path in before if path in own])
        publishing = Build(store, staging.live, staging.folder, previous)
        publishing.add(_targets(fresh))
        publishing.execute()
        marker = _marker(record, site, publishing)
        publishing.add([Target(MARKER, None, marker.text().encode)])
        publishing.execute()
        if digest_of(record) != site.record.digest:
            write(Path(site.config.content, FILE), record)
        now = publishing.finish(staging, LISTING)
    return sorted(path for path in before if path not in own and path not in now)


def _targets(fresh: Store) -> Iterable[Target]:
    """Return the targets of a publication: copies of the files in `FRESH`, and compressed copies of texts.

    A file that every build writes, and that has no key in `fresh`, the store of that folder, is known by its content.
    """
    targets = {}
    for path, record in manifest.load(fresh, sorted(files_below(FRESH))).items():
        file = FRESH / path
        key = record.key if record else {"content": digest_of_file(str(file))}
        targets[path] = Target(path, key, partial(Path, file), kind="copy", batch=path, cost=0)
        for ending in ENDINGS if is_worthwhile(file) else ():
            render = partial(compressed, file, ending)
            targets[f"{path}{ending}"] = Target(f"{path}{ending}", key, render, kind="compressed copy", batch=path)
    return targets.values()


def _marker(record: Record, site: Manuscript, publishing: Build) -> Marker:
    """Return the marker of a publication; the present one if no other file changes."""
    marker = Marker(record.authority, digest_of(record), head(Path(site.config.content)))
    before, done = marker_of(publishing.live), publishing.done
    if not before or (before.site, before.record) != (marker.site, marker.record):
        return marker
    _, different, missing = cmpfiles(publishing.folder, publishing.live, done.write, shallow=False)
    return marker if different or missing or done.remove - {MARKER} else before


def foreign_files_note(foreign: Collection[str], live: Path) -> list[str]:
    """Return a note about the files in `live` that are not the site's own; an empty list if there are none."""
    names = [path for path in foreign if path not in GITHUB_FILES]
    if not names:
        return []
    return [f"Not part of this site, kept in {live}/ and never sent: {named(names)}. To publish them, use content/."]


def _write_server_configs(site: Manuscript) -> None:
    """Write configurations for the author's own servers into a folder outside the site."""
    SERVER_CONFIGS.mkdir(exist_ok=True)
    for name, text in hosts.server_configs(hosts.hosting(site)).items():
        (SERVER_CONFIGS / name).write_text(text, encoding="utf-8")
