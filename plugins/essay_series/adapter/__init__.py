"""The only room that knows Pelican: its settings and articles in, our pages out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from typing import cast
from urllib.parse import urlsplit

from jinja2 import Environment
from pelican import Pelican, readers, signals
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.readers import Readers
from pelican.urlwrappers import Category
from pelican.writers import Writer

from .. import assemble, feeds, views
from ..build.fingerprint import Fingerprints
from ..build.laps import LAPS
from ..compat import ArticleSeries
from ..declare import essay_from_texts, play_page_from, series_page_from, status_at
from ..frontmatter import Kind, Source
from ..gate.withheld import withheld_files
from ..manuscript import Manuscript
from ..model import DRAFT, PUBLISHED, Address, Essay, Site
from ..names import fold
from ..promises import Standing, settled
from ..published import Published
from ..schedule import UnreadableMomentError, scheduled, unlinked
from .index_pages import DUE, KEPT, MADE, PROMISES, WAITING, ContentError, IndexPages
from .keeping import Kept, leave, moment_of, only_what_is_new
from .offered import ASSETS, offer, theme_assets
from .output import begin_build, keep_back_static, note_made, put_in_place
from .quickening import quicken
from .reading import MarkdownReader
from .settings import NOW, PREVIEW, clock, complete, text_from, texts_from
from .writer import KEYS, KeepingWriter


def connect() -> None:
    """Connect to Pelican's signals."""
    quicken()
    logging.getLogger("pelican").addFilter(_without_traceback)
    signals.initialized.connect(_prepare)
    signals.readers_init.connect(_offer_reader)
    signals.generator_init.connect(offer)
    signals.generator_init.connect(_find_only_what_is_new)
    signals.get_generators.connect(_index_pages)
    signals.content_object_init.connect(_keep_back)
    signals.content_object_init.connect(_settle_promises)
    signals.content_object_init.connect(_unlink)
    signals.all_generators_finalized.connect(_publish)
    signals.get_writer.connect(_writer)
    signals.content_written.connect(note_made)
    signals.feed_written.connect(note_made)
    signals.finalized.connect(put_in_place)


def _prepare(pelican: Pelican) -> None:
    complete(pelican.settings)
    pelican.settings[MADE] = set()


def _index_pages(pelican: Pelican) -> type[Generator]:
    """Begin a build, which is of one moment."""
    settings = pelican.settings
    settings[ASSETS] = theme_assets(settings)
    try:
        settings[NOW] = clock(settings)
    except UnreadableMomentError as error:
        raise ContentError(str(error)) from error
    begin_build(pelican)
    return IndexPages


def _find_only_what_is_new(generator: Generator) -> None:
    if isinstance(generator, ArticlesGenerator):
        only_what_is_new(generator, lambda: generator.settings.get(KEPT, {}))


def _offer_reader(offered: Readers) -> None:
    """Take the place of Pelican's reader of Markdown, and of no other that an author may have set."""
    for extension, reader in offered.reader_classes.items():
        if reader is readers.MarkdownReader:
            offered.reader_classes[extension] = MarkdownReader


def _writer(_: Pelican) -> type[Writer]:
    return KeepingWriter


def _settle_promises(content: Content) -> None:
    """Turn promises into links or words before Pelican looks for links in the text."""
    if isinstance(content, Article | Page):
        known = cast("Mapping[str, Standing]", content.settings[PROMISES])
        content._content = settled(content._content, known)  # noqa: SLF001 - Pelican has no other door


def _keep_back(content: Content) -> None:
    """Make a draft of an article that is dated after the moment that the build is of."""
    if isinstance(content, Article) and hasattr(content, "date"):
        now = cast("datetime | None", content.settings[NOW])
        content.status = status_at(now, content.status, content.date)


def _unlink(content: Content) -> None:
    """Show the words alone where a text links to an essay that the build's moment does not know yet."""
    if isinstance(content, Article | Page):
        waiting = cast("Collection[str]", content.settings[WAITING])
        content._content = unlinked(content._content, _path(content), waiting)  # noqa: SLF001 - likewise


def _without_traceback(record: logging.LogRecord) -> bool:
    """An author's mistake is no bug of ours: keep the message and drop the traceback that Pelican adds."""
    if record.exc_info and record.exc_info[0] is ContentError:
        record.exc_info = None
    return True


def _publish(generators: Sequence[Generator]) -> None:
    """Assemble the site of what Pelican has read, and lay site and views before every template."""
    LAPS.lap("let Pelican read")
    index = next(g for g in generators if isinstance(g, IndexPages))
    articles = next(g for g in generators if isinstance(g, ArticlesGenerator))
    pages = next(g for g in generators if isinstance(g, PagesGenerator))
    _send_drafts_home([*articles.drafts, *articles.drafts_translations, *pages.draft_pages, *pages.draft_translations])
    contents = {_path(article): article for article in _articles(articles)}
    read = {path: _read(article, index.manuscript) for path, article in contents.items()}
    _demand_all(index.manuscript, {*contents, *index.kept})
    leave(index.memory, index.keys, index.kept, read)
    essays = [each.essay for each in (*read.values(), *index.kept.values())]
    site = _site(essays, index)
    unlisted = {_path(article) for article in _unlisted(articles)}
    LAPS.lap("assemble the site")
    shelf = views.Shelf(
        site=site,
        routes=index.manuscript.config.routes,
        unlisted=tuple(e for e in essays if e.source in unlisted),
        documents=tuple(_documents(pages, index.manuscript)),
        playbook=_playbook(index),
        topics=feeds.topics(site, index.manuscript.config.routes, index.manuscript.config.default_lang),
        name=index.settings["SITENAME"],
        now=index.manuscript.config.now,
        preview=bool(index.settings["PREVIEW"]),
    )
    index.settings[DUE] = next((essay.date for essay in scheduled(index.manuscript)), None)
    index.context["site"] = site
    index.context["views"] = views.pages(shelf)
    index.context["navigation"] = views.navigation(shelf)
    LAPS.lap("choose what each page shows")
    _note_keys(index)
    index.editions, index.former = _feeds(shelf, index)
    if not index.kept:
        _offer_series(site, contents, essays, index)
    _complete_drafts(articles)
    LAPS.lap("put what is equal into words")
    keep_back_static(generators, set() if index.settings["PREVIEW"] else withheld_files(index.manuscript))


def _articles(generator: ArticlesGenerator) -> Iterator[Article]:
    yield from generator.articles
    yield from generator.translations
    yield from _unlisted(generator)


def _unlisted(generator: ArticlesGenerator) -> list[Article]:
    return [
        *generator.hidden_articles,
        *generator.hidden_translations,
        *generator.drafts,
        *generator.drafts_translations,
    ]


def _path(content: Content) -> str:
    return str(content.get_relative_source_path())


def _note_keys(index: IndexPages) -> None:
    """A page is made of its view and of what is the same on all pages."""
    words = Fingerprints().of
    around = words(index.context["navigation"])
    for path, view in index.context["views"].items():
        index.settings[KEYS][path] = index.memory.key(around, words(view))


def _read(article: Article, sources: Manuscript) -> Kept:
    return Kept(_essay(article, sources), tuple(article.get_static_links()))


def _essay(article: Article, sources: Manuscript) -> Essay:
    """Translate an article: what the author wrote from the source, what Pelican made of it from Pelican."""
    path = _path(article)
    written = sources.essays.get(path) or essay_from_texts(path, texts_from(article.metadata), sources.config)
    undated = article.status == DRAFT and not written.date
    return replace(
        written,
        slug=article.slug,
        date=None if undated else moment_of(written, article.date),  # else on the last day there is
        status=article.status,
        lang=article.lang,
        address=Address(article.save_as, article.url),
        content=article.content,
    )


def _send_drafts_home(drafts: Iterable[Content]) -> None:
    """Let a draft stand where drafts do, or nowhere: ``Save_as`` and ``Url`` are for the day of its publication."""
    for draft in drafts:
        for name in ("override_save_as", "override_url"):
            draft.__dict__.pop(name, None)


def _demand_all(sources: Manuscript, known: AbstractSet[str]) -> None:
    """Pelican drops what it cannot read and goes on; an essay of ours must not vanish so."""
    missing = sorted(sources.essays.keys() - known)
    if missing:
        raise ContentError(f"Pelican could not read {', '.join(missing)}; its own message above says why.")


def _site(essays: Iterable[Essay], index: IndexPages) -> Site:
    sources, config = index.manuscript, index.manuscript.config
    return assemble.site(
        essays,
        (series_page_from(s, config, index.content(s.path)) for s in _of_kind(sources, "series")),
        (play_page_from(s, config, index.content(s.path)) for s in _of_kind(sources, "play")),
        config.slugify,
        config.default_lang,
    )


def _of_kind(sources: Manuscript, kind: Kind) -> Iterator[Source]:
    return (source for source in sources.sources if source.kind == kind)


def _documents(generator: PagesGenerator, sources: Manuscript) -> Iterator[views.Document]:
    listed = [*generator.pages, *generator.translations]
    others = [*generator.hidden_pages, *generator.hidden_translations]
    others += [*generator.draft_pages, *generator.draft_translations]
    for page in [*listed, *others]:
        source = sources.by_path.get(_path(page))
        yield views.Document(
            title=source.text("title") if source else text_from(page.title),
            summary=source.text("summary") if source else text_from(page.metadata.get("summary", "")),
            content=page.content,
            lang=page.lang,
            address=Address(page.save_as, page.url),
            listed=page in listed,
            status=page.status,
        )


def _feeds(shelf: views.Shelf, index: IndexPages) -> tuple[Sequence[feeds.Edition], Mapping[str, str]]:
    """Return what feeds there are to make, and the former addresses of some."""
    settings, routes = index.settings, shelf.routes
    root = settings["SITEURL"] or PREVIEW
    icon, stylesheet = (settings[ASSETS].name(settings[key]) for key in ("FEED_ICON", "FEED_STYLESHEET"))
    below = urlsplit(root).path.rstrip("/")
    channel = feeds.Channel(
        root=root,
        name=settings["SITENAME"],
        author=settings.get("AUTHOR") or settings["SITENAME"],
        lang=settings["DEFAULT_LANG"].lower(),
        feeds_page=f"{root}/{routes.feeds().url}" if routes.feeds().path else "",
        icon=f"{root}/{icon}" if icon else "",
        stylesheet=f"{below}/{stylesheet}" if stylesheet else "",
    )
    published = Published.of(index.manuscript)
    press = feeds.Press(shelf.site, routes, channel, published.ids, _words(index.env))
    return tuple(feeds.editions(shelf.topics, press)), published.former


def _words(environment: Environment) -> Callable[[str], str]:
    """Return what typesets plain text for lists: the blanks that hold a page's last line together are blanks again."""
    typeset = environment.filters["typeset_plain"]
    return lambda text: typeset(text).replace("\N{NO-BREAK SPACE}", " ")


def _playbook(index: IndexPages) -> views.Document:
    for source in _of_kind(index.manuscript, "playbook"):
        return views.Document(source.text("title"), source.text("summary"), index.content(source.path))
    return views.Document("Playbook")


def _offer_series(site: Site, contents: Mapping[str, Article], essays: Iterable[Essay], index: IndexPages) -> None:
    """Give every article of a series the object that pelican-series gave it; drafts see, and are not seen."""
    default_lang = index.manuscript.config.default_lang
    runs = {
        (series.title, lang): [contents[site.version(part, lang).source] for part in series.parts]
        for series in site.series
        for lang in {default_lang, *(e.lang for e in essays)}
    }
    by_slug = {series.slug: series for series in site.series}
    known = dict(index.manuscript.series_directory)
    known |= {fold(part.series): series.slug for series in site.series for part in series.parts if part.series}
    for essay in essays:
        if not essay.series:
            continue
        article = contents[essay.source]
        slug = known.get(fold(essay.series)) or index.manuscript.config.slugify(essay.series)
        name = by_slug[slug].title if slug in by_slug else essay.series
        run = runs.get((name, essay.lang), [])
        place = site.places.get(essay.slug) if essay.status == PUBLISHED else None
        offered = ArticleSeries(name, run, place.number - 1 if place else None, essay.lang)
        article.__dict__["series"] = offered
    index.context["article_series"] = {s.title: runs[s.title, default_lang] for s in site.series}
    index.context.setdefault("page_series", {})


def _complete_drafts(articles: ArticlesGenerator) -> None:
    """Pelican 4.12 asks every draft for its category, also where categories are off and there is none."""
    for draft in (*articles.drafts, *articles.drafts_translations):
        draft.__dict__.setdefault("category", Category(articles.settings["DEFAULT_CATEGORY"], articles.settings))
