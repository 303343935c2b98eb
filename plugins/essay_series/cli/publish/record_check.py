"""The published record, compared with git's history and with the published folder.

A record that is missing or incomplete never means that nothing was published.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ...feeds.diff import snapshot
from ...htmltext import canonical
from ...publish.changed import files_in
from ...publish.marker import MARKER, Marker, marker_from
from ...record.record import FILE, Fact, Record
from ...sources.manuscript import Manuscript
from ..command import CommandError
from .history import History, history_of

CURE = "Bring it back from git, or run: make record"


def record_file(site: Manuscript) -> Path:
    """Return the file of the published record of `site`, which need not exist."""
    return Path(site.config.content, FILE)


def today_of(site: Manuscript) -> str:
    """Return the present date in the time zone of `site`, as ``2009-04-01``."""
    return datetime.now(site.config.timezone).date().isoformat()


def require_readable_record(site: Manuscript) -> None:
    """Raise `CommandError` if the published record is truncated, edited by hand or has merge conflicts."""
    if site.bad_record:
        at = f"{record_file(site).as_posix()}:{site.bad_record.line}:1"
        raise CommandError(f"{at}: the published record is damaged: {site.bad_record}. {CURE}")


def require_complete_record(site: Manuscript, *, first: bool) -> str:
    """Return a note about the state of the record for the author; empty if all is as usual.

    The record must have all that git's history and the published folder have, unless the author says that this is the
    `first` publication.
    """
    file, live = record_file(site), Path(site.config.output)
    require_readable_record(site)
    history = history_of(file, site.record.since)
    if not site.record.facts:
        return _first(file, live, history, first=first)
    missing = [a for a in history.record.all if a not in site.record.all]
    strange = [digest for digest in history.record.earlier if not site.record.follows(digest)]
    if missing or (strange and site.record.digest):
        what = f"{missing[0]} is missing" if missing else "an earlier version is missing"
        raise CommandError(f"{file.as_posix()}:1:1: {what}, although git's history has it. {CURE}")
    _require_all_of_folder(site.record, file, live)
    if site.record.digest:
        return ""
    if not history.is_tracked and not _has_files(live):
        raise CommandError(
            f"{file.as_posix()}:1:1: it has no end mark, as in version 0.1.0, and neither git nor {live}/ can show "
            "whether it is complete. Check it, then run: make record"
        )
    return "The published record had the format of version 0.1.0; from now on it lists every file and has an end mark."


def published_pages(live: Path) -> Mapping[str, Fact]:
    """Return the addresses of the pages and feeds in the folder `live`, with the ids in its feeds.

    The address of a page is its canonical link, relative to that of the home page.
    """
    files = files_in(live)
    pages = {path: data.decode(errors="replace") for path, data in files.items() if path.endswith(".html")}
    own = {path: url for path, page in pages.items() if (url := canonical(page))}
    root = own.get("index.html", "").rstrip("/")
    found = {a: Fact("") for url in own.values() if root and (a := _below(url, root))}
    for path, data in files.items():
        feed = snapshot(data) if path.endswith(".atom.xml") else None
        if feed and root:
            found[f"/{path}"] = Fact("", id=feed.id)
            items = feed.items.values()
            found |= {a: Fact("", id=item.id) for item in items if (a := _below(item.url, root))}
    return found


def _below(url: str, root: str) -> str:
    """Return `url` as an address relative to the site at the URL `root`; empty if it is of another site."""
    path = urlsplit(url).path if url.startswith(f"{root}/") else ""
    return unquote(path.removeprefix(urlsplit(root).path))


def _first(file: Path, live: Path, history: History, *, first: bool) -> str:
    if first:
        return "A first publication, because of FIRST=yes: git's history and the published folder are not checked."
    if history.commit:
        raise CommandError(
            f"{file.as_posix()}: the published record is missing, but git's history has one. Restore it: "
            f"git checkout {history.commit[:12]} -- {file.as_posix()}; if this is a different site now, add FIRST=yes"
        )
    if _has_files(live):
        raise CommandError(
            f"{file.as_posix()}: the published record is missing, but {live}/ is not empty. Restore the record, or "
            f"run: make record; if nothing in {live}/ was ever published, add FIRST=yes"
        )
    return f"A first publication: there is no published record, none in git's history, and nothing in {live}/."


def _has_files(live: Path) -> bool:
    return live.is_dir() and any(live.iterdir())


def _require_all_of_folder(record: Record, file: Path, live: Path) -> None:
    """Raise `CommandError` unless everything in the published folder `live` is in `record`."""
    found = marker_of(live)
    if found and not found.is_of(record):
        raise CommandError(
            f"{file.as_posix()}:1:1: {live}/ was published with a later or a different record. Pull first; {CURE}"
        )
    if not record.digest and (missing := sorted(published_pages(live).keys() - record.facts.keys())):
        raise CommandError(f"{file.as_posix()}:1:1: {missing[0]} is in {live}/ but not in this record. {CURE}")


def marker_of(live: Path) -> Marker | None:
    """Return the marker of the published folder `live`; None if it has none."""
    file = live / MARKER
    return marker_from(file.read_text(encoding="utf-8", errors="replace")) if file.is_file() else None
