"""What templates may read on pages that help readers to find and to keep the others."""

from __future__ import annotations

from collections.abc import Mapping

from ...model import Address, Side
from ...values import dataclass
from ..pieces import FeedGroup, Link, Searched, SeriesCard


@dataclass(frozen=True, slots=True)
class FeedsView:
    """The page that lists all feeds."""

    address: Address
    groups: tuple[FeedGroup, ...]
    opml: str
    """Address of the list for feed readers; empty when it is switched off."""
    title: str
    summary: str
    lang: str = ""
    listed: bool = True
    feeds: tuple[Link, ...] = ()
    template: str = "feeds"
    section: str = "feeds"


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page to search from."""

    address: Address
    ways: tuple[Link, ...]
    """Where else a reader can look, who has no script."""
    sides: tuple[Side, ...]
    plays: tuple[str, ...]
    series: tuple[str, ...]
    """By what a search can be narrowed: the titles of plays and series."""
    languages: tuple[Searched, ...]
    """The languages of what can be found, the site's own first."""
    words: Mapping[str, str | Mapping[str, str]]
    """What its script says, with ``{count}`` and ``{words}`` to be filled in."""
    title: str
    summary: str
    lang: str = ""
    listed: bool = False
    feeds: tuple[Link, ...] = ()
    template: str = "search"
    section: str = "search"


@dataclass(frozen=True, slots=True)
class OfflineView:
    """The page that is shown in place of one that is not stored, when there is no network."""

    address: Address
    series: tuple[SeriesCard, ...]
    title: str
    summary: str = ""
    lang: str = ""
    listed: bool = False
    feeds: tuple[Link, ...] = ()
    template: str = "offline"
    section: str = "offline"
