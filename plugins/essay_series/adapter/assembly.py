"""Assembles the `Site` and the context of its views from what Pelican has read, in the site mode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pelican.contents import Article
from pelican.generators import PagesGenerator

from .. import assemble, views
from ..feeds.topics import topics_of_all
from ..l10n.tags import in_language, language
from ..model import PUBLISHED, Address, Essay, Site
from ..names import fold
from .compat import ArticleSeries
from .generator import SiteGenerator
from .reading.contents import all_pages, path_of
from .settings.sections import play_sections
from .settings.values import text_from


def site_of(essays: Iterable[Essay], generator: SiteGenerator) -> Site:
    """Assemble the site of `essays` and of the files that declare series and plays."""
    sources, config = generator.manuscript, generator.config
    return assemble.site(
        essays,
        (replace(page, content=generator.content(path)) for path, page in sources.series_pages.items()),
        (replace(page, content=generator.content(path)) for path, page in sources.play_pages.items()),
        config.slugify,
        config.default_lang,
        with_editions=bool(config.routes.language_folder),
    )


def page_context(
    site: Site, unlisted: Iterable[Essay], pages: PagesGenerator, generator: SiteGenerator
) -> views.PageContext:
    """Return what the views of all pages are chosen from."""
    settings, config = generator.settings, generator.config
    introductions, sections = _playbooks(generator), settings["PLAY_SECTIONS"]
    return views.PageContext(
        site=site,
        routes=config.routes,
        unlisted=tuple(unlisted),
        documents=tuple(_documents(pages, generator)),
        playbook=introductions.get(config.default_lang) or views.Document(config.locale.gettext("Playbook")),
        playbooks=introductions,
        topics=topics_of_all(site, config.routes, config.languages),
        name=settings["SITENAME"],
        languages=config.languages,
        now=config.now,
        root=settings["SITEURL"],
        play_sections=play_sections(sections, config.locale),
        sections={
            each.lang: play_sections(sections, config.languages.locale(each.lang), is_own=False)
            for each in site.editions
        },
        book="page" in config.book_formats,
        copies=tuple(settings["COPIES"]),
        offline=bool(settings["OFFLINE"]) and not settings["PREVIEW"],
        cards=settings["CARDS"] and generator.build.look is not None,
        preview=bool(settings["PREVIEW"]),
    )


def _documents(pages: PagesGenerator, generator: SiteGenerator) -> Iterator[views.Document]:
    """Yield every page that Pelican has read, hidden ones and drafts too."""
    manuscript, default = generator.manuscript, generator.config.default_lang
    for page in all_pages(pages):
        source, lang = manuscript.by_path.get(path_of(page)), language(page.lang)
        title = manuscript.text(source, "title") if source else text_from(getattr(page, "title", ""))
        summary = manuscript.text(source, "summary") if source else text_from(page.metadata.get("summary", ""))
        yield views.Document(
            title=in_language(title, lang, default),
            summary=in_language(summary, lang, default),
            content=generator.image_set.illustrated(page.content, lang),
            lang=lang,
            address=Address(page.save_as, page.url),
            listed=page.status == PUBLISHED,
            status=page.status,
        )


def _playbooks(generator: SiteGenerator) -> dict[str, views.Document]:
    """Return the introduction of the playbook by language, for those that have one."""
    found: dict[str, views.Document] = {}
    for source in generator.manuscript.sources:
        if source.kind == "playbook":
            lang = generator.manuscript.language_of(source)
            found[lang] = views.Document(
                source.text("title"), source.text("summary"), generator.content(source.path), lang
            )
    return found


def offer_series(
    site: Site, contents: Mapping[str, Article], essays: Iterable[Essay], generator: SiteGenerator
) -> None:
    """Set ``article.series`` as pelican-series does; a draft gets the published parts but is not among them."""
    default_lang = generator.config.default_lang
    langs = {default_lang, *(essay.lang for essay in essays)}
    runs = {
        (series.title, lang): [contents[site.version(part, lang).source] for part in series.parts]
        for series in site.series
        for lang in langs
    }
    by_slug = {series.slug: series for series in site.series}
    known = dict(generator.manuscript.series_directory)
    known |= {fold(part.series): series.slug for series in site.series for part in series.parts if part.series}
    for essay in essays:
        if not essay.series:
            continue
        article = contents[essay.source]
        slug = known.get(fold(essay.series)) or generator.config.slugify(essay.series)
        name = by_slug[slug].title if slug in by_slug else essay.series
        run = runs.get((name, essay.lang), [])
        place = site.places.get(essay.slug) if essay.status == PUBLISHED else None
        offered = ArticleSeries(name, run, place.number - 1 if place else None, article.lang)
        article.__dict__["series"] = offered
    generator.context["article_series"] = {s.title: runs[s.title, default_lang] for s in site.series}
    generator.context.setdefault("page_series", {})
