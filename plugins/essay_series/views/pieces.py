"""The values that views consist of, such as links, parts and rows.

Text is plain unless HTML is mentioned; templates put it through ``typeset``. URLs are relative to the site's root.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from ..book.binding import Text
from ..l10n.scripts import length_of
from ..model import NOWHERE, PUBLISHED, Address, Outcome, Side
from ..values import dataclass
from .kinds.play_text import Worksheet


@lru_cache(maxsize=2**12)
def reading_minutes(html: str) -> int:
    """Return the reading time of `html` in minutes, at least one."""
    return max(1, round(length_of(unescape(re.sub(r"<[^>]+>", " ", html))).minutes))


@dataclass(frozen=True, slots=True)
class Document:
    """The source of an ordinary page."""

    title: str
    summary: str = ""
    content: str = ""
    lang: str = "en"
    address: Address = NOWHERE
    listed: bool = True
    status: str = PUBLISHED


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page."""

    url: str
    title: str
    summary: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """A language with a search index."""

    lang: str
    folder: str
    """The folder of its index, relative to that of the first language."""
    direction: str
    """``ltr`` or ``rtl``."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    iso: str
    """Such as ``2009-04-01``."""
    words: str
    """In the language of the page, such as ``1 April 2009``."""


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """The verdict on a pair."""

    outcome: Outcome
    text: str
    """The author's sentence."""
    words: str
    """The outcome as a sentence without a full stop."""
    lang: str
    """The language of `text`."""


@dataclass(frozen=True, slots=True)
class Part:
    """An essay as other pages show it."""

    slug: str
    url: str
    title: str
    summary: str
    entry: str
    side: Side | None
    day: Day | None
    number: int | None
    """Its position among the published parts of its series; None outside a series."""
    series: Link | None
    lang: str
    side_name: str = ""
    """The name of its side, if its series has chosen one; else empty."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A change of an original that a translation does not follow yet."""

    original: Link
    day: Day
    """The date of the change."""


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction."""

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
    """A case on which an essay bases its argument."""

    name: str
    years: str
    part: Part
    """The essay."""
    source: str
    """The HTML of the footnote that names its source; empty if there is none."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned part."""

    title: str
    side: Side | None
    due: Day | None
    side_name: str = ""
    """The name of its side, if its series has chosen one; else empty."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of published parts on each side."""

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
    """A play in the playbook."""

    play: Link
    slug: str
    counts: Counts
    essays: tuple[Part, ...]
    when: str
    """The text of its section on when to use it."""
    situations: tuple[str, ...]
    """The situations in that section."""
    first_step: str
    """Inline HTML; empty if it has no steps."""
    worksheet: str
    """The URL of its worksheet; empty if there is none."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a `Matrix`."""

    part: Part
    cells: tuple[bool, ...]
    """For each play, whether the part teaches it."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table with the parts of a series as rows, and the plays that they teach as columns."""

    series: Link
    plays: tuple[Link, ...]
    groups: tuple[tuple[MatrixRow, ...], ...]
    """In reading order; a cost and the benefit that answers it are one group."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a book."""

    form: str
    """The name of its format."""
    media_type: str
    url: str
    size: str
    """In words, such as ``120 kB``."""
    day: Day
    """The date of its newest part or revision."""


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """A series on the home page."""

    series: Link
    counts: Counts
    parts: tuple[Part, ...]
    """All published parts, in reading order."""
    planned: tuple[Planned, ...]
    state: str
    """How many parts are published, or that the series is complete, in words."""
    heading: str
    """The heading of its section, if that is not its title; else empty."""
    opening: tuple[Part, ...]
    """Its parts before the pairs, except for the one that the page begins with."""
    rows: tuple[Row, ...]
    weighed: str
    """The number of pairs with each outcome, in words; empty without verdicts."""
    others: tuple[Part, ...]
    """Its parts outside of opening and pairs."""
    book: str
    """The URL of the series as a book; empty if there is none."""
    feed: str
    """The URL of its feed; empty if there is none."""
    downloads: tuple[Download, ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """The essays of one year, newest first."""

    year: int
    essays: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FeedCard:
    """A feed on the page of all feeds."""

    key: str
    title: str
    description: str
    page: str
    """The URL of the page with the same content; empty if there is none."""
    count: int
    rhythm: str
    """The average interval of its essays, in words, or that no more will come."""
    newest: Day | None
    addresses: tuple[Link, ...]
    """A link for each format, with the name of the format."""


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds of one kind."""

    title: str
    feeds: tuple[FeedCard, ...]


@dataclass(frozen=True, slots=True)
class Unpublished:
    """An unpublished text in the preview."""

    page: Link
    status: str
    """Draft, Hidden, or Scheduled with its day."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a series in its book."""

    id: str
    part: Part
    revised: Day | None
    answers: Part | None
    verdict: VerdictLine | None
    text: Text


@dataclass(frozen=True, slots=True)
class PlayChapter:
    """A play in the appendix of a book."""

    id: str
    play: Link
    parts: tuple[Part, ...]
    """The parts of the book that teach it."""
    text: Text
    worksheet: Worksheet
