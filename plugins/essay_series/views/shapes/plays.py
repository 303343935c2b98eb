"""What templates may read on the pages of the playbook and its plays."""

from __future__ import annotations

from ...model import Address
from ...values import dataclass
from ..kinds.play_text import Worksheet
from ..pieces import Link, Matrix, Part, PlayRow


@dataclass(frozen=True, slots=True)
class PlaybookView:
    """The index of all plays."""

    title: str
    summary: str
    address: Address
    content: str
    plays: tuple[PlayRow, ...]
    matrices: tuple[Matrix, ...]
    lang: str = ""
    listed: bool = True
    feeds: tuple[Link, ...] = ()
    """The feeds that its head announces, its own topic first."""
    alternates: tuple[Link, ...] = ()
    """It in each language, by the language's own name, and the one for readers of any other; none where it is alone."""
    template: str = "playbook"
    section: str = "playbook"


@dataclass(frozen=True, slots=True)
class PlayView:
    """A play's own page."""

    title: str
    summary: str
    address: Address
    content: str
    costs: tuple[Part, ...]
    benefits: tuple[Part, ...]
    others: tuple[Part, ...]
    """Its essays that stand on no side."""
    related: tuple[Link, ...]
    playbook: Link
    feed: str
    worksheet: str
    """Address of the sheet to work with; empty where there is none."""
    lang: str = ""
    card: str = ""
    """Address of the picture by which a link to it is shown elsewhere; empty where there is none."""
    listed: bool = True
    feeds: tuple[Link, ...] = ()
    """The feeds that its head announces, its own topic first."""
    alternates: tuple[Link, ...] = ()
    """It in each language, by the language's own name, and the one for readers of any other; none where it is alone."""
    template: str = "play"
    section: str = "playbook"


@dataclass(frozen=True, slots=True)
class WorksheetView:
    """A play as a sheet of paper to work with."""

    title: str
    summary: str
    address: Address
    play: Link
    playbook: Link
    sheet: Worksheet
    lang: str = ""
    listed: bool = False
    """Search engines have the play itself."""
    feeds: tuple[Link, ...] = ()
    """The feeds that its head announces, its own topic first."""
    template: str = "worksheet"
    section: str = "playbook"
