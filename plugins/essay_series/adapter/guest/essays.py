"""Turns the articles that Pelican has read, from any format, into essays, without changing the articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

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
"""A placeholder for the site's URL in texts; `placed` replaces it, since pages and feeds need different ones."""
OWN_KEYS = ("series", "series_index", "part", "side", "entry", "answers")
"""The keys of front matter that the plugin defines."""


@dataclass(frozen=True)
class Gathered:
    """The articles of a site as essays, in Pelican's order: published before others, originals before translations."""

    essays: Mapping[str, Essay]
    """The essays, by source."""
    articles: Mapping[str, Article]
    """The article of each essay, by the same source."""

    @property
    def published(self) -> tuple[Essay, ...]:
        """The published essays."""
        return tuple(essay for essay in self.essays.values() if essay.status == PUBLISHED)


def gathered(generator: ArticlesGenerator, config: SiteConfig) -> Gathered:
    """Return the essays that `generator` has read."""
    slugs = _slugs(generator.articles)
    essays: dict[str, Essay] = {}
    articles: dict[str, Article] = {}
    for article in all_articles(generator):
        source = _new(str(article.get_relative_source_path() or article.slug), essays)
        essays[source] = _essay(article, source, slugs.get(id(article), article.slug), config)
        articles[source] = article
    return Gathered(essays, articles)


def _slugs(originals: Iterable[Article]) -> Mapping[int, str]:
    """Return a unique slug for each original and its translations, by the ``id()`` of the article.

    Two articles may have the same slug in Pelican if addresses hold more than the slug, and a setting decides which
    articles are translations of each other.
    """
    found: dict[int, str] = {}
    taken: set[str] = set()
    for original in sorted(originals, key=lambda each: str(each.source_path)):
        slug = _new(original.slug, taken)
        taken.add(slug)
        for version in (original, *original.translations):
            found.setdefault(id(version), slug)
    return found


def _new(name: str, taken: Iterable[str]) -> str:
    """Return `name`, with a number appended if it is `taken`."""
    names = taken if isinstance(taken, set | dict) else set(taken)
    found, number = name, 2
    while found in names:
        found, number = f"{name}-{number}", number + 1
    return found


def _essay(article: Article, source: str, slug: str, config: SiteConfig) -> Essay:
    """Return the essay of an article."""
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


def placed(text: str, root: str) -> str:
    """Return the HTML of `text_of` with `root` as the site's URL."""
    return text.replace(ROOT, root)


def declared_texts(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of `OWN_KEYS` in Pelican's metadata, without empty ones."""
    texts = texts_from(metadata)
    return {key: texts[key].strip() for key in OWN_KEYS if texts.get(key, "").strip()}
