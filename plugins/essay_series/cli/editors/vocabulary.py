"""The names that the files of a site declare, which editors offer as values."""

from __future__ import annotations

from collections.abc import Mapping

from ...sources.keys import Key, Kind
from ...sources.manuscript import Manuscript

Vocabulary = Mapping[Kind, tuple[str, ...]]
"""The sorted slugs of the declared series and plays."""


def vocabulary(manuscript: Manuscript) -> Vocabulary:
    """Return the names that `manuscript` declares."""
    return {
        "series": tuple(sorted(page.slug for page in manuscript.series_pages.values())),
        "play": tuple(sorted(page.slug for page in manuscript.play_pages.values())),
    }


def offered(key: Key, names: Vocabulary) -> tuple[str, ...]:
    """Return the values that an editor can offer for `key`."""
    return key.choices or (names.get(key.names, ()) if key.names else ())
