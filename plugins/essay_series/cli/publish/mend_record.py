"""Repair the published record after a merge, an edit by hand or a loss: ``make record``.

Every readable line of the file is kept. Lines that only git's history or the published folder has are added, and the
file gets a new digest. Read the diff before you commit it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...adapter.reading.sources import open_manuscript
from ...record.record import Record, is_authority
from ...record.text import completed, salvaged, write
from ..command import CommandError, Options
from .history import history_of
from .publish import SETTINGS
from .record_check import marker_of, published_pages, record_file, today_of

_AUTHORITY = re.compile(r"tag:([^:]+):")


def mended(_: Options) -> str:
    """Repair the record, and return which addresses were restored."""
    site = open_manuscript(SETTINGS)
    file = record_file(site)
    known = salvaged(file.read_bytes() if file.is_file() else b"")
    record = completed(known, history_of(file, known.since).record, _from_folder(Path(site.config.output)))
    record = _with_days(record, today_of(site))
    if not record.facts:
        raise CommandError("No publication is known, so there is no record to repair.")
    if not is_authority(record.authority):
        record = replace(record, authority=_authority_in_ids(record) or site.config.authority)
    if site.record.digest and not _has_more(record, site.record):
        return f"{file.as_posix()} is complete."
    write(file, record)
    restored = sorted(record.all.keys() - known.all.keys())
    lines = [f"restored: {address}" for address in restored]
    return "\n".join([*lines, f"{file.as_posix()} lists {len(record.all)} addresses and is complete."])


def _from_folder(live: Path) -> Record:
    """Return what the published folder `live` tells about publications."""
    marker = marker_of(live)
    return Record(facts=published_pages(live), earlier={marker.record: ""} if marker else {})


def _has_more(record: Record, known: Record) -> bool:
    """Tell whether `record` has an address or an earlier version that `known` does not have."""
    return bool(record.all.keys() - known.all.keys()) or not all(map(known.follows, record.earlier))


def _with_days(record: Record, today: str) -> Record:
    """Return `record` with `today` wherever a day is missing."""
    facts: dict[str, Any] = {
        part: {a: f if f.first else replace(f, first=today) for a, f in getattr(record, part).items()}
        for part in ("facts", "files", "support")
    }
    return replace(record, **facts, earlier={digest: day or today for digest, day in record.earlier.items()})


def _authority_in_ids(record: Record) -> str:
    """Return the authority of the first id in `record` that has a valid one; empty if none has."""
    found = (_AUTHORITY.match(identity) for identity in record.ids.values())
    return next((match[1] for match in found if match and is_authority(match[1])), "")
