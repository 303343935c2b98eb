"""Record a published address as permanently removed: ``make gone ADDRESS=/essays/one/``.

A ``*`` in the address matches any text, so that one call can remove the feeds of a play in all formats.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from ...adapter.reading.sources import open_manuscript
from ...names import nearest
from ...record.record import Record, mark_gone
from ...record.text import text_of, write
from ..command import CommandError, Options, required
from .publish import SETTINGS
from .record_check import record_file, require_complete_record, today_of


def gone(options: Options) -> str:
    """Mark ``ADDRESS`` as removed in the record, and return the changed lines of the record."""
    address = required(options, "ADDRESS", "the address", "make gone ADDRESS=/essays/one/")
    site = open_manuscript(SETTINGS)
    require_complete_record(site, first=False)
    record = mark_gone(site.record, matching(site.record, address), today_of(site))
    write(record_file(site), record)
    before, after = (text_of(each).partition("[end]")[0].splitlines() for each in (site.record, record))
    lines = [line for line in after if line not in before and " = { " in line]
    return "\n".join(lines) or f"{address} is recorded as removed already."


def matching(record: Record, pattern: str) -> frozenset[str]:
    """Return the recorded addresses of pages and files that match `pattern`, in which ``*`` matches any text."""
    known = {**record.files, **record.facts}
    found = frozenset(each for each in known if fnmatchcase(each, pattern))
    if not found:
        near = nearest(pattern, sorted(known))
        hint = f' Did you mean "{near}"?' if near else ""
        raise CommandError(f"{pattern} was never published.{hint}")
    return found
