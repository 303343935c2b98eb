"""What a book says of itself, whatever its form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """The metadata of one book. Text is plain and typeset."""

    title: str
    author: str
    summary: str
    lang: str
    identifier: str
    """A URI that no other book has."""
    first: datetime
    """When its first part was published."""
    newest: datetime
    """When its newest part was published or revised, whichever is later."""
    address: str
    """Where the series stands on the web; empty in a preview."""
