"""Topics → the page that lists every feed, and the feeds that each page announces in its head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import groupby

from ..feeds.catalogue import GROUPS, Topic, title_of
from ..routes import FORMATS, Routes
from ..values import dataclass
from .linker import day
from .pieces import FeedCard, FeedGroup, Link
from .shapes import FeedsView

FORMAT_NAMES = dict(zip(FORMATS, ("Atom", "RSS", "JSON Feed"), strict=True))
LENGTHS = ((30, "month"), (7, "week"), (1, "day"))


def feeds_page(topics: Sequence[Topic], routes: Routes, finished: frozenset[str] = frozenset()) -> FeedsView:
    """Return the page that lists the feeds of all `topics`, in groups; `finished` are the essays of complete series."""
    return FeedsView(
        address=routes.feeds(),
        groups=tuple(
            FeedGroup(GROUPS[group], tuple(_card(topic, routes, finished) for topic in members))
            for group, members in groupby(topics, key=lambda topic: topic.group)
        ),
        opml=routes.opml().url,
    )


def _card(topic: Topic, routes: Routes, finished: frozenset[str]) -> FeedCard:
    dates = [essay.date for essay in topic.essays if essay.date]
    if topic.group == "revisions":
        dates = [essay.modified for essay in topic.essays if essay.modified]
    return FeedCard(
        key=topic.key,
        title=topic.title,
        description=topic.description,
        page="" if "#" in topic.page else topic.page,
        count=len(topic.essays),
        rhythm="complete" if dates and {essay.source for essay in topic.essays} <= finished else rhythm(dates),
        newest=day(max(dates, default=None)),
        addresses=tuple(Link(routes.feed(topic.key, form).url, name) for form, name in FORMAT_NAMES.items()),
    )


def rhythm(dates: Sequence[datetime]) -> str:
    """Return how often something appeared from the first of `dates` to the last, in words; else nothing."""
    days = round((max(dates) - min(dates)).days / (len(dates) - 1)) if len(dates) > 1 else 0
    for length, word in LENGTHS:
        if number := round(days / length):
            return f"about one every {number} {word}s" if number > 1 else f"about one a {word}"
    return ""


@dataclass(frozen=True)
class Announcer:
    """Tells which feeds a page announces in its head."""

    topics: Sequence[Topic]
    routes: Routes
    name: str
    """The site's name."""

    def announced(self, url: str, side: str | None = None) -> tuple[Link, ...]:
        """Return the feeds that the page at `url` announces, its own topic first, each with a title of its own.

        Args:
            url: the page's address.
            side: the side that the page's essay stands on, if any.

        """
        beside = self._of_sides.get(f"sides/{side}s", ()) if side else ()
        return (*self._of_pages.get(url, ()), *self._of_site, *beside)

    @cached_property
    def _of_site(self) -> tuple[Link, ...]:
        return tuple(self._link(topic) for topic in self.topics if topic.group == "site")

    @cached_property
    def _of_sides(self) -> Mapping[str, tuple[Link, ...]]:
        return {topic.key: (self._link(topic),) for topic in self.topics if topic.group == "side"}

    @cached_property
    def _of_pages(self) -> Mapping[str, tuple[Link, ...]]:
        found: dict[str, tuple[Link, ...]] = {}
        for topic in self.topics:
            if topic.group in ("series", "play"):
                found[topic.page] = (*found.get(topic.page, ()), self._link(topic))
        return found

    def _link(self, topic: Topic) -> Link:
        return Link(self.routes.feed(topic.key).url, title_of(topic, self.name))
