"""Days as people say them."""

from __future__ import annotations

from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def in_words(moment: date) -> str:
    """Return the day of `moment`, in its own zone: 1 April 2009."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
