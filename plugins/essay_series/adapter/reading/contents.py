"""The articles and pages that Pelican's generators have read."""

from __future__ import annotations

from collections.abc import Iterator

from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, PagesGenerator


def path_of(content: Content) -> str:
    """Return the path of the source of an article or a page, relative to the content folder."""
    return str(content.get_relative_source_path())


def all_articles(generator: ArticlesGenerator) -> Iterator[Article]:
    """Yield every article: published before others, originals before translations."""
    yield from generator.articles
    yield from generator.translations
    yield from unlisted_articles(generator)


def unlisted_articles(generator: ArticlesGenerator) -> Iterator[Article]:
    """Yield the articles that no list shows: hidden ones, then drafts."""
    yield from generator.hidden_articles
    yield from generator.hidden_translations
    yield from generator.drafts
    yield from generator.drafts_translations


def all_pages(generator: PagesGenerator) -> Iterator[Page]:
    """Yield every page: published before hidden ones and drafts, originals before translations."""
    yield from generator.pages
    yield from generator.translations
    yield from generator.hidden_pages
    yield from generator.hidden_translations
    yield from generator.draft_pages
    yield from generator.draft_translations
