"""The only room that knows Pelican: its settings and articles in, our pages out."""

from __future__ import annotations

import atexit
import logging
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.urlwrappers import Category

from .. import assemble, feeds, views
from ..build import made
from ..build.stage import BusyError, begin
from ..build.unchanged import inputs, note
from ..compat import ArticleSeries
from ..declare import essay_from_texts, play_page_from, series_page_from, status_at
from ..frontmatter import Kind, Source
from ..manuscript import Manuscript
from ..model import DRAFT, PUBLISHED, Address, Essay, Site
from ..names import fold
from ..promises import Standing, settled
from ..published import Published
from ..schedule import UnreadableMomentError, scheduled, unlinked
from .index_pages import DUE, INPUTS, MADE, PROMISES, STAGE, WAITING, ContentError, IndexPages
from .quickening import quicken
from .settings import NOW, PREVIEW, clock, complete, text_from, texts_from, typesetter


def connect() -> None:
    """Connect to Pelican's signals."""
    quicken()
    logging.getLogger("pelican").addFilter(_without_traceback)
    signals.initialized.connect(_prepare)
    signals.generator_init.connect(_offer_filters)
    signals.get_generators.connect(_index_pages)
    signals.content_object_init.connect(_keep_back)
    signals.content_object_init.connect(_settle_promises)
    signals.content_object_init.connect(_unlink)
    signals.all_generators_finalized.connect(_publish)
    signals.content_written.connect(_note_made)
    signals.feed_written.connect(_note_made)
    signals.finalized.connect(_put_in_place)


def _prepare(pelican: Pelican) -> None:
    complete(pelican.settings)
    pelican.settings[MADE] = set()


def _index_pages(pelican: Pelican) -> type[Generator]:
    """Begin a build: it is of one moment, and whatever Pelican writes from here on goes beside the live output."""
    settings = pelican.settings
    settings[INPUTS] = inputs(_roots(pelican))
    settings[MADE].clear()
    try:
        settings[NOW] = clock(settings)
    except UnreadableMomentError as error:
        raise ContentError(str(error)) from error
    if STAGE in settings:
        settings[STAGE].end()
    try:
        settings[STAGE] = begin(Path(settings["OUTPUT_PATH"]))
    except BusyError as busy:
        raise ContentError(str(busy)) from busy
    except OSError as error:
        raise ContentError(f"{settings['OUTPUT_PATH']} cannot be written: {error.strerror}.") from error
    atexit.register(settings[STAGE].end)
    pelican.output_path = str(settings[STAGE].folder)
    return IndexPages


def _offer_filters(generator: Generator) -> None:
    typeset = typesetter(generator.settings)
    generator.env.filters["typeset"] = typeset
    generator.env.filters["typeset_plain"] = lambda text: unescape(Markup(typeset(text)).striptags())
    own = FileSystemLoader(Path(__file__).parent.parent / "templates")
    theme = generator.env.loader
    generator.env.loader = ChoiceLoader([theme, own] if theme else [own])


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
    index = next(g for g in generators if isinstance(g, IndexPages))
    articles = next(g for g in generators if isinstance(g, ArticlesGenerator))
    pages = next(g for g in generators if isinstance(g, PagesGenerator))
    _send_drafts_home([*articles.drafts, *articles.drafts_translations, *pages.draft_pages, *pages.draft_translations])
    contents = {_path(article): article for article in _articles(articles)}
    essays = [_essay(article, index.manuscript) for article in contents.values()]
    _demand_all(index.manuscript, contents)
    site = _site(essays, index)
    unlisted = {_path(article) for article in _unlisted(articles)}
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
    index.feeds = _feeds(shelf, index)
    _offer_series(site, contents, essays, index)
    _complete_drafts(articles)
    _note_static(generators)


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


def _essay(article: Article, sources: Manuscript) -> Essay:
    """Translate an article: what the author wrote from the source, what Pelican made of it from Pelican."""
    path = _path(article)
    written = sources.essays.get(path) or essay_from_texts(path, texts_from(article.metadata), sources.config)
    undated = article.status == DRAFT and not written.date
    return replace(
        written,
        slug=article.slug,
        date=None if undated else article.date,  # Pelican dates such a draft on the last day there is
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


def _demand_all(sources: Manuscript, read_by_pelican: Mapping[str, Article]) -> None:
    """Pelican drops what it cannot read and goes on; an essay of ours must not vanish so."""
    missing = sorted(sources.essays.keys() - read_by_pelican.keys())
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


def _feeds(shelf: views.Shelf, index: IndexPages) -> Mapping[str, bytes]:
    settings, routes = index.settings, shelf.routes
    root = settings["SITEURL"] or PREVIEW
    below = urlsplit(root).path.rstrip("/")
    channel = feeds.Channel(
        root=root,
        name=settings["SITENAME"],
        author=settings.get("AUTHOR") or settings["SITENAME"],
        lang=settings["DEFAULT_LANG"].lower(),
        feeds_page=f"{root}/{routes.feeds().url}" if routes.feeds().path else "",
        icon=f"{root}/{settings['FEED_ICON']}" if settings["FEED_ICON"] else "",
        stylesheet=f"{below}/{settings['FEED_STYLESHEET']}" if settings["FEED_STYLESHEET"] else "",
    )
    published = Published(index.manuscript)
    press = feeds.Press(shelf.site, routes, channel, published.ids, _words(index.env))
    return feeds.also_at_former(feeds.files(shelf.topics, press), published.former)


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


def _note_made(path: str, context: Mapping[str, Any], **_: Any) -> None:
    context[MADE].add(Path(path))


def _note_static(generators: Sequence[Generator]) -> None:
    for generator in generators:
        if isinstance(generator, StaticGenerator):
            output = Path(generator.output_path)
            generator.settings[MADE].update(output / static.save_as for static in generator.staticfiles)


def _roots(pelican: Pelican) -> Iterator[Path]:
    """Yield all that a build reads: sources, theme, plugins, and the modules of the author's own that are loaded."""
    yield from (Path(pelican.path), Path(pelican.theme), *map(Path, pelican.settings["PLUGIN_PATHS"]))
    yield Path(__file__).parent.parent
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    yield from (Path(file) for file in files if file and Path(file).parent == Path.cwd())


def _put_in_place(pelican: Pelican) -> None:
    """End the build: the new output takes the place of the old one, and the author's own files in it stay."""
    settings, output = pelican.settings, Path(pelican.output_path)
    below = output / settings["THEME_STATIC_DIR"]
    for static in settings["THEME_STATIC_PATHS"]:
        root = Path(pelican.theme) / static
        settings[MADE].update(below / f.relative_to(root) for f in root.rglob("*") if f.is_file())
    made.put_in_place(Path(settings["CACHE_PATH"]) / "made.json", settings[STAGE], settings[MADE])
    stage = settings.pop(STAGE)
    atexit.unregister(stage.end)
    pelican.output_path = str(stage.live)
    cache = Path(settings["CACHE_PATH"])
    note(cache, stage.live, settings[INPUTS], made.recorded(cache / "made.json")[str(stage.live)], settings[DUE])
