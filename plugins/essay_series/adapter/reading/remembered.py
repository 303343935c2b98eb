"""An in-memory cache of articles, so that the preview reads only those that have changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from time import time_ns
from typing import Any

from pelican.contents import Article
from pelican.generators import ArticlesGenerator, Generator
from pelican.urlwrappers import URLWrapper

from ...build.output.states import state_of
from ..building import build_of
from .sources import is_markdown
from .texts import prepare

ARTICLE = "article"
"""The kind of the values in the memory: the attributes of an article as it was read, by path."""
_OF_A_BUILD = ("settings", "_context", "translations", "as_read")
"""Attributes that are only valid in one build."""


def remember_articles(generator: Generator) -> None:
    """Replace Pelican's on-disk cache of articles in `generator` by one in memory.

    A new article is created from the attributes that were read, so that later changes of the object are lost. Only
    Markdown is cached, and only if its HTML depends on the text and the settings alone. Nothing is cached if another
    plugin takes part, or if the settings enable Pelican's own cache.
    """
    settings = generator.settings
    build = build_of(settings)
    if not isinstance(generator, ArticlesGenerator) or settings["CACHE_CONTENT"]:
        return
    if build.is_alone and build.conversions.key:
        remembered = _Articles(generator)
        generator.__dict__ |= {"get_cached_data": remembered.get, "cache_data": remembered.keep}


class _Articles:
    def __init__(self, generator: ArticlesGenerator) -> None:
        self._generator = generator
        build = build_of(generator.settings)
        self._memory, self._converted_by = build.memory, build.conversions.key
        self._states: dict[str, str] = {}

    def get(self, file: str, otherwise: Any) -> Any:
        """Return the cached article of `file` if the file has not changed, else `otherwise`."""
        if not is_markdown(file):
            return otherwise
        state = state_of(os.path.join(self._generator.path, file), time_ns())  # noqa: PTH118 - thousands of times
        self._states[file] = f"{self._converted_by} {state}"
        kept = self._memory.get(ARTICLE, file, self._states[file])
        return self._made(kept) if kept else otherwise

    def keep(self, file: str, article: Article) -> None:
        """Cache an article that has just been read."""
        if file in self._states:
            kept = {**article.__dict__, **article.__dict__["as_read"], "metadata": dict(article.metadata)}
            for name in _OF_A_BUILD:
                kept.pop(name)
            self._memory.keep(ARTICLE, file, self._states[file], kept)

    def _made(self, kept: dict[str, Any]) -> Article:
        article = Article.__new__(Article)
        settings, context = self._generator.settings, self._generator.context
        article.__dict__ |= kept
        article.__dict__ |= {"settings": settings, "_context": context, "translations": []}
        article.metadata = dict(kept["metadata"])
        for named in _names(kept):
            named.settings = settings
        prepare(article)
        return article


def _names(kept: dict[str, Any]) -> Iterator[URLWrapper]:
    """Yield the tags, authors and category among attributes."""
    for value in kept.values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, URLWrapper):
                yield each
