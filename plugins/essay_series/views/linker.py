"""Essays, plays and series → the links and parts by which other pages show them."""

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
    """Makes the links and parts on pages in one language.

    Parts are cached, since the page of each essay may show every other essay.
    """

    site: Site
    routes: Routes
    links: Mapping[str, Sequence[Essay]]
    """By the source of an essay, the essays whose text links to it."""
    languages: Languages
    locale: Locale
    """The language of the page."""
    books: bool = False
    """Whether each series has a page as a book."""
    _runs: dict[tuple[str, str], tuple[Part, ...]] = field(default_factory=dict)
    _parts: dict[str, Part] = field(default_factory=dict)
    _by_language: dict[str, Linker] = field(default_factory=dict)

    def in_language(self, lang: str) -> Linker:
        """Return the linker for pages in the language `lang`."""
        if lang == self.locale.tag:
            return self
        if lang not in self._by_language:
            locale = self.languages.locale(lang)
            self._by_language[lang] = replace(self, locale=locale, _runs={}, _parts={})
        return self._by_language[lang]

    def locale_of(self, series: Series) -> Locale:
        """Return the language of the page, with the names that `series` has chosen for the sides."""
        return self.locale.naming(series.names)

    def part(self, essay: Essay) -> Part:
        """Return `essay` as other pages show it."""
        if essay.source not in self._parts:
            self._parts[essay.source] = self._part(essay)
        return self._parts[essay.source]

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
        """Return the URL of `series` as a book; empty if there is none."""
        return self.routes.book(series.slug).url if self.books and series.parts else ""

    def parts(self, essays: Iterable[Essay]) -> tuple[Part, ...]:
        """Return `essays` as other pages show them, in the same order."""
        return tuple(self.part(essay) for essay in essays)

    def version(self, essay: Essay | None, lang: str) -> Part | None:
        """Return `essay` in the language `lang`, or else the original; None without an essay."""
        return self.part(self.site.version(essay, lang)) if essay else None

    def run(self, series: Series, lang: str) -> tuple[Part, ...]:
        """Return the parts of `series` in the language `lang`, or else the originals."""
        if (series.slug, lang) not in self._runs:
            self._runs[series.slug, lang] = self.parts(self.site.version(part, lang) for part in series.run)
        return self._runs[series.slug, lang]

    def series(self, series: Series) -> Link:
        """Return a link to the ledger of `series`."""
        url = self.routes.series(series.slug).url
        return Link(url, series.title, series.summary, lang=self.language_of(series))

    def play(self, play: Play) -> Link:
        """Return a link to the page of `play`."""
        url = self.routes_of(play).play(play.slug).url
        return Link(url, play.title, play.summary, lang=self.language_of(play))

    def routes_of(self, play: Play) -> Routes:
        """Return the addresses of the pages of `play`: those of this edition, or else of the site."""
        return self.routes if self.site.has_page_of(play) else self.routes.in_language(self.routes.lang)

    def language_of(self, titled: Series | Play) -> str:
        """Return the language of a title; empty for the site's own."""
        lang = titled.lang or self.site.lang
        return "" if lang == self.routes.lang else lang


def linking(essays: Iterable[Essay]) -> dict[str, list[Essay]]:
    """Return, by the source of each essay, the essays whose text links to it."""
    linking: dict[str, list[Essay]] = defaultdict(list)
    for essay in essays:
        for target in essay.links:
            if target != essay.source:
                linking[target].append(essay)
    return linking
