"""Where Pelican is slow: faster forms of typography, and of what grows with the square of the essays.

All give what Pelican's own give. What Pelican does for a list of contents by looking through the whole list for each of
them is still done by Pelican's functions, each of which is given only the few contents that belong together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, cast

from pelican import generators, readers, urlwrappers
from pelican.contents import Content
from pelican.generators import ArticlesGenerator
from pelican.utils import get_date, slugify
from typogrify import filters

from ..build import typography

PELICANS_TRANSLATIONS: Callable[..., tuple[list[Content], list[Content]]] = cast("Any", generators).process_translations
PELICANS_ARCHIVES: Callable[..., Mapping[str, list[Any]]] = ArticlesGenerator._build_period_archives  # noqa: SLF001 - as above
PELICANS_RELATIVE: Callable[[Any], str | None] = Content.get_relative_source_path
PELICANS_ADDRESS: Callable[[Any, str], str] = Content.get_url_setting
_PERIODS = {
    "year": attrgetter("date.year"),
    "month": attrgetter("date.year", "date.month"),
    "day": attrgetter("date.year", "date.month", "date.day"),
}
_SAVE_AS = {period: f"{period.upper()}_ARCHIVE_SAVE_AS" for period in _PERIODS}

TYPESET: dict[str, str] = {}
"""What was typeset beforehand, under the settings of this build."""


def quicken() -> None:
    """Let Pelican find our forms where it looks for its own and for the libraries'.

    Versions of the libraries other than those that ours were written for are left as they are.
    """
    cast("Any", generators).process_translations = process_translations
    cast("Any", Content).get_relative_source_path = relative_source_path
    cast("Any", Content).get_url_setting = address
    cast("Any", urlwrappers).slugify = slug_of
    cast("Any", readers).get_date = date_of
    cast("Any", ArticlesGenerator)._build_period_archives = period_archives  # noqa: SLF001 - where Pelican looks
    if typography.is_known():
        filters.typogrify = typogrify


def typogrify(text: str, ignore_tags: Collection[str] | None = None, **wanted: bool) -> str:
    """Return the HTML `text` typeset; see `build.typography`."""
    known = TYPESET.get(text)
    return typography.typogrify(text, ignore_tags, **wanted) if known is None else known


def relative_source_path(content: Content, source_path: str | None = None) -> str | None:
    """Return where a source lies below the content folder, as Pelican does, which asks that for every address."""
    return _relative(content.settings["PATH"], source_path or content.source_path)


@lru_cache(maxsize=2**17)
def _relative(folder: str, source_path: str | None) -> str | None:
    stand_in = cast("Any", SimpleNamespace(settings={"PATH": folder}, source_path=source_path))
    return PELICANS_RELATIVE(stand_in)


class Addresses:
    """The addresses of contents, which stay once nothing changes contents any more: pages ask for each many times."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], tuple[Content, str]] | None = None

    def settle(self) -> None:
        """From here on an address stays what it is when it is first asked for."""
        self._known = {}

    def forget(self) -> None:
        """Contents may change again, or be others."""
        self._known = None

    def of(self, content: Content, setting: str) -> str:
        """Return what Pelican makes of the `setting` ``url`` or ``save_as`` of `content`."""
        if self._known is None:
            return PELICANS_ADDRESS(content, setting)
        key = (id(content), setting)
        if key not in self._known:
            self._known[key] = (content, PELICANS_ADDRESS(content, setting))  # it is held, so that its id stays its own
        return self._known[key][1]


ADDRESSES = Addresses()


def address(content: Content, setting: str) -> str:
    """Return an address of `content` as Pelican does."""
    return ADDRESSES.of(content, setting)


def slug_of(value: str, regex_subs: Iterable[Iterable[str]] = (), **how: bool) -> str:
    """Return the slug of a tag, a category or an author as Pelican does, which asks for that of each essay anew."""
    return _slug(value, tuple(map(tuple, regex_subs)), **how)


@lru_cache(maxsize=2**14)
def _slug(value: str, regex_subs: tuple[tuple[str, str], ...], **how: bool) -> str:
    return slugify(value, regex_subs, **how)


@lru_cache(maxsize=2**17)
def date_of(words: str) -> datetime:
    """Return the moment that the `words` of a header name, as Pelican does; both of us read it.

    Raises:
        ValueError: they name none.

    """
    return get_date(words)


class Listed(list[Content]):
    """A list of contents that knows at once whether one is in it; Pelican asks that for every content there is."""

    @cached_property
    def _ids(self) -> frozenset[int]:
        return frozenset(map(id, self))

    def __contains__(self, content: object) -> bool:
        """Tell whether this very content is in the list."""
        return id(content) in self._ids


def list_contents(generator: ArticlesGenerator) -> None:
    """Let Pelican find out quickly which contents have a tag, a category or an author."""
    tags = cast("dict[Any, list[Content]]", generator.tags)
    tags.update({tag: Listed(articles) for tag, articles in tags.items()})
    for named in (
        cast("list[tuple[Any, list[Content]]]", generator.__dict__[name]) for name in ("categories", "authors")
    ):
        named[:] = [(name, Listed(articles)) for name, articles in named]


def process_translations(
    content_list: list[Content], translation_id: str | Collection[str] | None = None
) -> tuple[list[Content], list[Content]]:
    """Return the originals and the translations of `content_list` as Pelican does, one group of versions at a time."""
    if not translation_id:
        return PELICANS_TRANSLATIONS(content_list, translation_id)
    key = attrgetter(*({translation_id} if isinstance(translation_id, str) else set(translation_id)))
    try:
        content_list.sort(key=key)
    except (TypeError, AttributeError):
        return PELICANS_TRANSLATIONS(content_list, translation_id)  # which says what is wrong
    originals, translations = [], []
    for _, group in groupby(content_list, key):
        some, others = PELICANS_TRANSLATIONS(list(group), translation_id)
        originals += some
        translations += others
    return originals, translations


def period_archives(
    generator: ArticlesGenerator, dates: Iterable[Content], articles: Iterable[Content], settings: Mapping[str, Any]
) -> Mapping[str, list[Any]]:
    """Return the archives of years, months and days, as Pelican does, one period at a time."""
    found: dict[str, list[Any]] = defaultdict(list)
    for period, key in _PERIODS.items():
        only = {**settings, **{name: settings[name] if of == period else "" for of, name in _SAVE_AS.items()}}
        if not only[_SAVE_AS[period]]:
            continue
        by_period: dict[object, list[Content]] = defaultdict(list)
        for article in articles:
            by_period[key(article)].append(article)
        for when, group in groupby(dates, key):
            found[period] += PELICANS_ARCHIVES(generator, list(group), by_period[when], only)[period]
    return found
