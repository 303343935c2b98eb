"""Turns Pelican's articles into essays, and notes how they differ from what their sources say."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pelican.contents import Article
from pelican.generators import PagesGenerator

from ...l10n.tags import language
from ...model import DRAFT, Address, Essay
from ...sources.declare import essay_from_texts
from ...sources.manuscript import Manuscript
from ..settings.config import ContentError
from ..settings.values import texts_from
from .contents import all_pages, path_of


def essay_of(article: Article, sources: Manuscript) -> Essay:
    """Return the essay of an article, with slug, date, status, language, address and HTML as Pelican has them."""
    path = path_of(article)
    written = sources.essays.get(path)
    if written is None:
        written = replace(essay_from_texts(path, texts_from(article.metadata), sources.config), in_markdown=False)
    date = written.date if written.date == article.date else article.date  # with the time zone that the author wrote
    undated = article.status == DRAFT and not written.date  # Pelican dates such a draft 9999-12-31
    return replace(
        written,
        slug=article.slug,
        date=None if undated else date,
        status=article.status,
        lang=language(article.lang),
        address=Address(article.save_as, article.url),
        content=article.content,
    )


def as_read(sources: Manuscript, essays: Iterable[Essay], pages: PagesGenerator) -> Manuscript:
    """Return `sources` with what Pelican has read, if that differs from what the front matter says.

    It differs if another plugin gives a text another address, or creates articles without a file.
    """
    given = {e.source: e if e.source in sources.by_path else replace(e, aliases=()) for e in essays}
    overrides = {path: essay for path, essay in given.items() if not _is_expected(essay, sources)}
    placed = {path_of(page): Address(page.save_as, page.url) for page in all_pages(pages) if page.status != DRAFT}
    moved = {path: address for path, address in placed.items() if sources.addresses.get(path, address) != address}
    if not (overrides or moved):
        return sources
    return replace(sources, overrides=overrides, page_overrides=moved, checked=sources.references)


def _is_expected(essay: Essay, sources: Manuscript) -> bool:
    """Tell whether `essay` has the slug, status, language and address that its front matter leads to."""
    expected = sources.essays.get(essay.source)
    return expected is not None and _place(essay) == _place(expected)


def _place(essay: Essay) -> tuple[str, ...]:
    return essay.slug, essay.status, essay.lang, essay.address.path and essay.address.url


def demand_all(sources: Manuscript, known: AbstractSet[str]) -> None:
    """Raise `ContentError` if Pelican has not read an essay: it logs an error and goes on without it."""
    missing = sorted(sources.essays.keys() - known)
    if missing:
        raise ContentError(f"Pelican could not read {', '.join(missing)}; its own message above says why.")
