"""Say that a published address is gone for good: ``make gone ADDRESS=/essays/one/``.

An address that ends in ``*`` stands for all that begin so, such as the feeds of a play in all formats.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from ..adapter.sources import open_manuscript
from ..names import nearest
from ..record import FILE, Record, text_of, write


def let_go(record: Record, address: str, today: str) -> Record:
    """Return `record` with `address`, or all that it stands for, gone from `today` on.

    Raises:
        LookupError: no address of the record is meant.

    """
    meant = {known for known in record.facts if fnmatchcase(known, address)}
    if not meant:
        near = nearest(address, sorted(record.facts))
        hint = f' Did you mean "{near}"?' if near else ""
        raise LookupError(f"{address} was never published.{hint}")
    facts = {a: replace(fact, gone=fact.gone or today) if a in meant else fact for a, fact in record.facts.items()}
    return replace(record, facts=facts)


def main() -> int:
    """Do what the author asks for; return 0 if it was done."""
    address = os.environ.get("ADDRESS", "")
    if not address:
        print("Say which address is gone: make gone ADDRESS=/essays/one/", file=sys.stderr)
        return 1
    site = open_manuscript()
    today = datetime.now(site.config.timezone).date().isoformat()
    try:
        record = let_go(site.record, address, today)
    except LookupError as unknown:
        print(unknown, file=sys.stderr)
        return 1
    file = Path(site.config.content, FILE)
    write(file, record)
    before, after = text_of(site.record).splitlines(), text_of(record).splitlines()
    print("\n".join(line for line in after if line not in before) or f"{address} was gone already.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
