"""The names that a site's own files declare: what an editor can offer where a key asks for one."""

from __future__ import annotations

from collections.abc import Mapping

from ...sources.frontmatter import Key, Kind
from ...sources.manuscript import Manuscript

Vocabulary = Mapping[Kind, tuple[str, ...]]
"""The slugs of the series and the plays, in order; what is not declared is not in it."""


def vocabulary(manuscript: Manuscript) -> Vocabulary:
    """Return the names that `manuscript` declares."""
    return {
        "series": tuple(sorted(page.slug for page in manuscript.series_pages.values())),
        "play": tuple(sorted(page.slug for page in manuscript.play_pages.values())),
    }


def offered(key: Key, names: Vocabulary) -> tuple[str, ...]:
    """Return the words that an editor can offer for the value of `key`."""
    return key.choices or (names.get(key.names, ()) if key.names else ())
