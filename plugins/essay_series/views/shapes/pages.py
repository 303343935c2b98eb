"""What templates may read: one frozen value for each kind of page.

All text is plain but for `content`; a template puts it through ``typeset``. Addresses are relative to the site's root.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ...book import Text
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
from .listed import CasesView, CorrectionsView
from .plays import PlaybookView, PlayView, WorksheetView
from .service import FeedsView, OfflineView, SearchView


@dataclass(frozen=True, slots=True)
class Contents:
    """The series that an essay belongs to, seen from that essay."""

    series: Link
    label: str
    """"Part 3 of 10", or empty while there is only one part."""
    label_with_side: str
    """"Part 3 of 10, cost", likewise."""
    label_in_series: str
    """"Part 3 of 10 of The Series", likewise."""
    number: int
    total: int
    position: int
    """Where it stands among `parts`, from 1; not its number where others of them are originals without translation."""
    parts: tuple[Part, ...]
    planned: tuple[Planned, ...]
    previous: Part | None
    next: Part | None
    book: str = ""
    """Address of the series as one page; empty where there is none."""


@dataclass(frozen=True, slots=True)
class EssayView:
    """An essay's own page."""

    title: str
    summary: str
    """One sentence for lists, feeds and search engines; empty if the author wrote none."""
    address: Address
    lang: str
    """The language of the page as a tag, such as ``fr``; empty for the site's own."""
    day: Day | None
    author: str
    """Who wrote it, where that is not the site's own by-line."""
    revised: Day | None
    revision: str
    """What was revised on that day."""
    side: Side | None
    side_name: str
    """What that side is called, where it has a name of its own; else empty."""
    entry: str
    content: str
    contents: Contents | None
    answers: Part | None
    verdict: VerdictLine | None
    """How it weighs against that part, where the author has said so."""
    plays: tuple[Link, ...]
    linked_from: tuple[Part, ...]
    """Other essays whose text links to this one, and to which its page leads in no other place."""
    corrections: tuple[CorrectionLine, ...]
    """What was corrected after publication, the newest first."""
    all_corrections: str
    """Address of the page that lists the corrections of all essays; empty where there is none."""
    behind: Behind | None
    """In a translation: that its original has changed since."""
    standing: str
    """What it is where it is not published: Draft, Hidden, or Scheduled with its day; else empty."""
    translations: tuple[Link, ...]
    alternates: tuple[Link, ...] = ()
    """All its versions, itself too, and the one for readers of any other language; none where it has no translation."""
    copies: tuple[Link, ...] = ()
    """The same in other forms, and how to cite it."""
    card: str = ""
    """Address of the picture by which a link to it is shown elsewhere; empty where there is none."""
    listed: bool = True
    """Whether search engines, the search page and lists may have the page."""
    feeds: tuple[Link, ...] = ()
    """The feeds that its head announces, its own topic first."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What its series calls its sides, where it has names of its own."""
    template: str = "article"
    """The template that shows the page."""
    section: str = "essay"
    """The kind of page, for the class of its ``main`` element and the like."""

    @property
    def answers_apart(self) -> bool:
        """Whether what it is weighed against is neither the next part nor the previous one."""
        beside = (self.contents.next, self.contents.previous) if self.contents else ()
        return self.answers is not None and self.answers not in beside

    @property
    def minutes(self) -> int:
        """How many minutes a reader needs for it."""
        return reading_minutes(self.content)

    @property
    def notes(self) -> tuple[str, ...]:
        """The ids of the marks of its footnotes, in order."""
        return tuple(f"fnref:{label}" for label in note_labels(self.content))


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The two-sided page of a series."""

    title: str
    summary: str
    address: Address
    content: str
    title_lang: str
    """The language of title, summary and content; empty for the site's own."""
    parts: tuple[Part, ...]
    """All that are published, in reading order."""
    counts: Counts
    opening: tuple[Part, ...]
    rows: tuple[Row, ...]
    weighed: str
    """How the pairs weigh, in words; empty where none has a verdict."""
    state: str
    """How far the series has come, in words."""
    complete: bool
    """Whether no further part will come."""
    costs: tuple[Part, ...]
    benefits: tuple[Part, ...]
    between: tuple[Part, ...]
    closing: tuple[Part, ...]
    planned: tuple[Planned, ...]
    total: int
    data: Address
    """Where the same stands as JSON."""
    copies: tuple[Link, ...] = ()
    """How to cite it."""
    book: str = ""
    """Address of the series as one page; empty where there is none."""
    downloads: tuple[Download, ...] = ()
    lang: str = ""
    card: str = ""
    """Address of the picture by which a link to it is shown elsewhere; empty where there is none."""
    listed: bool = True
    feeds: tuple[Link, ...] = ()
    """The feeds that its head announces, its own topic first."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the series calls its sides, where it has names of its own."""
    alternates: tuple[Link, ...] = ()
    """It in each language, by the language's own name, and the one for readers of any other; none where it is alone."""
    template: str = "ledger"
    section: str = "ledger"

    @property
    def is_two_sided(self) -> bool:
        """Whether any part, published or planned, is on a side."""
        return bool(self.rows or self.costs or self.benefits) or any(part.side for part in self.planned)


@dataclass(frozen=True, slots=True)
class BookView:
    """A series as a book: all parts in order, with the ledger and the plays behind them."""

    title: str
    summary: str
    address: Address
    introduction: Text
    chapters: tuple[Chapter, ...]
    planned: tuple[Planned, ...]
    ledger: LedgerView
    plays: tuple[PlayChapter, ...]
    first: Day
    newest: Day
    """The day of its newest part or revision."""
    series: Link
    slug: str
    listed: bool = False
    """Search engines have the parts themselves."""
    lang: str = ""
    feeds: tuple[Link, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """What the series calls its sides, where it has names of its own."""
    template: str = "book"
    section: str = "book"


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page."""

    address: Address
    about: str
    """HTML of the paragraph that tells what the site is about: the first of its only series; else empty."""
    begin: Part | None
    """The first part of the newest series."""
    series: tuple[SeriesCard, ...]
    essays: tuple[Part, ...]
    """Essays outside any series, newest first."""
    plays: tuple[Link, ...]
    playbook: Link
    desk: tuple[Unpublished, ...] = ()
    """In a preview: what is not published, in the order of its slugs."""
    title: str = ""
    summary: str = ""
    lang: str = ""
    card: str = ""
    """Address of the picture by which a link to it is shown elsewhere; empty where there is none."""
    listed: bool = True
    feeds: tuple[Link, ...] = ()
    """The feeds that its head announces, its own topic first."""
    alternates: tuple[Link, ...] = ()
    template: str = "index"
    section: str = "home"


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """All essays by date."""

    address: Address
    years: tuple[Year, ...]
    total: int
    title: str
    summary: str
    lang: str = ""
    listed: bool = True
    feeds: tuple[Link, ...] = ()
    """The feeds that its head announces, its own topic first."""
    alternates: tuple[Link, ...] = ()
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
    standing: str = ""
    """Draft, where it is one."""
    listed: bool = True
    feeds: tuple[Link, ...] = ()
    """The feeds that its head announces, its own topic first."""
    template: str = "page"
    section: str = "page"


Listing = (
    LedgerView | PlaybookView | PlayView | WorksheetView | HomeView | ArchiveView | FeedsView | SearchView | OfflineView
)
Register = CorrectionsView | CasesView
View = EssayView | Listing | Register | BookView | PageView
