"""The links and images of each source, cached between builds: a source in the cache has passed the checks of texts."""

from __future__ import annotations

import json
from dataclasses import replace
from operator import attrgetter

from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.markup import Reference
from ..cache.store import Result, Store, digest_of

LINKS = "links"
"""The kind of the results in the store, by the path of the source."""
_FIELDS = attrgetter("kind", "target", "line", "column", "alt", "target_at")
"""The fields of a `Reference` that are stored."""


def with_checked(store: Store, config_digest: str, sources: Manuscript) -> Manuscript:
    """Return `sources` with the cached links and images of those that have not changed since they were checked."""
    found = {source.path: store.get(LINKS, source.path, _key(source, config_digest)) for source in sources.sources}
    return replace(sources, checked={path: _references(text) for path, text in found.items() if text is not None})


def leave_checked(store: Store, config_digest: str, sources: Manuscript) -> None:
    """Save the links and images of all sources, whose texts have passed the checks."""
    before = store.all(LINKS)
    results = {
        source.path: before[source.path]
        if source.path in sources.checked
        else Result(_key(source, config_digest), json.dumps([*map(_FIELDS, sources.references[source.path])]))
        for source in sources.sources
    }
    store.leave(LINKS, results)


def _references(text: str) -> list[Reference]:
    found = json.loads(text)
    return [Reference(kind, target, line, column, alt, tuple(at)) for kind, target, line, column, alt, at in found]


def _key(source: Source, config_digest: str) -> str:
    return digest_of(config_digest, source.full_text)
