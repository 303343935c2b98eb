"""Days as people say them."""

from __future__ import annotations

from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def months_in_words(first: date, last: date) -> str:
    """Return the months of two days, each in its own zone: April 2009, or April 2009 to May 2010."""
    begin, end = (f"{MONTHS[day.month - 1]} {day.year}" for day in (first, last))
    return begin if begin == end else f"{begin} to {end}"


def in_words(moment: date) -> str:
    """Return the day of `moment`, in its own zone: 1 April 2009."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
