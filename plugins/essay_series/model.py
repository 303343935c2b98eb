"""The nouns of the domain, as frozen values: what an author wrote, and the site that follows from it."""

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
"""How an essay stands against the one that it answers."""
Outcome = Literal["cost", "benefit", "level", "depends"]
"""How a pair weighs: the side that is the heavier, or that neither is."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

PUBLISHED, DRAFT, HIDDEN, SKIP = "published", "draft", "hidden", "skip"
STATUSES = (PUBLISHED, DRAFT, HIDDEN, SKIP)


PLAY_SECTIONS: Mapping[str, str] = {
    "when": "When to use it",
    "steps": "Do this week",
    "before": "Ask before",
    "after": "Ask after",
}
"""What the headings in the text of a play are called where a site does not say."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is written, and where a reader finds it; both relative to the site's root."""

    path: str
    """Output path, with ``/`` between folders; empty when the page is switched off."""
    url: str
    """Address below the site's own, without a leading slash."""


NOWHERE = Address("", "")


@dataclass(frozen=True, slots=True)
class Essay:
    """One post. Text is plain (no HTML) but for `content`."""

    source: str
    """Path of the file below the content folder, with ``/`` between folders."""
    slug: str
    title: str
    date: datetime | None
    """When it is published, with its zone; None for a draft without a date."""
    status: str = PUBLISHED
    lang: str = "en"
    is_translation: bool = False
    follows: datetime | None = None
    """Up to when a translation follows its original, where its author says so."""
    modified: datetime | None = None
    """When it was last revised."""
    revision: str = ""
    """What was revised, in a few words."""
    series: str | None = None
    """Name of its series as the author wrote it."""
    side: Side | None = None
    entry: str = ""
    """The one sentence that it contributes to the ledger."""
    answers: str | None = None
    """Slug of the essay on the other side that it is weighed against."""
    verdict: str = ""
    """The sentence that weighs it against the essay that it answers."""
    standing: Standing | None = None
    """How it stands against that essay."""
    part: int | None = None
    """The author's sort key; never shown."""
    plays: tuple[str, ...] = ()
    """Names of the plays that it teaches, as the author wrote them."""
    summary: str = ""
    author: str = ""
    """Who wrote it, where that is not the site's own by-line."""
    address: Address = NOWHERE
    content: str = ""
    """Its body as HTML."""
    links: tuple[str, ...] = ()
    """The sources, below the content folder, that its text links to."""
    aliases: tuple[str, ...] = ()
    """Its former slugs, or former addresses, as the author wrote them."""
    in_markdown: bool = True
    """Whether its source is in Markdown, which readers may get too."""
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
class SeriesPage:
    """The file that declares a series."""

    source: str
    slug: str
    title: str
    summary: str = ""
    content: str = ""
    status: str = PUBLISHED
    lang: str = "en"
    planned: tuple[PlannedPart, ...] = ()
    complete: bool = False
    """Whether no further part will come."""
    aliases: tuple[str, ...] = ()
    announced: bool = False
    """Whether it shows before a published essay is a part of it, because its file says so."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What it calls its sides, where it has names of its own: of one ``cost`` and of several ``costs``, and so on."""


@dataclass(frozen=True, slots=True)
class PlayPage:
    """The file that declares a play."""

    source: str
    slug: str
    title: str
    summary: str = ""
    content: str = ""
    status: str = PUBLISHED
    lang: str = "en"
    related: tuple[str, ...] = ()
    """Names of other plays, as the author wrote them."""
    order: int | None = None
    """Where it stands in the playbook; plays without one follow, by title."""
    aliases: tuple[str, ...] = ()
    announced: bool = False
    """Whether it shows before a published essay teaches it, because its file says so."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a pair weighs, of the author's own words."""

    outcome: Outcome
    text: str
    lang: str = "en"
    """The language of `text`."""


def verdict_in(essay: Essay) -> Verdict | None:
    """Return the verdict that `essay` holds on itself and the one that it answers; None where it holds none."""
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
        """How the two weigh, where either of them says so; they say the same, or `checks` has told.

        A pair belongs to both of its essays, so an author writes the verdict where the thought occurs, which is most
        often in the later one, since it closes the pair.
        """
        return verdict_in(self.benefit) or verdict_in(self.cost)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The published parts of a series, sorted into the two columns, with the essays before and after them."""

    opening: tuple[Essay, ...]
    """Parts without a side, before the first that has one."""
    pairs: tuple[Pair, ...]
    costs: tuple[Essay, ...]
    """Costs that no published benefit answers."""
    benefits: tuple[Essay, ...]
    between: tuple[Essay, ...]
    """Parts without a side, after the first and before the last that has one."""
    closing: tuple[Essay, ...]

    def count(self, side: Side) -> int:
        """Number of published parts that stand on `side`."""
        unpaired = self.costs if side == "cost" else self.benefits
        return len(self.pairs) + len(unpaired)


@dataclass(frozen=True, slots=True)
class Series:
    """An ordered run of published essays on one idea."""

    slug: str
    title: str
    parts: tuple[Essay, ...]
    """Originals only, in order; a translation is the same part in another language."""
    ledger: Ledger
    summary: str = ""
    content: str = ""
    planned: tuple[PlannedPart, ...] = ()
    complete: bool = False
    """Whether no further part will come, as its author has said."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What it calls its sides, where it has names of its own; see `SeriesPage`."""
    source: str = ""
    lang: str = ""
    """The language of title, summary and content, where the file `source` declares them."""
    listed: tuple[Essay, ...] = ()
    """All that is listed in a translated series, in order, where that is more than its parts: also originals."""

    @property
    def run(self) -> tuple[Essay, ...]:
        """All that is listed, in order: the parts, and the originals of those that are not translated yet."""
        return self.listed or self.parts

    @property
    def is_two_sided(self) -> bool:
        """Whether any part, published or planned, is on a side; without one its page is no ledger."""
        return any(part.side for part in self.run) or any(part.side for part in self.planned)


@dataclass(frozen=True, slots=True)
class Play:
    """A practice of the playbook, with the published essays that teach it in reading order."""

    slug: str
    title: str
    essays: tuple[Essay, ...]
    summary: str = ""
    content: str = ""
    related: tuple[str, ...] = ()
    """Slugs of other plays."""
    source: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an essay stands in its series."""

    series: Series
    number: int
    """From 1, over the published parts."""
    previous: Essay | None
    next: Essay | None
    answers: Essay | None
    """The published essay that it is weighed against."""
    verdict: Verdict | None = None
    """How the two weigh, where the author has said so."""

    @property
    def total(self) -> int:
        """Number of published parts."""
        return len(self.series.parts)


@dataclass(frozen=True, slots=True)
class Site:
    """All that is published, linked and in order; or an edition of it, which is the same for readers of a language."""

    essays: tuple[Essay, ...]
    """Originals in reading order: series by the date they began, their parts in order."""
    series: tuple[Series, ...]
    plays: tuple[Play, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    """Slug of a part to its place."""
    plays_of: Mapping[str, tuple[Play, ...]] = field(default_factory=dict)
    """Slug of an essay to its plays, in the author's order."""
    translations: Mapping[str, tuple[Essay, ...]] = field(default_factory=dict)
    """Slug of an essay to its versions in other languages, by language."""
    lang: str = "en"
    """The site's language, or the edition's."""
    editions: tuple[Site, ...] = ()
    """The site in each other language that has essays, by language; an edition has none."""
    is_edition: bool = False

    @property
    def everywhere(self) -> tuple[Site, ...]:
        """The site and its editions."""
        return (self, *self.editions)

    @property
    def own_plays(self) -> tuple[Play, ...]:
        """The plays that have a page here: in an edition an original that is not translated has none."""
        return tuple(play for play in self.plays if not self.is_edition or play.lang in ("", self.lang))

    def edition(self, lang: str) -> Site | None:
        """Return the site, or its edition, for readers of `lang`; None where there is none for them."""
        return next((each for each in self.everywhere if each.lang == lang), None)

    @property
    def corrected(self) -> tuple[Essay, ...]:
        """Every essay that was corrected, in any language; the last corrected first."""
        versions = [*self.essays, *(each for group in self.translations.values() for each in group)]
        found = [essay for essay in versions if essay.corrections]
        return tuple(
            sorted(found, key=lambda essay: (max(each.day for each in essay.corrections), essay.source), reverse=True)
        )

    @property
    def cases(self) -> tuple[tuple[Case, Essay], ...]:
        """Every case with the essay that tells it, the oldest first."""
        found = [(case, essay) for essay in self.essays for case in essay.cases]
        return tuple(sorted(found, key=lambda pair: (pair[0].year, pair[0].years, pair[0].name)))

    def version(self, essay: Essay, lang: str) -> Essay:
        """Return `essay` in the language `lang` where there is such a version, else the original."""
        versions = (essay, *self.translations.get(essay.slug, ()))
        return next((each for each in versions if each.lang == lang), essay)
