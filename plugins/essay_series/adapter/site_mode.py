"""The site mode, which ``ESSAY_SERIES_SITE = True`` switches on: the plugin is in charge of the whole site.

All sources are checked before anything is written, our feeds replace Pelican's, and all files become targets of one
`Build`. Each step hangs on a signal of Pelican's, in the order of `_receivers`.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from blinker import Signal
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.log import console
from pelican.writers import Writer

from .. import views
from ..build.progress import Progress
from ..l10n.writing import writing_systems
from ..model import DRAFT, PUBLISHED
from ..sources.attached import withheld_files
from ..sources.schedule import scheduled
from . import patches
from .assembly import offer_series, page_context, site_of
from .building import begin_build, build_of
from .environment import set_up_environment
from .errors import without_traceback
from .generator import SiteGenerator
from .outputs.books import add_books
from .outputs.files import static_targets, write
from .outputs.illustrations import ImageSet
from .outputs.writer import CollectingWriter
from .reading.articles import as_read, demand_all, essay_of
from .reading.contents import all_articles, all_pages, path_of, unlisted_articles
from .reading.remembered import remember_articles
from .reading.texts import offer_reader, prepare, prepare_draft
from .settings.config import complete


def switch_on(pelican: Pelican) -> None:
    """Prepare `pelican`, which has just read its settings, for a build in the site mode."""
    for line in patches.switch_on(patches.TYPOGRIFY):
        print(line, file=sys.stderr)
    logging.getLogger("pelican").addFilter(without_traceback)
    logging.getLogger("pelican.readers").addFilter(_without_docutils_languages)
    for signal, receiver in _receivers():
        signal.connect(receiver)
    complete(pelican.settings)


def switch_off() -> None:
    """Undo `switch_on`, since this process may build a site of another kind next."""
    patches.switch_off()
    logging.getLogger("pelican").removeFilter(without_traceback)
    logging.getLogger("pelican.readers").removeFilter(_without_docutils_languages)
    for signal, receiver in _receivers():
        signal.disconnect(receiver)


def _receivers() -> Iterator[tuple[Signal, Callable[..., object]]]:
    """Yield the signals of Pelican that the site mode connects to, with their receivers."""
    yield signals.readers_init, offer_reader
    yield signals.generator_init, set_up_environment
    yield signals.get_generators, _site_generator
    yield signals.generator_init, remember_articles
    yield signals.content_object_init, prepare
    yield signals.all_generators_finalized, _publish
    yield signals.get_writer, _writer
    yield signals.finalized, _end


def _without_docutils_languages(record: logging.LogRecord) -> bool:
    """Drop docutils' warnings about the languages of its directives: sites in Markdown do not use them."""
    return not str(record.msg).startswith("Docutils has no localization")


def _site_generator(pelican: Pelican) -> type[Generator]:
    """Set up the build, and return our own generator."""
    build = begin_build(pelican)
    build.progress = progress = Progress(console)
    build.tell = partial(progress.step, "write files")
    build.conversions.tell = partial(progress.step, "convert texts")
    build.timings.end("look at all inputs")
    return SiteGenerator


def _publish(generators: Sequence[Generator]) -> None:
    """Assemble the site from what Pelican has read, and add it with all views to the context of templates."""
    generator = next(g for g in generators if isinstance(g, SiteGenerator))
    articles = next(g for g in generators if isinstance(g, ArticlesGenerator))
    pages = next(g for g in generators if isinstance(g, PagesGenerator))
    build = generator.build
    build.conversions.end()
    build.conversions.save()
    build.timings.end("convert texts, and let Pelican read")
    for content in (*all_articles(articles), *all_pages(pages)):
        if content.status == DRAFT:
            prepare_draft(content)
    contents = {path_of(article): article for article in all_articles(articles)}
    read = [essay_of(article, generator.manuscript) for article in contents.values()]
    demand_all(generator.manuscript, contents.keys())
    generator.manuscript = as_read(generator.manuscript, read, pages)
    withheld = set() if generator.settings["PREVIEW"] else withheld_files(generator.manuscript)
    generator.image_set = ImageSet.of(generators, withheld, generator.settings)
    essays = [generator.image_set.illustrating(each) for each in read]
    build.timings.end("make images")
    site = site_of(essays, generator)
    build.timings.end("assemble the site")
    unlisted = {path_of(article) for article in unlisted_articles(articles)}
    context = page_context(site, (essay for essay in essays if essay.source in unlisted), pages, generator)
    build.essays = len(site.essays)
    build.drafts = sum(essay.status != PUBLISHED for essay in generator.manuscript.essays.values())
    build.due = next((essay.date for essay in scheduled(generator.manuscript)), None)
    generator.context["site"] = site
    generator.context["views"] = add_books(views.pages(context), generator)
    generator.context["navigation"] = views.navigation(context)
    generator.context["writing_systems"] = writing_systems(context.tags, build.covers)
    build.timings.end("choose what each page shows")
    generator.write = partial(write, generator, context)
    offer_series(site, contents, essays, generator)
    build.add(static_targets(generators, generator.image_set))


def _writer(_: Pelican) -> type[Writer]:
    return CollectingWriter


def _end(pelican: Pelican) -> None:
    build = build_of(pelican.settings)
    if build.progress:
        build.progress.end()
    build.timings.end("write all other files")
