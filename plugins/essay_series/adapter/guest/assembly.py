"""Assembles articles and the files of series and plays into a `Site`, and that into views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from ... import assemble, views
from ...config import SiteConfig
from ...feeds.topics import Topic
from ...l10n import Locale
from ...model import NOWHERE, Essay, Site
from ...names import fold
from ...values import dataclass
from ..settings.guest import GuestSettings
from .declared import Declared, is_shown
from .essays import ROOT, Gathered
from .listing import SeriesList, series_list
from .runs import Runs, runs_of, slugs_of

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Offered:
    """The variable ``essay_series`` in the context of all templates."""

    site: Site
    """All series and plays with their essays, without texts."""
    links: tuple[views.Link, ...]
    """Links to the pages of all series, and to the playbook."""
    listing: views.Link
    """The link to the list of all series; its URL is empty if there is none."""


@dataclass(frozen=True)
class Assembly:
    """The series and plays of a site."""

    own: GuestSettings
    config: SiteConfig
    declared: Declared
    read: Gathered

    @property
    def locale(self) -> Locale:
        """The locale of the site's default language."""
        return self.config.languages.locale(self.config.default_lang)

    @cached_property
    def runs(self) -> Runs:
        """The published essays of each series, in order."""
        published = [page for page in self.declared.series(self.config) if is_shown(self.declared.sources[page.source])]
        return runs_of(self.read.essays.values(), published)

    @cached_property
    def site(self) -> Site:
        """The site without texts."""
        return self.with_texts({})

    def with_texts(self, texts: Texts) -> Site:
        """Return the site with `texts`, the HTML of essays and of the files of series and plays, by source."""
        slugs = slugs_of(self.runs, self.config.slugify)
        plays = self.declared.plays(self.config)
        numbered = self.runs.numbered(self.read.essays.values(), self.config.default_lang)
        return assemble.site(
            (self._with(essay, texts) if plays else self._with(replace(essay, plays=()), texts) for essay in numbered),
            (self._with(page, texts) for page in self.declared.series(self.config)),
            (self._with(page, texts) for page in plays),
            lambda name: slugs.get(fold(name)) or self.config.slugify(name),
            self.config.default_lang,
            open_series=True,
        )

    @staticmethod
    def _with(thing: Any, texts: Texts) -> Any:
        return replace(thing, content=texts[thing.source]) if thing.source in texts else thing

    def members(self) -> Iterator[Essay]:
        """Yield the published essays that are in a series or a play, in every language."""
        site = self.site
        shown = {part.slug for series in site.series for part in series.parts}
        shown |= {essay.slug for play in site.plays for essay in play.essays}
        yield from (essay for essay in self.read.published if essay.slug in shown)

    def url_of(self, key: str) -> str:
        """Return the URL of the page of a series, given its key in `runs`; empty if it has none."""
        found = (each for each in self.site.series if self.runs.key(each.title) == key)
        return next((self.own.routes.series(each.slug).url for each in found), "")

    def offered(self) -> Offered:
        """Return the variable ``essay_series`` for templates."""
        routes = self.own.routes
        links = [views.Link(routes.series(each.slug).url, each.title, each.summary) for each in self.site.series]
        if self.site.plays:
            links.append(views.Link(routes.playbook().url, self.playbook({}).title))
        listing = series_list(self.site, routes, self.locale) if self.site.series else SeriesList(NOWHERE, (), "")
        return Offered(
            self.site, tuple(link for link in links if link.url), views.Link(listing.address.url, listing.title)
        )

    def playbook(self, texts: Texts) -> views.Document:
        """Return the introduction of the playbook; only a title if no file has one."""
        source = self.declared.playbook
        if source is None or not is_shown(source):
            return views.Document(self.locale.gettext("Playbook"))
        title = source.text("title") or self.locale.gettext("Playbook")
        return views.Document(title, source.text("summary"), texts.get(source.path, ""))

    def pages(
        self, site: Site, texts: Mapping[str, str], topics: tuple[Topic, ...], name: str
    ) -> dict[str, views.View]:
        """Return the views of all pages, by output path.

        Args:
            site: the site with its texts.
            texts: the HTML of the files of series and plays, by source.
            topics: the topics of feeds.
            name: the site's name.

        """
        page_context = views.PageContext(
            site=site,
            routes=self.own.routes,
            playbook=self.playbook(texts),
            topics=topics,
            name=name,
            languages=self.config.languages,
            root=ROOT,
            book=self.own.book,
        )
        return views.pages(page_context)
