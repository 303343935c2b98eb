"""The model of a feed, whatever its format. Text is plain, addresses are absolute URLs, and dates have time zones."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ..config import SiteConfig
from ..model import Outcome, Side
from ..routes import absolute_url
from ..values import dataclass
from .body import Body


@dataclass(frozen=True, slots=True)
class Channel:
    """The common facts of all feeds of a site."""

    root: str
    """The site's URL, without a trailing slash."""
    name: str
    author: str
    """The author of the site; may be empty."""
    lang: str
    feeds_page: str
    """The page that lists all feeds; empty if the site has none."""
    icon: str = ""
    stylesheet: str = ""
    """The CSS with which browsers show a feed as a page."""
    how_to_follow: str = ""
    """The text of the link to the page that lists all feeds."""
    this_is_a_feed: str = ""
    """A note for people who open the file of a feed; it names that page."""
    all_feeds: str = ""
    """The title of the OPML list of all feeds."""

    @classmethod
    def of(cls, config: SiteConfig, root: str, author: str) -> Channel:
        """Return the channel of the site with `config`, without icon and style sheet."""
        page, locale = config.routes.page("FEEDS"), config.locale
        feeds_page = absolute_url(root, page.url) if page.path else ""
        note = locale.gettext(
            "This is a feed: give its address to a feed reader. More at %(address)s", address=feeds_page
        )
        return cls(
            root=root,
            name=config.name,
            author=author,
            lang=config.default_lang,
            feeds_page=feeds_page,
            how_to_follow=locale.gettext("How to follow it in a feed reader"),
            this_is_a_feed=note,
            # translators: the name of the site, as the title of a list for feed readers
            all_feeds=locale.gettext("%(site)s: all feeds", site=config.name),
        )


@dataclass(frozen=True, slots=True)
class Category:
    """A category of an item: its side, its series, or a play."""

    scheme: str
    """A URI that identifies the kind of category."""
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """An essay, or a revision or correction of one, in every feed that contains it."""

    id: str
    url: str
    title: str
    summary: str
    body: Body
    published: datetime
    updated: datetime
    lang: str
    author: str
    """The author, if it is not the author of the site."""
    categories: tuple[Category, ...]
    replies_to: tuple[str, str] | None
    """The id and URL of the essay that it is weighed against, revises or corrects."""
    series: str = ""
    part: int | None = None
    parts: int | None = None
    side: Side | None = None
    entry: str = ""
    outcome: Outcome | Literal[""] = ""
    """How it weighs against the essay that it answers; empty without a verdict."""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, or one archive document of it (RFC 5005)."""

    id: str
    title: str
    description: str
    page: str
    """The HTML page with the same content."""
    addresses: tuple[str, ...]
    """Its URL in each of `routes.FORMATS`; an archive document has the first only."""
    paths: tuple[str, ...]
    """The output path of each."""
    items: tuple[Item, ...]
    updated: datetime
    complete: bool = False
    """Whether it always contains every item of its topic (RFC 5005, section 2)."""
    archive: bool = False
    """Whether it is an archive document."""
    current: str = ""
    """In an archive document: the feed that people subscribe to."""
    older: str = ""
    """The previous archive document; empty if there is none."""
    newer: str = ""
    """The next archive document; empty if there is none."""
