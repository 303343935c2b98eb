"""Views of essays, series, the home page and the archive, and the list of all kinds of pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ...book.binding import Text
from ...htmltext import note_labels
from ...model import Address, Side
from ...values import dataclass
from ..pieces import (
    Behind,
    Chapter,
    CorrectionLine,
    Counts,
    Day,
    Download,
    Link,
    Part,
    Planned,
    PlayChapter,
    Row,
    SeriesCard,
    Unpublished,
    VerdictLine,
    Year,
    reading_minutes,
)
from .base import View
from .plays import PlaybookView, PlayView, WorksheetView
from .registers import CasesView, CorrectionsView
from .service import FeedsView, OfflineView, SearchView


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents of a series, on the page of one of its essays."""

    series: Link
    label: str
    """"Part 3 of 10"; empty if there is only one part."""
    label_with_side: str
    """"Part 3 of 10, cost", likewise."""
    label_in_series: str
    """"Part 3 of 10 of The Series", likewise."""
    number: int
    total: int
    position: int
    """Its position in `parts`, from 1; not its number if these include originals without a translation."""
    parts: tuple[Part, ...]
    planned: tuple[Planned, ...]
    previous: Part | None
    next: Part | None
    book: str = ""
    """The URL of the series as a book; empty if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EssayView(View):
    """The page of an essay."""

    day: Day | None
    author: str
    """The author, if it is not the author of the site."""
    revised: Day | None
    revision: str
    """What was revised on that day."""
    side: Side | None
    side_name: str
    """The name of the side, if the series has chosen one; else empty."""
    entry: str
    content: str
    contents: Contents | None
    answers: Part | None
    verdict: VerdictLine | None
    """The verdict on the essay and `answers`; None if there is none."""
    plays: tuple[Link, ...]
    linked_from: tuple[Part, ...]
    """Other essays whose text links to this one, except those that its page links to elsewhere."""
    corrections: tuple[CorrectionLine, ...]
    """The newest first."""
    all_corrections: str
    """The URL of the page that lists the corrections of all essays; empty if there is none."""
    behind: Behind | None
    """In a translation that has not followed the latest changes of its original: those changes."""
    status: str
    """Draft, Hidden, or Scheduled with its day; empty for a published essay."""
    translations: tuple[Link, ...]
    copies: tuple[Link, ...] = ()
    """The essay as Markdown, and its citations."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The names that its series has chosen for the sides."""
    template: str = "article"
    section: str = "essay"

    @property
    def answers_apart(self) -> bool:
        """Whether `answers` is neither the next part nor the previous one."""
        beside = (self.contents.next, self.contents.previous) if self.contents else ()
        return self.answers is not None and self.answers not in beside

    @property
    def minutes(self) -> int:
        """The reading time in minutes."""
        return reading_minutes(self.content)

    @property
    def notes(self) -> tuple[str, ...]:
        """The ids of the marks of its footnotes, in order."""
        return tuple(f"fnref:{label}" for label in note_labels(self.content))


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView(View):
    """The ledger of a series: its two-sided page."""

    content: str
    title_lang: str
    """The language of title, summary and content; empty for the site's own."""
    parts: tuple[Part, ...]
    """All published parts, in reading order."""
    counts: Counts
    opening: tuple[Part, ...]
    rows: tuple[Row, ...]
    weighed: str
    """The number of pairs with each outcome, in words; empty without verdicts."""
    state: str
    """How many parts are published, or that the series is complete, in words."""
    complete: bool
    """Whether no further part will come."""
    costs: tuple[Part, ...]
    benefits: tuple[Part, ...]
    between: tuple[Part, ...]
    closing: tuple[Part, ...]
    planned: tuple[Planned, ...]
    total: int
    data: Address
    """The address of the ledger as JSON."""
    copies: tuple[Link, ...] = ()
    """Its citations."""
    book: str = ""
    """The URL of the series as a book; empty if there is none."""
    downloads: tuple[Download, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """The names that the series has chosen for the sides."""
    template: str = "ledger"
    section: str = "ledger"

    @property
    def essays(self) -> tuple[Part, ...]:
        """Every essay that it lists: the parts and, in an edition, the originals of parts that are not translated."""
        paired = (part for row in self.rows for part in (row.cost, row.benefit))
        return (*self.opening, *paired, *self.costs, *self.benefits, *self.between, *self.closing)

    @property
    def is_two_sided(self) -> bool:
        """Whether any part, published or planned, is on a side."""
        return bool(self.rows or self.costs or self.benefits) or any(part.side for part in self.planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookView(View):
    """A series as a book: all parts in order, followed by the ledger and the plays."""

    introduction: Text
    chapters: tuple[Chapter, ...]
    planned: tuple[Planned, ...]
    ledger: LedgerView
    plays: tuple[PlayChapter, ...]
    first: Day
    """The date of the first part."""
    newest: Day
    """The date of the newest part or revision."""
    series: Link
    slug: str
    names: Mapping[str, str] = field(default_factory=dict)
    """The names that the series has chosen for the sides."""
    listed: bool = False
    """Search engines have the pages of the parts."""
    template: str = "book"
    section: str = "book"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(View):
    """The home page."""

    title: str = ""
    summary: str = ""
    about: str
    """The HTML of the first paragraph of the only series; empty if there are several."""
    begin: Part | None
    """The first part of the newest series."""
    series: tuple[SeriesCard, ...]
    essays: tuple[Part, ...]
    """Essays outside any series, newest first."""
    plays: tuple[Link, ...]
    playbook: Link
    desk: tuple[Unpublished, ...] = ()
    """In a preview: unpublished essays, by slug."""
    template: str = "index"
    section: str = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView(View):
    """All essays by date."""

    years: tuple[Year, ...]
    total: int
    registers: tuple[Link, ...] = ()
    """The lists of corrections and of cases, if there are any."""
    template: str = "archives"
    section: str = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView(View):
    """An ordinary page, such as the one about the site."""

    content: str
    status: str = ""
    """Draft, or empty."""
    template: str = "page"
    section: str = "page"


KINDS: tuple[type[View], ...] = (
    EssayView,
    *(LedgerView, PlaybookView, PlayView, WorksheetView, HomeView, ArchiveView, FeedsView, SearchView, OfflineView),
    *(CorrectionsView, CasesView, BookView, PageView),
)
"""Every kind of page."""
