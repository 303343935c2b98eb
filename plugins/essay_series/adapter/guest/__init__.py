"""The plugin as a guest on any Pelican site: it adds pages, feeds and objects, and changes nothing that others make.

Read it in this order: `own` (the settings), `essays` (articles in, our nouns out), `runs` (``article.series`` as
pelican-series gives it), `problems` (what is told), `assembly` and `feeds` (what is made), `added` (what is done with
it), `generator` (when).
"""

from __future__ import annotations

from collections.abc import Sequence

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from .own import SITE, Settings, declaring_paths

__all__ = ["begin", "connect"]


def connect() -> None:
    """Connect to Pelican's signals; in the site mode nothing is done there."""
    signals.get_generators.connect(_generator)
    signals.all_generators_finalized.connect(_gather)


def begin(settings: Settings) -> None:
    """Keep files that declare series and plays from being read as articles and pages; without such, change nothing."""
    for name in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
        new = [path for path in declaring_paths(settings) if path not in settings[name]]
        if new:
            settings[name] = [*settings[name], *new]


def _generator(pelican: Pelican) -> type[Generator] | None:
    if pelican.settings.get(SITE):
        return None
    from .generator import SeriesPages  # noqa: PLC0415 - the site mode does without

    return SeriesPages


def _gather(generators: Sequence[Generator]) -> None:
    """Let the generator of series know what the others have read."""
    if any(each.settings.get(SITE) for each in generators):
        return
    from .generator import SeriesPages  # noqa: PLC0415 - likewise

    for ours in generators:
        if isinstance(ours, SeriesPages):
            articles = next(each for each in generators if isinstance(each, ArticlesGenerator))
            pages = next(each for each in generators if isinstance(each, PagesGenerator))
            ours.gather(articles, pages)
