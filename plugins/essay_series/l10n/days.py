"""Formats dates and counts in English, the language of messages to authors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def month_in_words(moment: date) -> str:
    """Return the month of `moment`, in its own time zone: "April 2009"."""
    return f"{MONTHS[moment.month - 1]} {moment.year}"


def in_words(moment: date) -> str:
    """Return the day of `moment`, in its own time zone: "1 April 2009"."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def noun(number: int, one: str, many: str = "") -> str:
    """Return the singular `one` or the plural `many`, by default with an s, to go with `number`."""
    return one if number == 1 else many or f"{one}s"


def some(names: Sequence[str], most: int) -> str:
    """Return the first `most` of `names`, and how many more there are: ``a, b and 3 more``."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
