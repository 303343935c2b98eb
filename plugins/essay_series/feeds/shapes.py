"""What a feed says, whatever it is written as. Text is plain; addresses are absolute; dates have their zone."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ..model import Outcome, Side
from ..values import dataclass
from .body import Body


@dataclass(frozen=True, slots=True)
class Channel:
    """What all feeds of a site have in common."""

    root: str
    """The site's own address, without a slash at the end."""
    name: str
    author: str
    """Who writes; empty where that is not said."""
    lang: str
    feeds_page: str
    """Address of the page that lists all feeds; empty when it is switched off."""
    icon: str = ""
    stylesheet: str = ""
    """Address of the CSS by which browsers show a feed as a page."""
    how_to_follow: str = ""
    """What leads to the page that lists all feeds and says how to follow them."""
    this_is_a_feed: str = ""
    """What is said to those who look at the file of a feed; it names that page."""
    all_feeds: str = ""
    """What the list of all feeds is called."""


@dataclass(frozen=True, slots=True)
class Category:
    """A word that an item is filed under."""

    scheme: str
    """What kind of word it is, as an address."""
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """An essay, or a declared revision of one, in every feed that holds it."""

    id: str
    url: str
    title: str
    summary: str
    body: Body
    published: datetime
    updated: datetime
    lang: str
    author: str
    """Who wrote it, where that is not the site's own by-line."""
    categories: tuple[Category, ...]
    replies_to: tuple[str, str] | None
    """Id and address of what it is weighed against, or of what it revises."""
    series: str = ""
    part: int | None = None
    parts: int | None = None
    side: Side | None = None
    entry: str = ""
    outcome: Outcome | Literal[""] = ""
    """How it weighs against what it answers; empty where the author has not said so."""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, or one archive document of it."""

    id: str
    title: str
    description: str
    page: str
    """Address of the page that shows the same to people."""
    addresses: tuple[str, ...]
    """Where it is found in each of the formats; an archive document is written in the first only."""
    paths: tuple[str, ...]
    """The output path of each of them."""
    items: tuple[Item, ...]
    updated: datetime
    complete: bool = False
    archive: bool = False
    current: str = ""
    """In an archive document: the address of the feed that people subscribe to."""
    older: str = ""
    """Address of the archive document before this one."""
    newer: str = ""
