"""Assembles articles and the files of series and plays into a `Site`, and that into views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from ... import assemble, views
from ...config import SiteConfig
from ...feeds.topics import Topic
from ...model import Essay, Site
from ...names import fold
from ...values import dataclass
from .declarations import Declarations, is_published
from .essays import ROOT, Essays
from .listing import series_list
from .runs import Runs, runs_of, slugs_of

Texts = Mapping[str, str]
"""The HTML of essays and of the files of series and plays, by source."""


@dataclass(frozen=True)
class Variable:
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

    config: SiteConfig
    declarations: Declarations
    essays: Essays

    @cached_property
    def runs(self) -> Runs:
        """The published essays of each series, in order."""
        declared = self.declarations
        published = [page for page in declared.series if is_published(declared.sources[page.source])]
        return runs_of(self.essays.by_source.values(), published)

    @cached_property
    def site(self) -> Site:
        """The site without texts."""
        return self.with_texts({})

    def with_texts(self, texts: Texts) -> Site:
        """Return the site with `texts`."""
        slugs = slugs_of(self.runs, self.config.slugify)
        plays = self.declarations.plays
        numbered = self.runs.numbered(self.essays.by_source.values(), self.config.default_lang)
        return assemble.site(
            (_with(essay if plays else replace(essay, plays=()), texts) for essay in numbered),
            (_with(page, texts) for page in self.declarations.series),
            (_with(page, texts) for page in plays),
            lambda name: slugs.get(fold(name)) or self.config.slugify(name),
            self.config.default_lang,
            open_series=True,
        )

    def members(self) -> Iterator[Essay]:
        """Yield the published essays that are in a series or a play, in every language."""
        shown = {part.slug for series in self.site.series for part in series.parts}
        shown |= {essay.slug for play in self.site.plays for essay in play.essays}
        yield from (essay for essay in self.essays.published if essay.slug in shown)

    def url_of(self, key: str) -> str:
        """Return the URL of the page of a series, given its key in `runs`; empty if it has none."""
        found = (each for each in self.site.series if self.runs.key(each.title) == key)
        return next((self.config.routes.series(each.slug).url for each in found), "")

    def variable(self) -> Variable:
        """Return the variable ``essay_series`` for templates."""
        routes, listing = self.config.routes, series_list(self.site, self.config)
        links = [views.Link(routes.series(each.slug).url, each.title, each.summary) for each in self.site.series]
        if self.site.plays:
            links.append(views.Link(routes.page("PLAYBOOK").url, self.playbook({}).title))
        url = listing.address.url if listing.series else ""
        return Variable(self.site, tuple(link for link in links if link.url), views.Link(url, listing.title))

    def playbook(self, texts: Texts) -> views.Document:
        """Return the introduction of the playbook; only a title if no file has one."""
        source, title = self.declarations.playbook, self.config.locale.gettext("Playbook")
        if source is None or not is_published(source):
            return views.Document(title)
        return views.Document(source.text("title") or title, source.text("summary"), texts.get(source.path, ""))

    def pages(self, texts: Texts, topics: tuple[Topic, ...]) -> dict[str, views.View]:
        """Return the views of all pages, with `texts` and the topics of feeds, by output path."""
        page_context = views.PageContext(
            site=self.with_texts(texts),
            routes=self.config.routes,
            playbook=self.playbook(texts),
            topics=topics,
            name=self.config.name,
            languages=self.config.languages,
            root=ROOT,
            book="page" in self.config.book_formats,
        )
        return views.pages(page_context)


def _with(thing: Any, texts: Texts) -> Any:
    return replace(thing, content=texts[thing.source]) if thing.source in texts else thing
