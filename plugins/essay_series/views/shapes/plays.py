"""Views of the playbook, of plays and of worksheets."""

from __future__ import annotations

from ...values import dataclass
from ..kinds.play_text import Worksheet
from ..pieces import Link, Matrix, Part, PlayRow
from .base import View


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookView(View):
    """The index of all plays."""

    content: str
    plays: tuple[PlayRow, ...]
    matrices: tuple[Matrix, ...]
    template: str = "playbook"
    section: str = "playbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayView(View):
    """The page of a play."""

    content: str
    costs: tuple[Part, ...]
    benefits: tuple[Part, ...]
    others: tuple[Part, ...]
    """Its essays without a side."""
    related: tuple[Link, ...]
    playbook: Link
    feed: str
    """The URL of its feed; empty if there is none."""
    worksheet: str
    """The URL of its worksheet; empty if there is none."""
    template: str = "play"
    section: str = "playbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetView(View):
    """A worksheet for a play, to be printed."""

    play: Link
    playbook: Link
    sheet: Worksheet
    listed: bool = False
    """Search engines have the page of the play."""
    template: str = "worksheet"
    section: str = "playbook"
