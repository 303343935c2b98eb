"""Topics → the view of the page of all feeds, and the feeds that the head of each page announces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import groupby

from ...feeds.topics import Group, Topic, group_name, title_of
from ...l10n import Locale
from ...routes import FORMATS, Routes
from ...values import dataclass
from ..pieces import FeedCard, FeedGroup, Link
from ..shapes.service import FeedsView
from ..words import day

DAYS_OF_A_MONTH, DAYS_OF_A_WEEK = 30, 7
FORMAT_NAMES = dict(zip(FORMATS, ("Atom", "RSS", "JSON Feed"), strict=True))


def feeds_page(
    topics: Sequence[Topic], routes: Routes, locale: Locale, finished: frozenset[str] = frozenset()
) -> FeedsView:
    """Return the view of the page of all feeds; `finished` are the sources of the parts of complete series."""
    return FeedsView(
        address=routes.page("FEEDS"),
        groups=tuple(
            FeedGroup(
                locale.language(lang) if lang else group_name(group, locale),
                tuple(_card(topic, routes, locale, finished) for topic in members),
            )
            for (lang, group), members in groupby(topics, key=_group_of)
        ),
        opml=routes.page("OPML").url,
        title=locale.gettext("Feeds"),
        summary=locale.gettext("Every feed of this site, what it holds, and how to follow it."),
    )


def _group_of(topic: Topic) -> tuple[str, Group]:
    """Return the language and kind of a group on the page; topics of an edition form one group."""
    return (topic.lang, "language") if topic.lang else ("", topic.group)


def _card(topic: Topic, routes: Routes, locale: Locale, finished: frozenset[str]) -> FeedCard:
    dates = [essay.date for essay in topic.essays if essay.date]
    if topic.group == "revisions":
        dates = [essay.modified for essay in topic.essays if essay.modified]
    is_complete = bool(dates) and {essay.source for essay in topic.essays} <= finished
    return FeedCard(
        key=topic.key,
        title=topic.title,
        description=topic.description,
        page="" if "#" in topic.page else topic.page,
        count=len(topic.essays),
        # translators: a feed that will get no more essays; follows the number of its essays
        rhythm=locale.gettext("complete") if is_complete else rhythm(dates, locale),
        newest=day(max(dates, default=None), locale),
        addresses=tuple(Link(routes.feed(topic.key, form).url, name) for form, name in FORMAT_NAMES.items()),
    )


def rhythm(dates: Sequence[datetime], locale: Locale) -> str:
    """Return the average interval of `dates` in words; empty if there are fewer than two days."""
    days = round((max(dates) - min(dates)).days / (len(dates) - 1)) if len(dates) > 1 else 0
    if months := round(days / DAYS_OF_A_MONTH):
        return locale.ngettext("about one a month", "about one every %(num)s months", months)
    if weeks := round(days / DAYS_OF_A_WEEK):
        return locale.ngettext("about one a week", "about one every %(num)s weeks", weeks)
    return locale.ngettext("about one a day", "about one every %(num)s days", days) if days else ""


@dataclass(frozen=True)
class Announcer:
    """Finds the feeds that a page announces in its head."""

    topics: Sequence[Topic]
    routes: Routes
    name: str
    """The name of the site."""
    locale: Locale

    def announced(self, url: str, side: str | None = None, lang: str = "") -> tuple[Link, ...]:
        """Return links to the feeds that the page at `url` announces, that of its own topic first.

        `side` is that of its essay, if any, and `lang` its language; empty for the site's own.
        """
        folder = lang.lower()
        all_essays = self._first(f"languages/{folder}" if folder in self._editions else "all", "all")
        of_side = self._first(f"{folder}/sides/{side}s", f"sides/{side}s") if side else []
        return (*self._by_page.get(url, ()), *all_essays, *of_side)

    def _first(self, *keys: str) -> list[Link]:
        return [self._links[key] for key in keys if key in self._links][:1]

    @cached_property
    def _links(self) -> Mapping[str, Link]:
        """The feed of each topic, by key."""
        return {
            topic.key: Link(self.routes.feed(topic.key).url, title_of(topic, self.name, self.locale))
            for topic in self.topics
        }

    @cached_property
    def _editions(self) -> frozenset[str]:
        return frozenset(topic.lang.lower() for topic in self.topics if topic.lang)

    @cached_property
    def _by_page(self) -> Mapping[str, Sequence[Link]]:
        """The feeds of series and plays, by the URL of their pages."""
        found = defaultdict[str, list[Link]](list)
        for topic in self.topics:
            if topic.group in ("series", "play"):
                found[topic.page].append(self._links[topic.key])
        return found
