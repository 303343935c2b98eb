"""Dates that are not in the form of ISO 8601: read as Pelican reads them, if there is only one way to read them."""

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
_MIDNIGHTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - they only fill in what is left out
_UTC = ("UTC", "GMT", "Z")
_NAME_AND_NUMBER = re.compile(r"[A-Za-z]{3,5} ?[+-]\d{1,2}(:?\d\d)?$")
"""As in ``UTC+2``, whose sign the parser takes for its contrary."""


@lru_cache(maxsize=2**12)
def certain_date(text: str) -> datetime:
    """Return the moment that Pelican takes `text` for.

    Raises:
        ValueError: it is no date; or another order of day and month, another machine's zone or another day of reading
            would make another moment of it.

    """
    readings = set(_readings(text.replace("_", " ")))
    if len(readings) > 1 or not _YEAR.search(text) or _NAME_AND_NUMBER.search(text):
        raise ValueError(text)
    found = get_date(text)
    if {found} != readings:
        raise ValueError(text)
    return found


def _readings(text: str) -> Iterator[datetime]:
    """Yield what `text` can mean; a day stands behind its month wherever the year comes first."""
    day_first = (False,) if _YEAR.match(text) else (False, True)
    for first, default in product(day_first, _MIDNIGHTS):
        yield cast("datetime", parser.parse(text, tzinfos=_zone, dayfirst=first, default=default))


def _zone(name: str | None, offset: int | None) -> int | None:
    """Return the offset of a zone that is given by a number, or is UTC.

    Raises:
        ValueError: the zone has a name, which can be short for several.

    """
    if name and name not in _UTC:
        raise ValueError(name)
    return 0 if name else offset
