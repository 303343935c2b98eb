"""Dates in other forms than ISO 8601, parsed as Pelican does but only if they are unambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import product
from typing import cast

from dateutil import parser
from pelican.utils import get_date

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d{1,3}(?!\d))")
_MIDNIGHTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - defaults for missing parts only
_UTC = ("UTC", "GMT", "Z")
_NAME_AND_NUMBER = re.compile(r"[A-Za-z]{3,5} ?[+-]\d{1,2}(:?\d\d)?$")
"""As in ``UTC+2``, which dateutil takes for two hours west of UTC."""


@lru_cache(maxsize=2**12)
def certain_date(text: str) -> datetime:
    """Return the moment that Pelican reads in `text`.

    Raises:
        ValueError: it is not a date, or it is ambiguous: the result would be different with day and month swapped, on a
            machine in another time zone, or on another day.

    """
    readings = set(_readings(text.replace("_", " ")))
    if len(readings) > 1 or not _YEAR.search(text) or _NAME_AND_NUMBER.search(text):
        raise ValueError(text)
    found = get_date(text)
    if {found} != readings:
        raise ValueError(text)
    return found


def _readings(text: str) -> Iterator[datetime]:
    """Yield all readings of `text`; if the year comes first, the month comes before the day."""
    day_first = (False,) if _YEAR.match(text) else (False, True)
    for first, default in product(day_first, _MIDNIGHTS):
        yield cast("datetime", parser.parse(text, tzinfos=_zone, dayfirst=first, default=default))


def _zone(name: str | None, offset: int | None) -> int | None:
    """Return the offset, in seconds, of a zone that is a number or UTC.

    Raises:
        ValueError: the zone has a name, and so may be one of several.

    """
    if name and name not in _UTC:
        raise ValueError(name)
    return 0 if name else offset
