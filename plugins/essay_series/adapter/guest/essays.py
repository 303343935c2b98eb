"""Turns the articles that Pelican has read, from any format, into essays, without changing the articles."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator

from ...config import SiteConfig
from ...l10n.tags import language
from ...model import DRAFT, PUBLISHED, Address, Essay
from ...sources.declare import essay_from_texts
from ...values import dataclass
from ..reading.contents import all_articles
from ..settings.values import text_from, texts_from

ROOT = "https://site.invalid"
"""A placeholder for the site's URL in texts; `with_root` replaces it, since pages and feeds need different ones."""


@dataclass(frozen=True)
class Essays:
    """The articles of a site as essays, in Pelican's order: published before others, originals before translations."""

    by_source: Mapping[str, Essay]
    articles: Mapping[str, Article]
    """The article of each essay, by the same source."""

    @property
    def published(self) -> tuple[Essay, ...]:
        """The published essays."""
        return tuple(essay for essay in self.by_source.values() if essay.status == PUBLISHED)


def essays_of(generator: ArticlesGenerator, config: SiteConfig) -> Essays:
    """Return the articles that `generator` has read as essays."""
    slugs = _slugs(generator.articles)
    essays: dict[str, Essay] = {}
    articles: dict[str, Article] = {}
    for article in all_articles(generator):
        source = _unique(str(article.get_relative_source_path() or article.slug), essays)
        essays[source] = _essay(article, source, slugs.get(id(article), article.slug), config)
        articles[source] = article
    return Essays(essays, articles)


def _slugs(originals: Iterable[Article]) -> Mapping[int, str]:
    """Return a unique slug for each original and its translations, by the ``id()`` of the article.

    Two articles may have the same slug in Pelican if addresses hold more than the slug, and a setting decides which
    articles are translations of each other.
    """
    found: dict[int, str] = {}
    taken: set[str] = set()
    for original in sorted(originals, key=lambda each: str(each.source_path)):
        slug = _unique(original.slug, taken)
        taken.add(slug)
        for version in (original, *original.translations):
            found.setdefault(id(version), slug)
    return found


def _unique(name: str, taken: Container[str]) -> str:
    """Return `name`, with a number appended if it is `taken`."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found


def _essay(article: Article, source: str, slug: str, config: SiteConfig) -> Essay:
    undated = article.status == DRAFT and "date" not in article.metadata
    modified = getattr(article, "modified", None)
    return replace(
        essay_from_texts(source, texts_from(article.metadata), config),
        slug=slug,
        title=text_from(getattr(article, "title", "")),
        date=None if undated else article.date,
        status=article.status,
        lang=language(article.lang),
        modified=modified if isinstance(modified, datetime) else None,
        address=Address(article.save_as, article.url),
        in_markdown=False,
    )


def text_of(content: Content) -> str:
    """Return the HTML of an article or a page, with `ROOT` for the site's URL.

    The public property ``content`` would cache the HTML, and other plugins may still change the text.
    """
    made: Callable[[], str] | None = getattr(content, "_get_content", None)
    text = made() if made else content._content  # noqa: SLF001 - there is no public API
    return content._update_content(text or "", ROOT)  # noqa: SLF001 - likewise


def with_root(html: str, root: str) -> str:
    """Return HTML that contains texts of `text_of` with `root` as the site's URL."""
    return html.replace(ROOT, root)
