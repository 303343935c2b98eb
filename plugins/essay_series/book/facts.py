"""The metadata of a book, whatever its format."""

from __future__ import annotations

from datetime import datetime

from ..values import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """The metadata of one book. Text is plain and typeset."""

    title: str
    author: str
    """May be empty."""
    publisher: str
    """The name of the site."""
    summary: str
    lang: str
    direction: str
    """``ltr`` or ``rtl``."""
    identifier: str
    """A unique URI."""
    first: datetime
    """The date of its first part."""
    newest: datetime
    """The latest date on which a part was published or revised."""
    address: str
    """The absolute URL of the series; empty in a preview."""
    languages: tuple[str, ...] = ()
    """Other languages in which parts of it are written."""
    style: str = ""
    """CSS for its languages, beside the CSS of every book."""
