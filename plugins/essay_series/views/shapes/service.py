"""Views of the pages that help readers find and keep the others."""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Side
from ...values import dataclass
from ..pieces import FeedGroup, Link, Searched, SeriesCard
from .base import View


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsView(View):
    """The page that lists all feeds."""

    groups: tuple[FeedGroup, ...]
    opml: str
    """The URL of the OPML list of all feeds; empty if there is none."""
    template: str = "feeds"
    section: str = "feeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView(View):
    """The search page."""

    ways: tuple[Link, ...]
    """Other pages to look in, for readers without scripts."""
    sides: tuple[Side, ...]
    plays: tuple[str, ...]
    """The titles of plays, a filter."""
    series: tuple[str, ...]
    """The titles of series, a filter."""
    languages: tuple[Searched, ...]
    """The languages of the indexed pages, the site's own first."""
    words: Mapping[str, str | Mapping[str, str]]
    """The messages of its script, with the placeholders ``{count}`` and ``{words}``."""
    listed: bool = False
    template: str = "search"
    section: str = "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineView(View):
    """The page that is shown without a network in place of a page that is not cached."""

    series: tuple[SeriesCard, ...]
    listed: bool = False
    template: str = "offline"
    section: str = "offline"
