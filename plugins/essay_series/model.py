"""The classes of the domain as frozen values: essays, series, plays, their ledgers, and the site made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import Literal, get_args

from .claims import Case, Correction
from .values import dataclass

Side = Literal["cost", "benefit"]
SIDES: tuple[Side, Side] = ("cost", "benefit")
COUNTERSIDE: Mapping[str, Side] = {"cost": "benefit", "benefit": "cost"}

Standing = Literal["outweighs", "outweighed", "level", "depends"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
"""How an essay compares with the one that it answers."""
Outcome = Literal["cost", "benefit", "level", "depends"]
"""The result of weighing a pair: the side that outweighs the other, or that neither does."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

PUBLISHED, DRAFT, HIDDEN, SKIP = "published", "draft", "hidden", "skip"
STATUSES = (PUBLISHED, DRAFT, HIDDEN, SKIP)

PLAY_SECTIONS: Mapping[str, str] = {
    "when": "When to use it",
    "steps": "Do this week",
    "before": "Ask before",
    "after": "Ask after",
}
"""The default headings of the sections in a play that the chooser and the worksheet use."""


@dataclass(frozen=True, slots=True)
class Address:
    """The output path and the URL of a page, both relative to the site's root."""

    path: str
    """The output path, with ``/`` between folders; empty if pages of this kind are switched off."""
    url: str
    """The relative URL, without a leading slash."""


NOWHERE = Address("", "")


@dataclass(frozen=True, slots=True)
class Essay:
    """An essay. All texts are plain text except `content`, which is HTML."""

    source: str
    """The file's path, relative to the content folder, with ``/`` between folders."""
    slug: str
    title: str
    date: datetime | None
    """The time of publication, with a zone; None for a draft without a date."""
    status: str = PUBLISHED
    lang: str = "en"
    is_translation: bool = False
    follows: datetime | None = None
    """In a translation: the date up to which it includes changes to the original, if the author gives one."""
    modified: datetime | None = None
    """The time of the last revision."""
    revision: str = ""
    """What was revised, in a few words."""
    series: str | None = None
    """The name of its series as the author wrote it."""
    side: Side | None = None
    entry: str = ""
    """The one sentence that it contributes to the ledger."""
    answers: str | None = None
    """The slug of the essay on the other side that it is weighed against."""
    verdict: str = ""
    """The sentence that weighs it against the essay that it answers."""
    standing: Standing | None = None
    """How it compares with that essay."""
    part: int | None = None
    """The author's sort key; never shown."""
    plays: tuple[str, ...] = ()
    """The names of the plays that it teaches, as the author wrote them."""
    summary: str = ""
    author: str = ""
    """The author, if it is not the site's."""
    address: Address = NOWHERE
    content: str = ""
    links: tuple[str, ...] = ()
    """The sources that its text links to, relative to the content folder."""
    aliases: tuple[str, ...] = ()
    """Its former slugs or addresses, as the author wrote them."""
    in_markdown: bool = True
    """Whether its source is in Markdown."""
    corrections: tuple[Correction, ...] = ()
    """What was corrected after publication, in the author's order."""
    cases: tuple[Case, ...] = ()
    """The cases that it argues from, in the author's order."""


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A part that is announced and not yet published."""

    title: str
    side: Side | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class DeclaredPage:
    """A file that declares a series or a play."""

    source: str
    slug: str
    title: str
    summary: str = ""
    content: str = ""
    status: str = PUBLISHED
    lang: str = "en"
    aliases: tuple[str, ...] = ()
    announced: bool = False
    """Whether it is on the site even without published essays, because its file says ``Status: published``."""


@dataclass(frozen=True, slots=True)
class SeriesPage(DeclaredPage):
    """The file that declares a series."""

    planned: tuple[PlannedPart, ...] = ()
    complete: bool = False
    """Whether no further part will come."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Its own names for the sides, by ``cost``, ``costs``, ``benefit`` and ``benefits``; empty for the site's names."""


@dataclass(frozen=True, slots=True)
class PlayPage(DeclaredPage):
    """The file that declares a play."""

    related: tuple[str, ...] = ()
    """The names of other plays, as the author wrote them."""
    order: int | None = None
    """Its sort key in the playbook; plays without one follow, sorted by title."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of weighing a pair, with the author's sentence about it."""

    outcome: Outcome
    text: str
    lang: str = "en"
    """The language of `text`."""


def verdict_in(essay: Essay) -> Verdict | None:
    """Return the verdict in the front matter of `essay` on its pair; None if it has none."""
    if not (essay.verdict and essay.standing and essay.side):
        return None
    if essay.standing == "outweighs":
        return Verdict(essay.side, essay.verdict, essay.lang)
    if essay.standing == "outweighed":
        return Verdict(COUNTERSIDE[essay.side], essay.verdict, essay.lang)
    return Verdict(essay.standing, essay.verdict, essay.lang)


@dataclass(frozen=True, slots=True)
class Pair:
    """A cost and a benefit that answer each other."""

    cost: Essay
    benefit: Essay

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of the pair, which may be in either essay; `checks` reports two that differ."""
        return verdict_in(self.benefit) or verdict_in(self.cost)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The published parts of a series, sorted into pairs and columns."""

    opening: tuple[Essay, ...]
    """Parts without a side, before the first part with one."""
    pairs: tuple[Pair, ...]
    costs: tuple[Essay, ...]
    """Costs that no published benefit answers."""
    benefits: tuple[Essay, ...]
    """Benefits that no published cost answers."""
    between: tuple[Essay, ...]
    """Parts without a side, between the first and the last part with one."""
    closing: tuple[Essay, ...]
    """Parts without a side, after the last part with one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(SeriesPage):
    """An ordered run of published essays on one idea; `source` and `lang` are empty if no file declares it."""

    parts: tuple[Essay, ...]
    """The published parts in order, without translations."""
    ledger: Ledger
    listed: tuple[Essay, ...] = ()
    """In an edition with untranslated parts: its parts and these originals, in order; else empty."""

    @property
    def run(self) -> tuple[Essay, ...]:
        """The essays that its page lists: its parts, and the originals of parts that are not translated."""
        return self.listed or self.parts

    @property
    def is_two_sided(self) -> bool:
        """Whether any published or planned part has a side; if not, its page is a plain list."""
        return any(part.side for part in self.run) or any(part.side for part in self.planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Play(DeclaredPage):
    """A practice of the playbook; `source` and `lang` are empty if no file declares it."""

    essays: tuple[Essay, ...]
    """The published essays that teach it, in reading order."""
    related: tuple[str, ...] = ()
    """The slugs of related plays."""


@dataclass(frozen=True, slots=True)
class Place:
    """The position of an essay in its series."""

    series: Series
    number: int
    """Its number among the published parts, from 1."""
    previous: Essay | None
    next: Essay | None
    answers: Essay | None
    """The published essay that it is weighed against."""
    verdict: Verdict | None = None

    @property
    def total(self) -> int:
        """The number of published parts."""
        return len(self.series.parts)


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, or an edition of it in another language."""

    essays: tuple[Essay, ...]
    """The essays without their translations, in reading order: series by the date of their first part."""
    series: tuple[Series, ...]
    plays: tuple[Play, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    """The place of each part of a series, by its slug."""
    plays_of: Mapping[str, tuple[Play, ...]] = field(default_factory=dict)
    """The plays that each essay teaches, by its slug, in the author's order."""
    translations: Mapping[str, tuple[Essay, ...]] = field(default_factory=dict)
    """The versions of each essay in other languages, by its slug, sorted by language."""
    lang: str = "en"
    """The language of the site or of the edition."""
    editions: tuple[Site, ...] = ()
    """The edition in each other language that has essays, sorted by language; empty in an edition."""
    is_edition: bool = False

    @property
    def everywhere(self) -> tuple[Site, ...]:
        """The site and its editions."""
        return (self, *self.editions)

    @property
    def own_plays(self) -> tuple[Play, ...]:
        """The plays that have a page here; an edition has no pages for plays that are not translated."""
        return tuple(filter(self.has_page_of, self.plays))

    def has_page_of(self, play: Play) -> bool:
        """Tell whether `play`, one of `plays`, has a page here."""
        return not self.is_edition or play.lang in ("", self.lang)

    def edition(self, lang: str) -> Site | None:
        """Return the site or the edition in `lang`; None if there is none."""
        return next((each for each in self.everywhere if each.lang == lang), None)

    @property
    def versions(self) -> tuple[Essay, ...]:
        """All essays in all languages: the originals, followed by the translations."""
        return (*self.essays, *(each for group in self.translations.values() for each in group))

    @property
    def corrected(self) -> tuple[Essay, ...]:
        """Every essay with corrections, in any language, the most recently corrected first."""
        found = [essay for essay in self.versions if essay.corrections]
        return tuple(sorted(found, key=lambda e: (max(each.day for each in e.corrections), e.source), reverse=True))

    @property
    def cases(self) -> tuple[tuple[Case, Essay], ...]:
        """Every case with its essay, the oldest first."""
        found = [(case, essay) for essay in self.essays for case in essay.cases]
        return tuple(sorted(found, key=lambda pair: (pair[0].year, pair[0].years, pair[0].name)))

    def version(self, essay: Essay, lang: str) -> Essay:
        """Return the version of `essay` in `lang`; `essay` itself if there is none."""
        versions = (essay, *self.translations.get(essay.slug, ()))
        return next((each for each in versions if each.lang == lang), essay)
