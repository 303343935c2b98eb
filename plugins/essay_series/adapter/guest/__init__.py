"""The plugin as a guest on any Pelican site: it adds pages, feeds and objects, and changes nothing else.

Read the modules in this order: `own` (settings), `essays` (articles to essays), `runs` (the order of each series, and
``article.series``), `problems` (warnings and errors), `assembly` and `feeds` (what is added), `added` (writing it) and
`generator` (the steps of Pelican at which this happens).
"""

from __future__ import annotations

from collections.abc import Sequence

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from ..settings.common import SITE, Settings
from ..settings.guest import declaring_paths

__all__ = ["begin", "connect"]


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
    if pelican.settings.get(SITE):
        return None
    from .generator import SeriesPages  # noqa: PLC0415 - not needed in the site mode

    return SeriesPages


def _gather(generators: Sequence[Generator]) -> None:
    """Pass the articles and pages that Pelican has read to our generator."""
    if any(each.settings.get(SITE) for each in generators):
        return
    from .generator import SeriesPages  # noqa: PLC0415 - likewise

    for ours in generators:
        if isinstance(ours, SeriesPages):
            articles = next(each for each in generators if isinstance(each, ArticlesGenerator))
            pages = next(each for each in generators if isinstance(each, PagesGenerator))
            ours.gather(articles, pages)
