"""The claims of an essay that readers can check: the cases that it argues from, and its corrections."""

from __future__ import annotations

from datetime import date

from .values import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """The correction of an error in a published essay. The texts are plain text."""

    day: date
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Case:
    """A real event that an essay argues from. The texts are plain text."""

    name: str
    years: str
    """When it happened, such as ``1797`` or ``1886-1911``; it begins with a year."""
    note: str = ""
    """The label of the footnote that names its source; empty if there is none."""

    @property
    def year(self) -> int:
        """The year in which it began."""
        return int(self.years[:4])
