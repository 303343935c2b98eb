"""`Site` → feeds: which items each holds, and how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

from ..routes import FORMATS
from .catalogue import Topic, title_of
from .items import Press
from .shapes import Feed, Item

BUDGET = 250_000
"""Bytes that a feed has room for: twice what is thought ideal, a quarter of what is thought a burden."""
HEAD, PER_ITEM = 4_000, 2_000
"""Bytes around all items, and around each: an upper bound, so that the sum keeps its promise in every format."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
PER_ARCHIVE = 20
"""Items in one archive document; it never changes once it is full, but for corrections."""


def feeds(topic: Topic, press: Press) -> Iterator[Feed]:
    """Yield the feed of `topic`, and if it is the whole site's, the archive documents behind it."""
    make = press.revision if topic.group == "revisions" else press.item
    if topic.complete or topic.group == "site":
        items = [make(essay) for essay in topic.essays]
        shown = items if topic.complete else within_budget(items)
    else:
        items = shown = within_budget(make(essay) for essay in topic.essays)
    feed = _feed(topic, shown, press)
    if len(shown) == len(items):
        yield feed
    else:
        yield from _with_archives(feed, topic, items, press)


def within_budget(items: Iterable[Item], budget: int = BUDGET) -> list[Item]:
    """Return the first of `items` that fit into `budget` bytes together; at least one."""
    room = budget - HEAD
    shown: list[Item] = []
    for item in items:
        room -= _size(item)
        if room < 0 and shown:
            break
        shown.append(item)
    return shown


def _size(item: Item) -> int:
    """Return the bytes that `item` takes at most: markup is escaped in RSS, quotes in JSON."""
    return len(escape(item.body.html).encode()) + len(item.summary.encode()) * 2 + PER_ITEM


def head_of(topic: Topic, press: Press) -> Feed:
    """Return the feed of `topic` without its items, as a list of feeds needs it."""
    return _feed(topic, (), press)


def _feed(topic: Topic, items: Sequence[Item], press: Press) -> Feed:
    places = [press.routes.feed(topic.key, form) for form in FORMATS]
    return Feed(
        id=press.ids[f"/{places[0].url}"],
        title=press.typeset(title_of(topic, press.channel.name)),
        description=press.typeset(topic.description),
        page=press.url(topic.page),
        addresses=tuple(press.url(place.url) for place in places),
        paths=tuple(place.path for place in places),
        items=tuple(items),
        updated=max((item.updated for item in items), default=LONG_AGO),
        complete=topic.complete,
    )


def _with_archives(feed: Feed, topic: Topic, items: Sequence[Item], press: Press) -> Iterator[Feed]:
    """Yield `feed` and, oldest first, the archive documents that hold everything it has no room for (RFC 5005)."""
    oldest_first = list(reversed(items))
    beyond = len(items) - len(feed.items)
    starts = range(0, beyond, PER_ARCHIVE)
    places = [press.routes.feed(f"{topic.key}/archive-{number}") for number in range(1, len(starts) + 1)]
    addresses = [press.url(place.url) for place in places]
    around = ["", *addresses, ""]
    yield replace(feed, older=addresses[-1])
    for number, start in enumerate(starts, 1):
        held = tuple(reversed(oldest_first[start : start + PER_ARCHIVE]))
        yield Feed(
            id=f"{feed.id}/archive-{number}",
            title=f"{feed.title}, archive {number}",
            description=f"Older essays, {len(held)} to a document.",
            page=feed.page,
            addresses=(addresses[number - 1],),
            paths=(places[number - 1].path,),
            items=held,
            updated=max(item.updated for item in held),
            archive=True,
            current=feed.addresses[0],
            older=around[number - 1],
            newer=around[number + 1],
        )
