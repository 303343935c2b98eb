"""The site mode, which ``ESSAY_SERIES_SITE = True`` switches on: the plugin is in charge of the whole site.

All sources are checked before anything is written, our feeds replace Pelican's, and all files become targets of one
`Build`. Each step hangs on a signal of Pelican's, in the order of `_receivers`.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from blinker import Signal
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.log import console
from pelican.writers import Writer

from .. import views
from ..build.progress import Progress
from ..feeds.topics import topics_of_all
from ..l10n.writing import writing_systems
from ..model import PUBLISHED, Essay, Site
from ..sources.attached import withheld_files
from ..sources.schedule import scheduled
from . import patches
from .building import begin_build, build_of
from .environment import offer
from .guest.generator import all_articles
from .guest.problems import without_traceback
from .outputs.books import Bindery
from .outputs.files import static_targets, write
from .outputs.illustrations import ImageSet
from .outputs.index_pages import IndexPages
from .outputs.writer import CollectingWriter
from .reading.articles import (
    as_read,
    demand_all,
    documents,
    essay_of,
    offer_series,
    path_of,
    playbooks,
    site_of,
    unlisted_of,
)
from .reading.remembered import remember_articles
from .reading.texts import complete_drafts, offer_reader, prepare, send_drafts_home
from .settings.config import complete
from .settings.sections import play_sections


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
    yield signals.generator_init, offer
    yield signals.get_generators, _index_pages
    yield signals.generator_init, remember_articles
    yield signals.content_object_init, prepare
    yield signals.all_generators_finalized, _publish
    yield signals.get_writer, _writer
    yield signals.finalized, _end


def _index_pages(pelican: Pelican) -> type[Generator]:
    """Set up the build, and return our own generator."""
    build = begin_build(pelican)
    build.progress = progress = Progress(console)
    build.tell = partial(progress.step, "write files")
    build.conversions.tell = partial(progress.step, "convert texts")
    build.timings.end("look at all inputs")
    return IndexPages


def _writer(_: Pelican) -> type[Writer]:
    return CollectingWriter


def _end(pelican: Pelican) -> None:
    build = build_of(pelican.settings)
    if build.progress:
        build.progress.end()
    build.timings.end("write all other files")


def _without_docutils_languages(record: logging.LogRecord) -> bool:
    """Drop docutils' warnings about the languages of its directives: sites in Markdown do not use them."""
    return not str(record.msg).startswith("Docutils has no localization")


def _publish(generators: Sequence[Generator]) -> None:
    """Assemble the site from what Pelican has read, and add it with all views to the context of templates."""
    index = next(g for g in generators if isinstance(g, IndexPages))
    build = index.build
    build.conversions.end()
    build.conversions.save()
    build.timings.end("convert texts, and let Pelican read")
    articles = next(g for g in generators if isinstance(g, ArticlesGenerator))
    pages = next(g for g in generators if isinstance(g, PagesGenerator))
    send_drafts_home([*articles.drafts, *articles.drafts_translations, *pages.draft_pages, *pages.draft_translations])
    contents = {path_of(article): article for article in all_articles(articles)}
    read = [essay_of(article, index.manuscript) for article in contents.values()]
    demand_all(index.manuscript, contents.keys())
    index.manuscript = as_read(index.manuscript, read, pages)
    withheld = set() if index.settings["PREVIEW"] else withheld_files(index.manuscript)
    index.image_set = ImageSet.of(generators, withheld, index.settings)
    essays = [index.image_set.illustrating(each) for each in read]
    build.timings.end("make images")
    site = site_of(essays, index)
    build.timings.end("assemble the site")
    unlisted = {path_of(article) for article in unlisted_of(articles)}
    page_context = _shelf(site, [e for e in essays if e.source in unlisted], documents(pages, index), index)
    build.essays = len(site.essays)
    build.drafts = sum(essay.status != PUBLISHED for essay in index.manuscript.essays.values())
    build.due = next((essay.date for essay in scheduled(index.manuscript)), None)
    index.context["site"] = site
    index.context["views"] = Bindery(index).add_downloads(views.pages(page_context))
    index.context["navigation"] = views.navigation(page_context)
    index.context["writing_systems"] = writing_systems(page_context.tags, build.covers)
    build.timings.end("choose what each page shows")
    index.write = partial(write, index, page_context)
    offer_series(site, contents, essays, index)
    complete_drafts(articles)
    build.add(static_targets(generators, index.image_set))


def _shelf(
    site: Site, unlisted: Iterable[Essay], texts: Iterable[views.Document], index: IndexPages
) -> views.PageContext:
    settings, config = index.settings, index.manuscript.config
    own = config.languages.locale(config.default_lang)
    return views.PageContext(
        site=site,
        routes=config.routes,
        unlisted=tuple(unlisted),
        documents=tuple(texts),
        playbook=playbooks(index).get(config.default_lang) or views.Document(own.gettext("Playbook")),
        playbooks=playbooks(index),
        topics=topics_of_all(site, config.routes, config.languages),
        name=settings["SITENAME"],
        languages=config.languages,
        now=config.now,
        root=settings["SITEURL"],
        play_sections=play_sections(settings["PLAY_SECTIONS"], own),
        sections={
            each.lang: play_sections(settings["PLAY_SECTIONS"], config.languages.locale(each.lang), is_own=False)
            for each in site.editions
        },
        book="page" in config.book_formats,
        copies=tuple(settings["COPIES"]),
        offline=bool(settings["OFFLINE"]) and not settings["PREVIEW"],
        cards=settings["CARDS"] and index.build.look is not None,
        preview=bool(settings["PREVIEW"]),
    )
