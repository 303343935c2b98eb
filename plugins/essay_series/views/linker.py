"""How one page speaks of another: an essay, a play or a series as a link, a date or a count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from ..l10n import Languages, Locale
from ..model import Essay, Play, Series, Site
from ..routes import Routes
from ..values import dataclass
from .pieces import Link, Part
from .words import day, side_name


@dataclass(frozen=True, slots=True)
class Linker:
    """Tells of essays, plays and series in the form that other pages show."""

    site: Site
    routes: Routes
    links: Mapping[str, Sequence[Essay]]
    languages: Languages
    locale: Locale
    """The language of the page."""
    books: bool = False
    """Whether each series is one page too."""
    runs: dict[tuple[str, str], tuple[Part, ...]] = field(default_factory=dict)
    """The parts of each series in each language, once they were asked for."""
    named: dict[tuple[str, str], Link] = field(default_factory=dict)
    """The links to series and plays, likewise."""
    told: dict[tuple[str, str], Part] = field(default_factory=dict)
    """What was told of an essay in each language; a page may speak of every essay, and every essay has a page."""
    others: dict[str, Linker] = field(default_factory=dict)
    """Those that speak other languages, likewise."""

    def speaking(self, lang: str) -> Linker:
        """Return who tells the same in the language `lang`."""
        if lang == self.locale.tag:
            return self
        if lang not in self.others:
            locale = self.languages.locale(lang)
            self.others[lang] = replace(self, locale=locale, runs={}, named={}, told={})
        return self.others[lang]

    def locale_of(self, series: Series) -> Locale:
        """Return the language of the page with the names that `series` has for its sides."""
        return self.locale.naming(series.names)

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
            day=day(essay.date, self.locale),
            number=place.number if place else None,
            series=self.series(place.series) if place else None,
            lang=essay.lang,
            side_name=side_name(essay.side, self.locale_of(place.series)) if place else "",
        )

    def book(self, series: Series) -> str:
        """Return the address of `series` as one page; empty where there is none."""
        return self.routes.book(series.slug).url if self.books and series.parts else ""

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
            versions = (self.version(part, lang) for part in series.run)
            self.runs[series.slug, lang] = tuple(part for part in versions if part)
        return self.runs[series.slug, lang]

    def linking_to(self, essay: Essay) -> Sequence[Essay]:
        """Return the published essays whose text links to `essay`, in reading order."""
        return self.links.get(essay.source, ())

    def series(self, series: Series) -> Link:
        """Return the link to the ledger of `series`."""
        key = ("series", series.slug)
        if key not in self.named:
            url = self.routes.series(series.slug).url
            self.named[key] = Link(url, series.title, series.summary, lang=self.language_of(series))
        return self.named[key]

    def play(self, play: Play) -> Link:
        """Return the link to the page of `play`."""
        key = ("play", play.slug)
        if key not in self.named:
            url = self.routes_of(play).play(play.slug).url
            self.named[key] = Link(url, play.title, play.summary, lang=self.language_of(play))
        return self.named[key]

    def routes_of(self, play: Play) -> Routes:
        """Return where the pages of `play` are: the site's own, where readers of this language have none."""
        return self.routes if play in self.site.own_plays else self.routes.in_language(self.routes.lang)

    def language_of(self, told: Series | Play) -> str:
        """Return the language of a title; empty for the site's own."""
        lang = told.lang or self.site.lang
        return "" if lang == self.routes.lang else lang


def linking(essays: Iterable[Essay]) -> dict[str, list[Essay]]:
    """Return, for each source, the essays whose text links to it."""
    linking: dict[str, list[Essay]] = defaultdict(list)
    for essay in essays:
        for target in essay.links:
            if target != essay.source:
                linking[target].append(essay)
    return linking
