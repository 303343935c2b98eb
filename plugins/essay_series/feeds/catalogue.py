"""`Site` → the topics that have a feed of their own, and what each is called; topics without essays have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal

from ..model import SIDES, Essay, Series, Side, Site
from ..routes import Routes
from ..values import dataclass

Group = Literal["site", "series", "side", "play", "revisions", "corrections", "language"]
GROUPS: Mapping[Group, str] = {
    "site": "The whole site",
    "series": "Series, in reading order",
    "side": "One side",
    "play": "One play",
    "revisions": "Revisions",
    "corrections": "Corrections",
    "language": "Languages",
}
"""What each group is called, in the order in which people are shown them."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What one feed is about. Text is plain."""

    key: str
    """Its name in addresses, such as ``plays/let-go``."""
    group: Group
    title: str
    """What it is called among the other feeds of the site."""
    description: str
    page: str
    """Address of the page that shows the same to people."""
    essays: tuple[Essay, ...]
    """In the order of the feed: a series in reading order, all others newest first."""
    complete: bool = False
    """Whether the feed holds all there is, for good (RFC 5005, section 2)."""


def topics(site: Site, routes: Routes, default_lang: str) -> tuple[Topic, ...]:
    """Return every topic of `site` that has at least one essay, in the order in which people are shown them."""
    found = [
        _whole_site(site, routes),
        *(_series(series, routes) for series in site.series),
        *(_side(side, site, routes) for side in SIDES),
        *_plays(site, routes),
        _revisions(site, routes),
        _corrections(site, routes),
        *_languages(site, routes, default_lang),
    ]
    return tuple(topic for topic in found if topic.essays and routes.feed(topic.key).path)


def title_of(topic: Topic, name: str) -> str:
    """Return what the feed of `topic` is called where nothing else says that it is of the site `name`."""
    if topic.group == "site":
        return name
    return topic.title if topic.title.casefold().startswith(name.casefold()) else f"{name}: {topic.title}"


def _whole_site(site: Site, routes: Routes) -> Topic:
    return Topic(
        key="all",
        group="site",
        title="All essays",
        description="Every essay, newest first.",
        page=routes.home().url,
        essays=newest_first(site.essays),
    )


def _series(series: Series, routes: Routes) -> Topic:
    return Topic(
        key=f"series/{series.slug}",
        group="series",
        title=f"{series.title}, in reading order",
        description="The whole series, the first part first.",
        page=routes.series(series.slug).url,
        essays=series.parts,
        complete=True,
    )


def _side(side: Side, site: Site, routes: Routes) -> Topic:
    key = f"{side}s"
    return Topic(
        key=f"sides/{key}",
        group="side",
        title=f"The {key}",
        description=f"Only the essays that stand among the {key}, newest first.",
        page=f"{routes.feeds().url}#sides/{key}",
        essays=newest_first(essay for essay in site.essays if essay.side == side),
    )


def _plays(site: Site, routes: Routes) -> Iterator[Topic]:
    for play in site.plays:
        yield Topic(
            key=f"plays/{play.slug}",
            group="play",
            title=play.title,
            description=play.summary or f"The essays that teach the play “{play.title}”.",
            page=routes.play(play.slug).url,
            essays=newest_first(play.essays),
        )


def _revisions(site: Site, routes: Routes) -> Topic:
    revised = (essay for essay in site.essays if essay.revision and essay.modified)
    return Topic(
        key="revisions",
        group="revisions",
        title="Revisions",
        description="Essays that were revised after publication, with what was changed.",
        page=f"{routes.feeds().url}#revisions",
        essays=tuple(sorted(revised, key=lambda e: (-_when(e.modified), e.source))),
    )


def _corrections(site: Site, routes: Routes) -> Topic:
    return Topic(
        key="corrections",
        group="corrections",
        title="Corrections",
        description="What essays had wrong and have right now.",
        page=routes.corrections().url or f"{routes.feeds().url}#corrections",
        essays=site.corrected,
    )


def _languages(site: Site, routes: Routes, default_lang: str) -> Iterator[Topic]:
    versions = [*site.essays, *(e for group in site.translations.values() for e in group)]
    for lang in sorted({essay.lang for essay in versions} - {default_lang}):
        yield Topic(
            key=f"languages/{lang.lower()}",
            group="language",
            title=f"In the language “{lang}”",
            description=f"Every essay that there is in the language “{lang}”, newest first.",
            page=f"{routes.feeds().url}#languages/{lang.lower()}",
            essays=newest_first(essay for essay in versions if essay.lang == lang),
        )


def newest_first(essays: Iterable[Essay]) -> tuple[Essay, ...]:
    """Sort by date, newest first; essays of one date are in reading order, reversed."""
    in_order = sorted(enumerate(essays), key=lambda pair: (_when(pair[1].date), pair[0]))
    return tuple(essay for _, essay in reversed(in_order))


def _when(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
