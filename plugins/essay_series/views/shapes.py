"""What templates may read: one frozen value for each kind of page, and the pieces that they share.

All text is plain but for `content`; a template puts it through ``typeset``. Addresses are relative to the site's root.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model import NOWHERE, Address, Side


@dataclass(frozen=True, slots=True)
class Document:
    """A page's text as its author gave it."""

    title: str
    summary: str = ""
    content: str = ""
    lang: str = "en"
    address: Address = NOWHERE
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A page to go to."""

    url: str
    title: str
    summary: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A date for machines and for people."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """An essay as other pages speak of it."""

    slug: str
    url: str
    title: str
    summary: str
    entry: str
    side: Side | None
    day: Day | None
    number: int | None
    """Position among the published parts of its series; None outside a series."""
    series: Link | None
    lang: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A part that is announced."""

    title: str
    side: Side | None
    due: Day | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many published parts stand on each side."""

    costs: int
    benefits: int


@dataclass(frozen=True, slots=True)
class Contents:
    """The series that an essay belongs to, seen from that essay."""

    series: Link
    label: str
    """"Part 3 of 10", or empty while there is only one part."""
    number: int
    total: int
    parts: tuple[Part, ...]
    planned: tuple[Planned, ...]
    previous: Part | None
    next: Part | None


@dataclass(frozen=True, slots=True)
class EssayView:
    """An essay's own page."""

    title: str
    summary: str
    address: Address
    lang: str
    day: Day | None
    author: str
    """Who wrote it, where that is not the site's own by-line."""
    revised: Day | None
    revision: str
    """What was revised on that day."""
    side: Side | None
    entry: str
    content: str
    minutes: int
    contents: Contents | None
    answers: Part | None
    plays: tuple[Link, ...]
    linked_from: tuple[Part, ...]
    """Other essays whose text links to this one."""
    notes: tuple[str, ...]
    """The ids of the marks of its footnotes, in order."""
    translations: tuple[Link, ...]
    listed: bool = True
    template: str = "article"
    section: str = "essay"


@dataclass(frozen=True, slots=True)
class Row:
    """A cost and the benefit that answers it."""

    cost: Part
    benefit: Part


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The two-sided page of a series."""

    title: str
    summary: str
    address: Address
    content: str
    counts: Counts
    opening: tuple[Part, ...]
    rows: tuple[Row, ...]
    costs: tuple[Part, ...]
    benefits: tuple[Part, ...]
    between: tuple[Part, ...]
    closing: tuple[Part, ...]
    planned: tuple[Planned, ...]
    total: int
    data: Address
    """Where the same stands as JSON."""
    lang: str = ""
    listed: bool = True
    template: str = "ledger"
    section: str = "ledger"


@dataclass(frozen=True, slots=True)
class PlayRow:
    """A play as the playbook shows it."""

    play: Link
    counts: Counts
    essays: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A play across the parts of a series; None is a visible gap."""

    play: Link
    cells: tuple[Part | None, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Matrix:
    """Plays down, the parts of one series across."""

    series: Link
    columns: tuple[Part, ...]
    rows: tuple[MatrixRow, ...]


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
    lang: str = ""
    listed: bool = True
    template: str = "play"
    section: str = "playbook"


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """A series as the home page shows it."""

    series: Link
    counts: Counts
    parts: tuple[Part, ...]
    planned: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page."""

    address: Address
    begin: Part | None
    """The first part of the newest series."""
    series: tuple[SeriesCard, ...]
    essays: tuple[Part, ...]
    """Essays outside any series, newest first."""
    plays: tuple[Link, ...]
    playbook: Link
    title: str = ""
    summary: str = ""
    lang: str = ""
    listed: bool = True
    template: str = "index"
    section: str = "home"


@dataclass(frozen=True, slots=True)
class Year:
    """The essays of one year, newest first."""

    year: int
    essays: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """All essays by date."""

    address: Address
    years: tuple[Year, ...]
    total: int
    title: str = "Archive"
    summary: str = "Every essay, newest first."
    lang: str = ""
    listed: bool = True
    template: str = "archives"
    section: str = "archive"


@dataclass(frozen=True, slots=True)
class PageView:
    """An ordinary page, such as the one about the site."""

    title: str
    summary: str
    address: Address
    content: str
    lang: str
    listed: bool = True
    template: str = "page"
    section: str = "page"


View = EssayView | LedgerView | PlaybookView | PlayView | HomeView | ArchiveView | PageView
