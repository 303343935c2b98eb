"""What views are made of: the pieces that several kinds of page share, and the rows and cards of one.

All text is plain but for `content`; a template puts it through ``typeset``. Addresses are relative to the site's root.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from ..book import Text
from ..l10n.scripts import length_of
from ..model import NOWHERE, PUBLISHED, Address, Outcome, Side
from ..values import dataclass
from .kinds.play_text import Worksheet


@lru_cache(maxsize=2**12)
def reading_minutes(html: str) -> int:
    """Return how many minutes a reader needs for `html`, at least one."""
    return max(1, round(length_of(unescape(re.sub(r"<[^>]+>", " ", html))).minutes))


@dataclass(frozen=True, slots=True)
class Document:
    """A page's text as its author gave it."""

    title: str
    summary: str = ""
    content: str = ""
    lang: str = "en"
    address: Address = NOWHERE
    listed: bool = True
    status: str = PUBLISHED


@dataclass(frozen=True, slots=True)
class Link:
    """A page to go to."""

    url: str
    title: str
    summary: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """A language in which pages can be found."""

    lang: str
    folder: str
    """Where its index lies, below that of the first."""
    direction: str
    """Which way it is read: ``ltr`` or ``rtl``."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date for machines and for people."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """How a pair weighs, of the author's own words."""

    outcome: Outcome
    text: str
    words: str
    """The outcome as a sentence without its full stop."""
    lang: str
    """The language of `text`."""


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
    side_name: str = ""
    """What its side is called, where its series has names of its own."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What a translation does not follow yet."""

    original: Link
    day: Day
    """When the original last changed its meaning."""


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """Something that was corrected."""

    day: Day
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class CorrectedEssay:
    """An essay with all its corrections, the newest first."""

    part: Part
    corrections: tuple[CorrectionLine, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case, the essay that tells it, and its source."""

    name: str
    years: str
    part: Part
    source: str
    """The footnote that names its source, as HTML; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A part that is announced."""

    title: str
    side: Side | None
    due: Day | None
    side_name: str = ""
    """What its side is called, where its series has names of its own."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many published parts stand on each side."""

    costs: int
    benefits: int


@dataclass(frozen=True, slots=True)
class Row:
    """A cost and the benefit that answers it."""

    cost: Part
    benefit: Part
    verdict: VerdictLine | None = None


@dataclass(frozen=True, slots=True)
class PlayRow:
    """A play as the playbook shows it."""

    play: Link
    slug: str
    counts: Counts
    essays: tuple[Part, ...]
    when: str
    """When to use it, as its text says it."""
    situations: tuple[str, ...]
    """The same, one by one."""
    first_step: str
    """HTML of one line; empty where its text has no steps."""
    worksheet: str
    """Address of the sheet to work with; empty where there is none."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A part of a series across the plays: whether it teaches each of them."""

    part: Part
    cells: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The parts of one series down, the plays that they teach across."""

    series: Link
    plays: tuple[Link, ...]
    groups: tuple[tuple[MatrixRow, ...], ...]
    """In reading order; a cost and the benefit that answers it are one group."""


@dataclass(frozen=True, slots=True)
class Download:
    """A book as a file."""

    form: str
    """Its format as people call it."""
    media_type: str
    url: str
    size: str
    day: Day
    """Of its newest text."""


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """A series as the home page shows it."""

    series: Link
    counts: Counts
    parts: tuple[Part, ...]
    """All that are published, in reading order."""
    planned: tuple[Planned, ...]
    state: str
    """How far it has come, in words."""
    heading: str
    """What its section is called, where that is not its own title."""
    opening: tuple[Part, ...]
    """Its parts before the pairs, but for the one that the page begins with."""
    rows: tuple[Row, ...]
    weighed: str
    """How the pairs weigh, in words; empty where none has a verdict."""
    others: tuple[Part, ...]
    """Its parts that stand in no pair, behind the opening."""
    book: str
    """Address of the series as one page; empty where there is none."""
    feed: str
    """Address of its feed; empty where there is none."""
    downloads: tuple[Download, ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """The essays of one year, newest first."""

    year: int
    essays: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FeedCard:
    """One feed as people are shown it."""

    key: str
    title: str
    description: str
    page: str
    """Address of the page that shows the same; empty where that is the list of feeds itself."""
    count: int
    rhythm: str
    """How often something new came, in words."""
    newest: Day | None
    addresses: tuple[Link, ...]
    """One in each format, by the format's name."""


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds of one kind."""

    title: str
    feeds: tuple[FeedCard, ...]


@dataclass(frozen=True, slots=True)
class Unpublished:
    """An essay on the author's desk, as the preview shows it."""

    page: Link
    standing: str
    """Draft, Hidden, or Scheduled with its day."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a series as a part of its book."""

    id: str
    part: Part
    revised: Day | None
    answers: Part | None
    verdict: VerdictLine | None
    text: Text


@dataclass(frozen=True, slots=True)
class PlayChapter:
    """A play as a book's appendix shows it."""

    id: str
    play: Link
    parts: tuple[Part, ...]
    """The parts of the book that teach it."""
    text: Text
    worksheet: Worksheet
