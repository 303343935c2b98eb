"""What readers can hold an essay to: the cases that it argues from, and what it had wrong."""

from __future__ import annotations

from datetime import date

from .values import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """Something that a published essay had wrong, and has right now. Text is plain."""

    day: date
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Case:
    """Something that really happened and that an essay argues from. Text is plain."""

    name: str
    years: str
    """When it happened, such as ``1797`` or ``1886-1911``; it begins with a year."""
    note: str = ""
    """The label of the footnote that names its source; empty where none does."""

    @property
    def year(self) -> int:
        """The year in which it began."""
        return int(self.years[:4])
