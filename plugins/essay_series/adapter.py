"""The only module that knows Pelican: its settings and articles in, our pages out."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from html import escape, unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, FileSystemLoader
from markdown import Markdown
from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.readers import MarkdownReader, default_metadata, parse_path_metadata
from pelican.utils import get_date, slugify
from pelican.writers import Writer
from typogrify.filters import typogrify

from . import assemble, checks, views
from .build import made
from .config import SiteConfig
from .frontmatter import Kind, Source, essay_from_texts, play_page_from, read, series_page_from
from .manuscript import Manuscript, manuscript
from .compat import ArticleSeries
from .model import Address, Essay, Series, Site
from .routes import DEFAULTS, Routes

Settings = dict[str, Any]

OWN_TEMPLATES = ("ledger", "play", "playbook")
"""Templates of the pages that Pelican itself would not write."""
MADE = "ESSAY_SERIES_MADE"
"""Key under which a build's settings and context share the set of files that it made."""
OWN_DEFAULTS = {**DEFAULTS, "SERIES_PATHS": ["series"], "PLAYBOOK_PATHS": ["playbook"]}


class ContentError(Exception):
    """The author's sources have problems; all of them have been told."""


def _without_traceback(record: logging.LogRecord) -> bool:
    """An author's mistake is no bug of ours: keep the message and drop the traceback that Pelican adds."""
    if record.exc_info and record.exc_info[0] is ContentError:
        record.exc_info = None
    return True


def connect() -> None:
    """Connect to Pelican's signals."""
    logging.getLogger("pelican").addFilter(_without_traceback)
    signals.initialized.connect(_complete_settings)
    signals.generator_init.connect(_offer_filters)
    signals.get_generators.connect(_index_pages)
    signals.all_generators_finalized.connect(_publish)
    signals.content_written.connect(_note_made)
    signals.feed_written.connect(_note_made)
    signals.finalized.connect(_remove_stale)


def _complete_settings(pelican: Pelican) -> None:
    """Add this plugin's defaults, and keep its files from being read as articles or pages."""
    settings = pelican.settings
    for name, default in OWN_DEFAULTS.items():
        settings.setdefault(name, default)
    for excludes in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
        settings[excludes] = [*settings[excludes], *_declaring_paths(settings)]
    settings[MADE] = set()


def _declaring_paths(settings: Settings) -> list[str]:
    return [*settings["SERIES_PATHS"], *settings["PLAYBOOK_PATHS"]]


def _index_pages(pelican: Pelican) -> type[Generator]:
    pelican.settings[MADE].clear()
    return IndexPages


def _offer_filters(generator: Generator) -> None:
    typeset = _typesetter(generator.settings)
    generator.env.filters["typeset"] = typeset
    generator.env.filters["typeset_plain"] = lambda text: unescape(Markup(typeset(text)).striptags())
    own = FileSystemLoader(Path(__file__).parent / "templates")
    generator.env.loader = ChoiceLoader([generator.env.loader, own])


def _typesetter(settings: Settings) -> Callable[[str], Markup]:
    """Return what makes HTML of plain text: escaped always, and typeset where the site has TYPOGRIFY on."""
    omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)

    @lru_cache(maxsize=None)
    def typeset(text: str) -> Markup:
        safe = escape(text, quote=False)
        if not settings["TYPOGRIFY"]:
            return Markup(safe)
        return Markup(typogrify(safe, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted))

    return typeset


class IndexPages(Generator):
    """Reads the series and play files, checks all sources first, and writes the pages Pelican does not know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read and check the sources: generators are made before anything is read, deleted or written."""
        super().__init__(*args, **kwargs)
        self.manuscript = _manuscript(self)
        self.declared: dict[str, Page] = {}
        _stop_at_problems(self.manuscript)

    def generate_context(self) -> None:
        """Read the series and play files as pages, so that they are typeset and can be linked to."""
        for path, address in self.manuscript.addresses.items():
            source = self.manuscript.by_path[path]
            if source.kind in ("series", "play", "playbook") and self.manuscript.is_public(source):
                page = self.readers.read_file(self.path, path, content_class=Page, context=self.context)
                page.override_save_as, page.override_url = address.path, address.url
                self.add_source_path(page)
                self.add_static_links(page)
                self.declared[path] = page

    def content(self, path: str) -> str:
        """Return the HTML of the declaring file `path`."""
        return str(self.declared[path].content) if path in self.declared else ""

    def generate_output(self, writer: Writer) -> None:
        """Write the ledgers, the plays and the playbook."""
        for view in views.by_template(self.context["views"], OWN_TEMPLATES):
            template = self.get_template(view.template)
            relative = self.settings["RELATIVE_URLS"]
            writer.write_file(
                view.address.path, template, self.context, relative, url=view.address.url
            )


def _manuscript(generator: Generator) -> Manuscript:
    settings, config = generator.settings, _config(generator.settings)
    found: dict[str, Kind] = {}
    for kind, paths, excludes in (
        ("page", settings["PAGE_PATHS"], settings["PAGE_EXCLUDES"]),
        ("essay", settings["ARTICLE_PATHS"], settings["ARTICLE_EXCLUDES"]),
        ("series", settings["SERIES_PATHS"], []),
        ("play", settings["PLAYBOOK_PATHS"], []),
    ):
        files = generator.get_files(paths, excludes, MarkdownReader.file_extensions)
        found |= dict.fromkeys((os.path.normpath(f).replace(os.sep, "/") for f in files), kind)
    root = Path(generator.path)
    sources = [read(path, _kind(path, kind), (root / path).read_bytes()) for path, kind in found.items()]
    files = (file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file())
    return manuscript(sources, files, config)


def _kind(path: str, kind: Kind) -> Kind:
    return "playbook" if kind == "play" and Path(path).stem == "index" else kind


def _stop_at_problems(sources: Manuscript) -> None:
    problems = checks.run(sources)
    if not problems:
        return
    for problem in problems:
        print(replace(problem, path=f"{sources.config.content}/{problem.path}"), file=sys.stderr)
    files = len({problem.path for problem in problems})
    count = f"{len(problems)} problem{'s' * (len(problems) > 1)} in {files} file{'s' * (files > 1)}"
    raise ContentError(f"{count}; nothing was written, the last output is as it was.")


def _config(settings: Settings) -> SiteConfig:
    zone = ZoneInfo(settings.get("TIMEZONE", "UTC"))
    return SiteConfig(
        content=Path(os.path.relpath(settings["PATH"])).as_posix(),
        routes=_routes(settings),
        default_lang=settings["DEFAULT_LANG"].lower(),
        timezone=zone,
        now=None if settings["WITH_FUTURE_DATES"] else datetime.now(zone),
        needs_date=not settings.get("DEFAULT_DATE"),
        slugify=partial(
            slugify,
            regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"],
            preserve_case=settings["SLUGIFY_PRESERVE_CASE"],
            use_unicode=settings["SLUGIFY_USE_UNICODE"],
        ),
        inherited=partial(_inherited, settings=settings),
        lenient_date=get_date,
        to_html=partial(_to_html, settings=settings),
        other_urls=frozenset(
            str(value)
            for name, value in settings.items()
            if value and re.fullmatch(r"FEED_\w*(ATOM|RSS)\w*|\w+_SAVE_AS|\w+_URL", name)
        ),
    )


def _routes(settings: Settings) -> Routes:
    ends = ("_SAVE_AS", "_URL", "TAG_FEED_ATOM")
    patterns = {name: str(value or "") for name, value in settings.items() if name.endswith(ends)}
    if not patterns.get("ARCHIVES_SAVE_AS") and "archives" in settings["DIRECT_TEMPLATES"]:
        patterns["ARCHIVES_SAVE_AS"] = patterns["ARCHIVES_URL"] = "archives.html"
    return Routes(patterns)


def _inherited(path: str, settings: Settings) -> dict[str, str]:
    """Return the front matter that Pelican takes from the settings and the path instead of the file."""
    metadata = default_metadata(settings) | parse_path_metadata(path, settings)
    return _texts(metadata)


def _texts(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return Pelican's metadata as an author would have written it."""
    return {key.lower(): _text(value) for key, value in metadata.items() if value is not None}


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, list | tuple):
        return ", ".join(_text(each) for each in value)
    return unescape(Markup(str(value)).striptags())


def _to_html(text: str, settings: Settings) -> str:
    return Markdown(**settings["MARKDOWN"]).convert(text)


def _publish(generators: Sequence[Generator]) -> None:
    """Assemble the site of what Pelican has read, and lay site and views before every template."""
    index = next(g for g in generators if isinstance(g, IndexPages))
    articles = next(g for g in generators if isinstance(g, ArticlesGenerator))
    pages = next(g for g in generators if isinstance(g, PagesGenerator))
    contents = {_path(article): article for article in _articles(articles)}
    essays = [_essay(article, index.manuscript) for article in contents.values()]
    _demand_all(index.manuscript, contents)
    site = _site(essays, index)
    shelf = views.Shelf(
        site=site,
        routes=index.manuscript.config.routes,
        unlisted=tuple(e for e in essays if contents[e.source] in _unlisted(articles)),
        documents=tuple(_documents(pages, index.manuscript)),
        playbook=_playbook(index),
    )
    index.context["site"] = site
    index.context["views"] = views.pages(shelf)
    index.context["navigation"] = views.navigation(shelf)
    _offer_series(site, contents, essays, index)
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
    written = sources.essays.get(path) or essay_from_texts(path, _texts(article.metadata), sources.config)
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
            title=source.text("title") if source else _text(page.title),
            summary=source.text("summary") if source else _text(page.metadata.get("summary", "")),
            content=page.content,
            lang=page.lang,
            address=Address(page.save_as, page.url),
            listed=page in listed,
        )


def _playbook(index: IndexPages) -> views.Document:
    for source in _of_kind(index.manuscript, "playbook"):
        return views.Document(source.text("title"), source.text("summary"), index.content(source.path))
    return views.Document("Playbook")


def _offer_series(
    site: Site, contents: Mapping[str, Article], essays: Iterable[Essay], index: IndexPages
) -> None:
    """Give every article of a series the object that pelican-series gave it; drafts see, and are not seen."""
    default_lang = index.manuscript.config.default_lang
    runs = {
        (series.title, lang): [contents[e.source] for e in _run(series, site, lang)]
        for series in site.series
        for lang in {default_lang, *(e.lang for e in essays)}
    }
    by_slug = {series.slug: series for series in site.series}
    known = assemble.directory(index.manuscript.series_pages.values())
    for essay in essays:
        if not essay.series:
            continue
        article = contents[essay.source]
        slug = known.get(assemble.fold(essay.series)) or index.manuscript.config.slugify(essay.series)
        name = by_slug[slug].title if slug in by_slug else essay.series
        run = runs.get((name, essay.lang), [])
        position = run.index(article) if article in run else None
        article.series = ArticleSeries(name, run, position, essay.lang)
    index.context["article_series"] = {s.title: runs[s.title, default_lang] for s in site.series}
    index.context.setdefault("page_series", {})


def _run(series: Series, site: Site, lang: str) -> Iterator[Essay]:
    """Yield the parts of `series` in `lang`, each in the original where there is no such version."""
    for part in series.parts:
        versions = (part, *site.translations.get(part.slug, ()))
        yield next((version for version in versions if version.lang == lang), part)


def _note_made(path: str, context: Mapping[str, Any], **_: Any) -> None:
    context[MADE].add(Path(path))


def _note_static(generators: Sequence[Generator]) -> None:
    for generator in generators:
        if isinstance(generator, StaticGenerator):
            output = Path(generator.output_path)
            generator.settings[MADE].update(output / static.save_as for static in generator.staticfiles)


def _remove_stale(pelican: Pelican) -> None:
    """Take away what the last build made and this one did not; nothing else is ever deleted."""
    settings, output = pelican.settings, Path(pelican.output_path)
    below = output / settings["THEME_STATIC_DIR"]
    for static in settings["THEME_STATIC_PATHS"]:
        root = Path(pelican.theme) / static
        settings[MADE].update(below / f.relative_to(root) for f in root.rglob("*") if f.is_file())
    made.replace(Path(settings["CACHE_PATH"]) / "made.json", output, settings[MADE])
