"""Sources that an earlier build has checked, and what they link to: they are not checked again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ...sources.markup import Reference
from ..cache.store import Result, Store, digest_of

LINKS = "links"
"""The kind of the results that say what each source links to."""


def with_checked(store: Store, config_digest: str, sources: Manuscript) -> Manuscript:
    """Return `sources` with the links and images that earlier builds found in them."""
    found = {source.path: store.get(LINKS, source.path, _key(source, config_digest)) for source in sources.sources}
    return replace(sources, checked={path: links_from(words) for path, words in found.items() if words is not None})


def leave_checked(store: Store, config_digest: str, sources: Manuscript) -> None:
    """Let the next build know the links and images of all sources, whose texts are right."""
    before = store.all(LINKS)
    results = {
        source.path: before[source.path]
        if source.path in sources.checked
        else Result(_key(source, config_digest), links_in_words(sources.references[source.path]))
        for source in sources.sources
    }
    store.leave(LINKS, results)


def links_in_words(found: Iterable[Reference]) -> str:
    """Return links and images as words for the store."""
    return json.dumps([(r.kind, r.target, r.line, r.column, r.alt, r.target_at) for r in found])


def links_from(words: str) -> list[Reference]:
    """Return the links and images of which `links_in_words` made `words`."""
    return [
        Reference(kind, target, line, column, alt, tuple(target_at))
        for kind, target, line, column, alt, target_at in json.loads(words)
    ]


def _key(source: Source, config_digest: str) -> str:
    return digest_of(config_digest, source.full_text)
