"""Say that a published address is gone for good: ``make gone ADDRESS=/essays/one/``.

An address that ends in ``*`` means all that begin so, such as the feeds of a play in all formats.
"""

from __future__ import annotations

import sys
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from ...adapter.reading.sources import open_manuscript
from ...names import nearest
from ...record.record import FILE, Record, let_go
from ...record.text import text_of, write
from ..command import CommandError, Options, run
from .publish import SETTINGS
from .witnesses import demand_whole


def gone(options: Options) -> str:
    """Write into the record that an address is gone, and return the lines of the record that say so.

    Args:
        options: ``ADDRESS``.

    Raises:
        CommandError: no address is given, it was never published, or the record is not whole.

    """
    address = options.get("ADDRESS", "")
    if not address:
        raise CommandError("Give the address: make gone ADDRESS=/essays/one/")
    site = open_manuscript(SETTINGS)
    demand_whole(site, first=False)
    today = datetime.now(site.config.timezone).date().isoformat()
    record = let_go(site.record, meant(site.record, address), today)
    write(Path(site.config.content, FILE), record)
    before, after = (text_of(each).partition("[end]")[0].splitlines() for each in (site.record, record))
    lines = [line for line in after if line not in before and " = { " in line]
    return "\n".join(lines) or f"{address} is recorded as removed already."


def meant(record: Record, address: str) -> frozenset[str]:
    """Return the addresses that readers were given and that `address` means.

    Raises:
        CommandError: there is none.

    """
    known = {**record.files, **record.facts}
    found = frozenset(each for each in known if fnmatchcase(each, address))
    if not found:
        near = nearest(address, sorted(known))
        hint = f' Did you mean "{near}"?' if near else ""
        raise CommandError(f"{address} was never published.{hint}")
    return found


if __name__ == "__main__":
    sys.exit(run(gone))
