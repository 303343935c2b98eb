"""The links and images of each source, cached between builds: a source in the cache has passed the checks of texts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.markup import Reference
from ..cache.store import Result, Store, digest_of

LINKS = "links"
"""The kind of the results in the store, by the path of the source."""


def with_checked(store: Store, config_digest: str, sources: Manuscript) -> Manuscript:
    """Return `sources` with the cached links and images of those that have not changed since they were checked."""
    found = {source.path: store.get(LINKS, source.path, _key(source, config_digest)) for source in sources.sources}
    return replace(sources, checked={path: links_from(words) for path, words in found.items() if words is not None})


def leave_checked(store: Store, config_digest: str, sources: Manuscript) -> None:
    """Save the links and images of all sources, whose texts have passed the checks."""
    before = store.all(LINKS)
    results = {
        source.path: before[source.path]
        if source.path in sources.checked
        else Result(_key(source, config_digest), links_in_words(sources.references[source.path]))
        for source in sources.sources
    }
    store.leave(LINKS, results)


def links_in_words(found: Iterable[Reference]) -> str:
    """Return links and images as JSON for the store."""
    return json.dumps([(r.kind, r.target, r.line, r.column, r.alt, r.target_at) for r in found])


def links_from(words: str) -> list[Reference]:
    """Return the links and images in the JSON of `links_in_words`."""
    return [
        Reference(kind, target, line, column, alt, tuple(target_at))
        for kind, target, line, column, alt, target_at in json.loads(words)
    ]


def _key(source: Source, config_digest: str) -> str:
    return digest_of(config_digest, source.full_text)
