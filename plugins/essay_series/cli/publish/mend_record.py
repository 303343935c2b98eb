"""Make the published record whole again, after a merge, an edit by hand or a loss: ``make record``.

What the file still says stays. What git's history and the published folder know beyond that comes back, and the whole
gets a new end. Read the difference before you commit it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ...adapter.reading.sources import open_manuscript
from ...record.record import FILE, Record, is_authority
from ...record.text import completed, salvaged, write
from ...sources.manuscript import Manuscript
from ..command import CommandError, Options, run
from .history import history_of
from .publish import SETTINGS
from .witnesses import marker_of, published_pages

_AUTHORITY = re.compile(r"tag:([^:]+):")


def mended(_: Options) -> str:
    """Mend the record, and return what came back.

    Raises:
        CommandError: nothing is known of any publication.

    """
    site = open_manuscript(SETTINGS)
    file = Path(site.config.content, FILE)
    data = file.read_bytes() if file.is_file() else b""
    known = salvaged(data)
    today = datetime.now(site.config.timezone).date().isoformat()
    record = _dated(completed(known, history_of(file, known.since).record, *_of_folder(site)), today)
    if not record.facts:
        raise CommandError("No publication is known, so there is no record to repair.")
    if not is_authority(record.authority):
        record = replace(record, authority=_authority(record) or site.config.authority)
    if site.record.digest and not _more(record, site.record):
        return f"{file.as_posix()} is complete."
    write(file, record)
    back = sorted(record.all.keys() - known.all.keys())
    return "\n".join(
        [*(f"restored: {a}" for a in back), f"{file.as_posix()} lists {len(record.all)} addresses and is complete."]
    )


def _of_folder(site: Manuscript) -> Iterator[Record]:
    """Yield what the published folder knows."""
    live = Path(site.config.output)
    marker = marker_of(live)
    yield Record(facts=published_pages(live), earlier={marker.record: ""} if marker else {})


def _more(record: Record, known: Record) -> bool:
    """Tell whether `record` has an address, or follows a record, that `known` does not."""
    return bool(record.all.keys() - known.all.keys()) or not all(map(known.follows, record.earlier))


def _dated(record: Record, today: str) -> Record:
    """Return `record` with a day in every line."""
    facts: dict[str, Any] = {
        part: {a: f if f.first else replace(f, first=today) for a, f in getattr(record, part).items()}
        for part in ("facts", "files", "support")
    }
    return replace(record, **facts, earlier={digest: day or today for digest, day in record.earlier.items()})


def _authority(record: Record) -> str:
    found = (_AUTHORITY.match(identity) for identity in record.ids.values())
    return next((match[1] for match in found if match and is_authority(match[1])), "")


if __name__ == "__main__":
    sys.exit(run(mended))
