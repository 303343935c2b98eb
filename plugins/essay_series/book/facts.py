"""What a book says of itself, whatever its form."""

from __future__ import annotations

from datetime import datetime

from ..values import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """The metadata of one book. Text is plain and typeset."""

    title: str
    author: str
    """Who wrote it; empty where that is not said."""
    publisher: str
    """The name of the site."""
    summary: str
    lang: str
    direction: str
    """Which way it is read: ``ltr`` or ``rtl``."""
    identifier: str
    """A URI that no other book has."""
    first: datetime
    """When its first part was published."""
    newest: datetime
    """When its newest part was published or revised, whichever is later."""
    address: str
    """Where the series stands on the web; empty in a preview."""
    languages: tuple[str, ...] = ()
    """The other languages that parts of it are in."""
    style: str = ""
    """What its languages need beside the style that all books have."""
