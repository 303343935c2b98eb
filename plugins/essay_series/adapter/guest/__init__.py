"""The plugin as a guest on any Pelican site: it adds pages, feeds and objects, and changes nothing else.

`SeriesPages`, a Pelican generator, calls `additions.Additions` in three steps: it reads the files that declare series
and plays (`declarations`), gathers all articles as essays (`essays`) and sets ``article.series`` (`runs`), and writes
pages and feeds (`assembly`, `templates`, `feeds`). `problems` has the warnings and errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.writers import Writer

from ...model import Site
from ...package import NAME
from ..reading.contents import all_articles
from ..settings.common import PREFIX, SITE, Settings
from ..settings.guest import declaring_paths

if TYPE_CHECKING:
    from .additions import Additions

__all__ = ["begin", "connect"]

NOTHING = SimpleNamespace(site=Site((), (), ()), links=(), listing=SimpleNamespace(url="", title="Series", summary=""))
"""The variable ``essay_series`` on a site without series and plays, with the attributes of `assembly.Variable`."""


def connect() -> None:
    """Connect to Pelican's signals; the receivers do nothing in the site mode."""
    signals.get_generators.connect(_generator)
    signals.all_generators_finalized.connect(_gather)


def begin(settings: Settings) -> None:
    """Keep Pelican from reading the files of series and plays as articles and pages, if settings name folders."""
    for name in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
        new = [path for path in declaring_paths(settings) if path not in settings[name]]
        if new:
            settings[name] = [*settings[name], *new]


def _generator(pelican: Pelican) -> type[Generator] | None:
    return None if pelican.settings.get(SITE) else SeriesPages


def _gather(generators: Sequence[Generator]) -> None:
    """Pass the articles and pages that Pelican has read to our generator."""
    for ours in generators:
        if isinstance(ours, SeriesPages):
            articles = next(each for each in generators if isinstance(each, ArticlesGenerator))
            pages = next(each for each in generators if isinstance(each, PagesGenerator))
            ours.gather(articles, pages)


class SeriesPages(Generator):
    """Adds the pages and feeds of series and plays, if the site has a series or a setting of the plugin.

    The modules that do the work are imported only then, since on a small site that takes longer than the work itself.
    """

    _additions: Additions | None = None

    def generate_context(self) -> None:
        """Read the files of series and plays, if there is a setting of the plugin."""
        if any(name.startswith(PREFIX) for name in self.settings):
            self._with_additions().read()

    def gather(self, articles: ArticlesGenerator, pages: PagesGenerator) -> None:
        """Set ``series`` on articles and pages, and our variables in the context of templates.

        Raises:
            SeriesError: there are problems that the settings make errors.

        """
        if self._additions or any("series" in each.metadata for each in (*all_articles(articles), *pages.pages)):
            self._with_additions().gather(articles, pages)
        else:
            self.context.update({"article_series": {}, "page_series": {}, "series": {}, NAME: NOTHING})

    def generate_output(self, writer: Writer) -> None:
        """Write the pages and feeds.

        Raises:
            SeriesError: there are problems that the settings make errors.

        """
        if self._additions:
            self._additions.write(writer)

    def _with_additions(self) -> Additions:
        from .additions import Additions  # noqa: PLC0415 - see above

        self._additions = self._additions or Additions(self)
        return self._additions
