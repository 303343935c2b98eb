"""A Pelican generator that adds the pages and feeds of series and plays, if a site has any.

The modules that do the work are imported only then, since on a small site that takes longer than the work itself.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.writers import Writer

from ...model import Site
from ...package import NAME
from ..reading.contents import all_articles
from ..settings.common import PREFIX

if TYPE_CHECKING:
    from .added import Added


class SeriesPages(Generator):
    """Calls `Added` if the site has a series or a setting of the plugin."""

    _added: Added | None = None

    def generate_context(self) -> None:
        """Read the files of series and plays, if there is a setting of the plugin."""
        if any(name.startswith(PREFIX) for name in self.settings):
            self._with_added().read()

    def gather(self, articles: ArticlesGenerator, pages: PagesGenerator) -> None:
        """Call `Added.gather`; on a site without series, set empty variables in the context of templates.

        Raises:
            SeriesError: there are problems that the settings make errors.

        """
        if self._added or any("series" in content.metadata for content in (*all_articles(articles), *pages.pages)):
            self._with_added().gather(articles, pages)
        else:
            self.context.update({"article_series": {}, "page_series": {}, "series": {}, NAME: NOTHING})

    def generate_output(self, writer: Writer) -> None:
        """Call `Added.write`.

        Raises:
            SeriesError: there are problems that the settings make errors.

        """
        if self._added:
            self._added.write(writer)

    def _with_added(self) -> Added:
        from .added import Added  # noqa: PLC0415 - see the module

        self._added = self._added or Added(self)
        return self._added


NOTHING = SimpleNamespace(site=Site((), (), ()), links=(), listing=SimpleNamespace(url="", title="Series", summary=""))
"""The variable ``essay_series`` on a site without series and plays, with the attributes of `assembly.Offered`."""
