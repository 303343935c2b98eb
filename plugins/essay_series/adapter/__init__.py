"""The only room that knows Pelican: its settings and articles in, our pages out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.urlwrappers import Category

from .. import assemble, feeds, views
from ..build import made
from ..compat import ArticleSeries
from ..declare import essay_from_texts, play_page_from, series_page_from
from ..frontmatter import Kind, Source
from ..gate.withheld import withheld_files
from ..manuscript import Manuscript
from ..model import PUBLISHED, Address, Essay, Site
from ..names import fold
from ..published import Published
from .index_pages import MADE, ContentError, IndexPages
from .settings import PREVIEW, complete, text_from, texts_from, typesetter


def connect() -> None:
    """Connect to Pelican's signals."""
    logging.getLogger("pelican").addFilter(_without_traceback)
    signals.initialized.connect(_prepare)
    signals.generator_init.connect(_offer_filters)
    signals.get_generators.connect(_index_pages)
    signals.all_generators_finalized.connect(_publish)
    signals.content_written.connect(_note_made)
    signals.feed_written.connect(_note_made)
    signals.finalized.connect(_remove_stale)


def _prepare(pelican: Pelican) -> None:
    complete(pelican.settings)
    pelican.settings[MADE] = set()


def _index_pages(pelican: Pelican) -> type[Generator]:
    pelican.settings[MADE].clear()
    return IndexPages


def _offer_filters(generator: Generator) -> None:
    typeset = typesetter(generator.settings)
    generator.env.filters["typeset"] = typeset
    generator.env.filters["typeset_plain"] = lambda text: unescape(Markup(typeset(text)).striptags())
    own = FileSystemLoader(Path(__file__).parent.parent / "templates")
    theme = generator.env.loader
    generator.env.loader = ChoiceLoader([theme, own] if theme else [own])


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
    )
    index.context["site"] = site
    index.context["views"] = views.pages(shelf)
    index.context["navigation"] = views.navigation(shelf)
    index.feeds = _feeds(shelf, index)
    _offer_series(site, contents, essays, index)
    _complete_drafts(articles)
    _keep_back_static(generators, index.manuscript)


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
    return replace(
        written,
        slug=article.slug,
        date=getattr(article, "date", None),
        status=article.status,
        lang=article.lang,
        address=Address(article.save_as, article.url),
        content=article.content,
    )


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


def _keep_back_static(generators: Sequence[Generator], sources: Manuscript) -> None:
    """Leave out what only unpublished sources show, and note the rest as made; Pelican would copy whole folders."""
    withheld = withheld_files(sources)
    for generator in generators:
        if isinstance(generator, StaticGenerator):
            kept = [static for static in generator.staticfiles if _path(static) not in withheld]
            generator.staticfiles[:] = kept
            generator.settings[MADE].update(Path(generator.output_path) / static.save_as for static in kept)


def _remove_stale(pelican: Pelican) -> None:
    """Take away what the last build made and this one did not; nothing else is ever deleted."""
    settings, output = pelican.settings, Path(pelican.output_path)
    below = output / settings["THEME_STATIC_DIR"]
    for static in settings["THEME_STATIC_PATHS"]:
        root = Path(pelican.theme) / static
        settings[MADE].update(below / f.relative_to(root) for f in root.rglob("*") if f.is_file())
    made.replace(Path(settings["CACHE_PATH"]) / "made.json", output, settings[MADE])
