"""A generator of Pelican's that adds the pages and feeds of series and plays, where a site has any.

What does the work is loaded only then: on a small site that takes longer than anything else that a guest does.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pelican.contents import Article
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.writers import Writer

from ...model import Site
from ...package import NAME
from .own import PREFIX

if TYPE_CHECKING:
    from .added import Added


class SeriesPages(Generator):
    """Hands what Pelican asks of it on to `Added`, if the site has a series or a setting for the plugin."""

    _added: Added | None = None

    def generate_context(self) -> None:
        """Read the files that declare series and plays, if a setting may say where they are."""
        if any(name.startswith(PREFIX) for name in self.settings):
            self._with_added().read()

    def gather(self, articles: ArticlesGenerator, pages: PagesGenerator) -> None:
        """Tell what is wrong, and give articles, pages and templates what themes for series ask for.

        Raises:
            SeriesError: there are problems that the settings make errors.

        """
        if self._added or any("series" in content.metadata for content in (*all_articles(articles), *pages.pages)):
            self._with_added().gather(articles, pages)
        else:
            self.context.update({"article_series": {}, "page_series": {}, "series": {}, NAME: NOTHING})

    def generate_output(self, writer: Writer) -> None:
        """Write the pages and feeds of series and plays, wherever nothing else is written.

        Raises:
            SeriesError: something else is written there, and the settings make that an error.

        """
        if self._added:
            self._added.write(writer)

    def _with_added(self) -> Added:
        from .added import Added  # noqa: PLC0415 - see the module

        self._added = self._added or Added(self)
        return self._added


NOTHING = SimpleNamespace(site=Site((), (), ()), links=(), listing=SimpleNamespace(url="", title="Series", summary=""))
"""What templates find as ``essay_series`` on a site without series and plays, in the form of `assembly.Offered`."""


def all_articles(generator: ArticlesGenerator) -> Iterator[Article]:
    """Yield every article that `generator` has read, the published ones first, and of these the originals."""
    yield from generator.articles
    yield from generator.translations
    yield from generator.hidden_articles
    yield from generator.hidden_translations
    yield from generator.drafts
    yield from generator.drafts_translations
