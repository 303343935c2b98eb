"""What templates may read on the pages that list the cases and the corrections of all essays."""

from __future__ import annotations

from ...model import Address
from ...values import dataclass
from ..pieces import CaseLine, CorrectedEssay, Link


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """The page that lists the corrections of all essays."""

    address: Address
    essays: tuple[CorrectedEssay, ...]
    """The last corrected first."""
    title: str
    summary: str
    lang: str = ""
    listed: bool = True
    feeds: tuple[Link, ...] = ()
    """The feeds that its head announces, its own topic first."""
    template: str = "corrections"
    section: str = "corrections"


@dataclass(frozen=True, slots=True)
class CasesView:
    """The page that lists every case that essays argue from."""

    address: Address
    cases: tuple[CaseLine, ...]
    """The oldest first."""
    title: str
    summary: str
    lang: str = ""
    listed: bool = True
    feeds: tuple[Link, ...] = ()
    template: str = "cases"
    section: str = "cases"
