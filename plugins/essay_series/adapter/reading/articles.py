"""Turns Pelican's articles and pages into the `Site`, and gives articles ``article.series`` back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, PagesGenerator

from ... import assemble, views
from ...l10n.tags import in_language, language
from ...model import DRAFT, PUBLISHED, Address, Essay, Site
from ...names import fold
from ...sources.declare import essay_from_texts
from ...sources.manuscript import Manuscript
from ..compat import ArticleSeries
from ..outputs.index_pages import IndexPages
from ..settings.config import ContentError
from .values import text_from, texts_from


def unlisted_of(generator: ArticlesGenerator) -> list[Article]:
    """Return the articles that no list shows: hidden ones and drafts."""
    return [
        *generator.hidden_articles,
        *generator.hidden_translations,
        *generator.drafts,
        *generator.drafts_translations,
    ]


def path_of(content: Content) -> str:
    """Return the path of the source of an article or a page, relative to the content folder."""
    return str(content.get_relative_source_path())


def essay_of(article: Article, sources: Manuscript) -> Essay:
    """Return the essay of an article, with slug, date, status, language, address and HTML as Pelican has them."""
    path = path_of(article)
    written = sources.essays.get(path)
    if written is None:
        written = replace(essay_from_texts(path, texts_from(article.metadata), sources.config), in_markdown=False)
    undated = article.status == DRAFT and not written.date
    return replace(
        written,
        slug=article.slug,
        date=None if undated else _moment(written, article.date),  # Pelican dates an undated draft 9999-12-31
        status=article.status,
        lang=language(article.lang),
        address=Address(article.save_as, article.url),
        content=article.content,
    )


def _moment(written: Essay, read: datetime) -> datetime:
    """Return the date as its author wrote it, with its time zone, if that is the same moment as Pelican's."""
    return written.date if written.date == read else read


def as_read(sources: Manuscript, essays: Iterable[Essay], pages: PagesGenerator) -> Manuscript:
    """Return `sources` with what Pelican has read, if that differs from what the front matter says.

    It differs if another plugin gives a text another address, or creates articles without a file.
    """
    given = {e.source: _known(e, sources) for e in essays if not _is_expected(e, sources)}
    listed = (*pages.pages, *pages.translations, *pages.hidden_pages, *pages.hidden_translations)
    placed = {path_of(page): Address(page.save_as, page.url) for page in listed}
    placed = {path: address for path, address in placed.items() if sources.addresses.get(path, address) != address}
    if not (given or placed):
        return sources
    return replace(sources, overrides=given, page_overrides=placed, checked=sources.references)


def _is_expected(essay: Essay, sources: Manuscript) -> bool:
    """Tell whether `essay` has the slug, status, language and address that its front matter leads to."""
    foreseen = sources.essays.get(essay.source)
    return foreseen is not None and _place(essay) == _place(foreseen)


def _place(essay: Essay) -> tuple[str, ...]:
    return essay.slug, essay.status, essay.lang, essay.address.path and essay.address.url


def _known(essay: Essay, sources: Manuscript) -> Essay:
    """Return `essay` without aliases, unless a source file declares them."""
    return essay if essay.source in sources.by_path else replace(essay, aliases=())


def demand_all(sources: Manuscript, known: AbstractSet[str]) -> None:
    """Raise `ContentError` if Pelican has not read an essay: it logs an error and goes on without it."""
    missing = sorted(sources.essays.keys() - known)
    if missing:
        raise ContentError(f"Pelican could not read {', '.join(missing)}; its own message above says why.")


def site_of(essays: Iterable[Essay], index: IndexPages) -> Site:
    """Assemble the site of `essays` and of the files that declare series and plays."""
    sources, config = index.manuscript, index.manuscript.config
    return assemble.site(
        essays,
        (replace(page, content=index.content(path)) for path, page in sources.series_pages.items()),
        (replace(page, content=index.content(path)) for path, page in sources.play_pages.items()),
        config.slugify,
        config.default_lang,
        with_editions=bool(config.routes.language_folder),
    )


def documents(generator: PagesGenerator, index: IndexPages) -> Iterator[views.Document]:
    """Yield every page that Pelican has read, hidden ones and drafts too."""
    listed = [*generator.pages, *generator.translations]
    others = [*generator.hidden_pages, *generator.hidden_translations]
    others += [*generator.draft_pages, *generator.draft_translations]
    for page in [*listed, *others]:
        source, lang = index.manuscript.by_path.get(path_of(page)), language(page.lang)
        title = index.manuscript.text(source, "title") if source else text_from(page.title)
        summary = index.manuscript.text(source, "summary") if source else text_from(page.metadata.get("summary", ""))
        default = index.manuscript.config.default_lang
        yield views.Document(
            title=in_language(title, lang, default),
            summary=in_language(summary, lang, default),
            content=index.image_set.illustrated(page.content, lang),
            lang=lang,
            address=Address(page.save_as, page.url),
            listed=page in listed,
            status=page.status,
        )


def playbooks(index: IndexPages) -> dict[str, views.Document]:
    """Return the introduction of the playbook by language, for those that have one."""
    manuscript = index.manuscript
    found: dict[str, views.Document] = {}
    for source in (each for each in manuscript.sources if each.kind == "playbook"):
        lang = manuscript.language_of(source)
        found[lang] = views.Document(source.text("title"), source.text("summary"), index.content(source.path), lang)
    return found


def offer_series(site: Site, contents: Mapping[str, Article], essays: Iterable[Essay], index: IndexPages) -> None:
    """Set ``article.series`` as pelican-series does; a draft gets the published parts but is not among them."""
    default_lang = index.manuscript.config.default_lang
    langs = {default_lang, *(essay.lang for essay in essays)}
    runs = {
        (series.title, lang): [contents[site.version(part, lang).source] for part in series.parts]
        for series in site.series
        for lang in langs
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
        offered = ArticleSeries(name, run, place.number - 1 if place else None, article.lang)
        article.__dict__["series"] = offered
    index.context["article_series"] = {s.title: runs[s.title, default_lang] for s in site.series}
    index.context.setdefault("page_series", {})
