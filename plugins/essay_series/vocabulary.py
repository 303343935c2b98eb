"""The declared series and plays: their names, and their texts in each language.

Files with the same slug are one series or play in several languages. A translation contributes only its texts; all
else, such as the order and the related plays, comes from the original.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from .model import PUBLISHED, PlayPage, SeriesPage
from .names import fold
from .values import dataclass

Slugify = Callable[[str], str]
Page = TypeVar("Page", bound=SeriesPage | PlayPage)

_WORDS = ("source", "title", "summary", "content", "lang", "planned", "names")
"""The fields that a translation has of its own."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All declared series and plays, of every status and language."""

    series: tuple[SeriesPage, ...]
    plays: tuple[PlayPage, ...]
    slugify: Slugify
    """Makes the slug of a series or play that is not declared."""
    default_lang: str
    open_series: bool
    """Whether essays may name undeclared series even if other series are declared."""

    def series_in(self, lang: str) -> dict[str, SeriesPage]:
        """Return each published series by its slug, translated to `lang` if there is a translation."""
        return {slug: _translated(same, lang) for slug, same in versions(self.series, self.default_lang).items()}

    def plays_in(self, lang: str) -> dict[str, PlayPage]:
        """Return each published play by its slug, likewise."""
        return {slug: _translated(same, lang) for slug, same in versions(self.plays, self.default_lang).items()}


def versions(pages: Iterable[Page], default_lang: str) -> dict[str, list[Page]]:
    """Return the published `pages` by slug, the original before its translations."""
    found: dict[str, list[Page]] = defaultdict(list)
    for page in originals_first(pages, default_lang):
        if page.status == PUBLISHED:
            found[page.slug].append(page)
    return found


def originals_first(pages: Iterable[Page], default_lang: str) -> list[Page]:
    """Return `pages` sorted by language and path, those in the site's language first."""
    return sorted(pages, key=lambda page: (page.lang != default_lang, page.lang, page.source))


def _translated(same: Sequence[Page], lang: str) -> Page:
    """Return the original, the first of `same`, with the texts of the one in `lang`, if there is one."""
    original = same[0]
    words: Any = next((page for page in same if page.lang == lang), original)
    return replace(original, **{name: getattr(words, name) for name in _WORDS if hasattr(words, name)})


def directory(pages: Iterable[SeriesPage | PlayPage]) -> dict[str, str]:
    """Return the slug of each of `pages` by each of its names (slug or title), folded."""
    listed = sorted(pages, key=lambda page: page.slug)
    by_title = {fold(page.title): page.slug for page in listed}
    return by_title | {fold(page.slug): page.slug for page in listed}
