"""The series and plays that files declare: what each may be called, and what it says in each language.

Files of one slug are one series or play in several languages. What it is, such as its order and its related plays, its
original says; a translation has words alone.
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
"""What is another in each language."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The files that declare series and plays, of every status and language."""

    series: tuple[SeriesPage, ...]
    plays: tuple[PlayPage, ...]
    slugify: Slugify
    """Makes the slug of a series or play that no file declares."""
    default_lang: str
    open_series: bool
    """Whether essays may name a series that no file declares, though files declare others."""

    def series_in(self, lang: str) -> dict[str, SeriesPage]:
        """Return each published series by its slug, in the words of `lang` where a file has them."""
        return {slug: _translated(same, lang) for slug, same in versions(self.series, self.default_lang).items()}

    def plays_in(self, lang: str) -> dict[str, PlayPage]:
        """Return each published play by its slug, likewise."""
        return {slug: _translated(same, lang) for slug, same in versions(self.plays, self.default_lang).items()}


def versions(pages: Iterable[Page], default_lang: str) -> dict[str, list[Page]]:
    """Return the published `pages` by slug, the original of each before its translations."""
    found: dict[str, list[Page]] = defaultdict(list)
    for page in originals_first(pages, default_lang):
        if page.status == PUBLISHED:
            found[page.slug].append(page)
    return found


def originals_first(pages: Iterable[Page], default_lang: str) -> list[Page]:
    """Return `pages` with those in the site's own language before all others."""
    return sorted(pages, key=lambda page: (page.lang != default_lang, page.lang, page.source))


def _translated(same: Sequence[Page], lang: str) -> Page:
    """Return the first of `same` in the words of the one in `lang`, where there is one."""
    original = same[0]
    words: Any = next((page for page in same if page.lang == lang), original)
    return replace(original, **{name: getattr(words, name) for name in _WORDS if hasattr(words, name)})


def directory(pages: Iterable[SeriesPage | PlayPage]) -> dict[str, str]:
    """Return every folded name that an author may use for one of `pages`, with the slug it means."""
    listed = sorted(pages, key=lambda page: page.slug)
    by_title = {fold(page.title): page.slug for page in listed}
    return by_title | {fold(page.slug): page.slug for page in listed}
