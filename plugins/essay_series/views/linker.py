"""How one page speaks of another: an essay, a play or a series as a link, a date or a count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime

from ..days import in_words, months_in_words
from ..model import OUTCOMES, Essay, Ledger, PlannedPart, Play, Series, Site, Verdict
from ..routes import Routes
from ..values import dataclass
from .pieces import Counts, Day, Link, Part, Planned


@dataclass(frozen=True, slots=True)
class Linker:
    """Tells of essays, plays and series in the form that other pages show."""

    site: Site
    routes: Routes
    links: Mapping[str, Sequence[Essay]]
    runs: dict[tuple[str, str], tuple[Part, ...]] = field(default_factory=dict)
    """The parts of each series in each language, once they were asked for."""
    named: dict[tuple[str, str], Link] = field(default_factory=dict)
    """The links to series and plays, likewise."""
    told: dict[tuple[str, str], Part] = field(default_factory=dict)
    """What was told of an essay in each language; a page may speak of every essay, and every essay has a page."""

    def part(self, essay: Essay) -> Part:
        """Return `essay` as other pages speak of it."""
        key = (essay.source, essay.lang)
        if key not in self.told:
            self.told[key] = self._part(essay)
        return self.told[key]

    def _part(self, essay: Essay) -> Part:
        place = self.site.places.get(essay.slug)
        return Part(
            slug=essay.slug,
            url=essay.address.url,
            title=essay.title,
            summary=essay.summary,
            entry=essay.entry,
            side=essay.side,
            day=day(essay.date),
            number=place.number if place else None,
            series=self.series(place.series) if place else None,
            lang=essay.lang,
        )

    def parts(self, essays: Iterable[Essay]) -> tuple[Part, ...]:
        """Return `essays` as other pages speak of them, in their order."""
        return tuple(self.part(essay) for essay in essays)

    def version(self, essay: Essay | None, lang: str) -> Part | None:
        """Return `essay` in the language `lang` where there is such a version, else the original."""
        if essay is None:
            return None
        return self.part(self.site.version(essay, lang))

    def run(self, series: Series, lang: str) -> tuple[Part, ...]:
        """Return the parts of `series`, each in `lang` where there is such a version."""
        if (series.slug, lang) not in self.runs:
            versions = (self.version(part, lang) for part in series.parts)
            self.runs[series.slug, lang] = tuple(part for part in versions if part)
        return self.runs[series.slug, lang]

    def linking_to(self, essay: Essay) -> Sequence[Essay]:
        """Return the published essays whose text links to `essay`, in reading order."""
        return self.links.get(essay.source, ())

    def series(self, series: Series) -> Link:
        """Return the link to the ledger of `series`."""
        key = ("series", series.slug)
        if key not in self.named:
            self.named[key] = Link(self.routes.series(series.slug).url, series.title, series.summary)
        return self.named[key]

    def play(self, play: Play) -> Link:
        """Return the link to the page of `play`."""
        key = ("play", play.slug)
        if key not in self.named:
            self.named[key] = Link(self.routes.play(play.slug).url, play.title, play.summary)
        return self.named[key]


def linking(essays: Iterable[Essay]) -> dict[str, list[Essay]]:
    """Return, for each source, the essays whose text links to it."""
    linking: dict[str, list[Essay]] = defaultdict(list)
    for essay in essays:
        for target in essay.links:
            if target != essay.source:
                linking[target].append(essay)
    return linking


def day(moment: date | None) -> Day | None:
    """Return the day of `moment`, in its own zone, for machines and for people."""
    return None if moment is None else known_day(moment)


def known_day(moment: date) -> Day:
    """Return the day of `moment`, in its own zone, for machines and for people."""
    day = moment.date() if isinstance(moment, datetime) else moment
    return Day(day.isoformat(), in_words(moment))


def planned_parts(planned: Iterable[PlannedPart]) -> tuple[Planned, ...]:
    """Return planned parts as pages show them."""
    return tuple(Planned(part.title, part.side, day(part.due)) for part in planned)


def weighed(verdicts: Iterable[Verdict | None]) -> str:
    """Return how some pairs weigh, in words; empty where none has a verdict."""
    found = Counter(verdict.outcome for verdict in verdicts if verdict)
    words = {
        "cost": lambda count: f"in {count} the cost outweighs",
        "benefit": lambda count: f"in {count} the benefit outweighs",
        "level": lambda count: f"{count} {'is' if count == 1 else 'are'} level",
        "depends": lambda count: f"{count} depend{'s' if count == 1 else ''}",
    }
    return ", ".join(words[outcome](found[outcome]) for outcome in OUTCOMES if found[outcome])


def state_of(series: Series) -> str:
    """Return how far a series has come, in words; empty where no part of it is published."""
    days = [part.date for part in series.parts if part.date]
    parts = f"{len(series.parts)} part{'' if len(series.parts) == 1 else 's'}"
    if series.complete:
        return ", ".join(filter(None, (f"Complete in {parts}", months_in_words(min(days), max(days)) if days else "")))
    if not series.parts:
        return ""
    if len(series.parts) == 1:
        return f"Begun on {in_words(days[0])}" if days else ""
    return f"{parts} so far" + (f", the newest of {in_words(max(days))}" if days else "")


def counts(essays: Iterable[Essay]) -> Counts:
    """Count the essays of each side."""
    sides = [essay.side for essay in essays]
    return Counts(sides.count("cost"), sides.count("benefit"))


def counts_of(ledger: Ledger) -> Counts:
    """Count the entries of a ledger's two columns."""
    return Counts(ledger.count("cost"), ledger.count("benefit"))
