"""`Site` → feeds: which items each holds, and how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

from ..model import Address, Essay
from ..routes import FORMATS
from ..values import dataclass
from .catalogue import Topic, title_of
from .items import FeedContext
from .shapes import Feed, Item

BUDGET = 250_000
"""Bytes that a feed has room for: twice what is thought ideal, a quarter of what is thought a burden."""
HEAD, PER_ITEM = 4_000, 2_000
"""Bytes around all items, and around each: an upper bound, so that the sum keeps its promise in every format."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
PER_ARCHIVE = 20
"""Items in one archive document; it never changes once it is full, but for corrections."""


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed, or an archive document behind one, before it is made."""

    topic: Topic
    essays: tuple[Essay, ...]
    """What there is to hold, in its order; a feed that is not complete holds as much of it as fits."""
    archive: int = 0
    """Number of the archive document, from 1 for the oldest; 0 for the feed itself."""
    archives: int = 0
    """How many archive documents there are."""


def specs(topic: Topic, context: FeedContext) -> Iterator[FeedSpec]:
    """Yield the feed of `topic`, and if it is the whole site's, what has no room in it, oldest first (RFC 5005)."""
    if topic.group != "site":
        yield FeedSpec(topic, topic.essays)
        return
    shown = len(within_budget(map(context.item, topic.essays)))
    oldest_first = topic.essays[::-1]
    starts = range(0, len(topic.essays) - shown, PER_ARCHIVE)
    yield FeedSpec(topic, topic.essays[:shown], archives=len(starts))
    for number, start in enumerate(starts, 1):
        yield FeedSpec(topic, oldest_first[start : start + PER_ARCHIVE][::-1], number, len(starts))


def feed(spec: FeedSpec, context: FeedContext) -> Feed:
    """Return the feed that `spec` describes."""
    make = {"revisions": context.revision, "corrections": context.correction}.get(spec.topic.group, context.item)
    items = map(make, spec.essays)
    if spec.archive:
        return _archive(spec, list(items), context)
    shown = list(items) if spec.topic.complete else within_budget(items)
    made = head_of(spec.topic, context)
    older = _archive_address(spec, spec.archives, context) if spec.archives else ""
    return replace(made, items=tuple(shown), updated=max(item.updated for item in shown), older=older)


def paths_of(spec: FeedSpec, context: FeedContext) -> tuple[str, ...]:
    """Return the output paths of the feed that `spec` describes, in the order of `routes.FORMATS`."""
    if spec.archive:
        return (_archive_place(spec, spec.archive, context).path,)
    return tuple(context.routes.feed(spec.topic.key, form).path for form in FORMATS)


def within_budget(items: Iterable[Item], budget: int = BUDGET) -> list[Item]:
    """Return the first of `items` that fit into `budget` bytes together; at least one."""
    room = budget - HEAD
    shown: list[Item] = []
    for item in items:
        room -= _weight(item)
        if room < 0 and shown:
            break
        shown.append(item)
    return shown


def _weight(item: Item) -> int:
    """Return the bytes that `item` takes at most: markup is escaped in RSS, quotes in JSON."""
    return len(escape(item.body.html).encode()) + _weight_of_summary(item.summary) + PER_ITEM


def _weight_of_summary(summary: str) -> int:
    """Return its bytes once as it is, and once as the HTML in XML that it is in RSS."""
    return len(summary.encode()) + len(escape(escape(summary, quote=False), quote=False).encode())


def head_of(topic: Topic, context: FeedContext) -> Feed:
    """Return the feed of `topic` without its items, as a list of feeds needs it."""
    places = [context.routes.feed(topic.key, form) for form in FORMATS]
    page, mark, place = topic.page.partition("#")
    return Feed(
        id=context.ids[f"/{places[0].url}"],
        title=context.typeset(title_of(topic, context.channel.name, context.locale)),
        description=context.typeset(topic.description),
        page=context.url(page) + mark + place,
        addresses=tuple(context.url(place.url) for place in places),
        paths=tuple(place.path for place in places),
        items=(),
        updated=LONG_AGO,
        complete=topic.complete,
    )


def _archive(spec: FeedSpec, items: Sequence[Item], context: FeedContext) -> Feed:
    head, number = head_of(spec.topic, context), spec.archive
    return Feed(
        id=f"{head.id}/archive-{number}",
        title=context.locale.gettext("%(feed)s, archive %(number)s", feed=head.title, number=number),
        description=context.locale.ngettext(
            "Older essays, %(num)s to a document.", "Older essays, %(num)s to a document.", len(items)
        ),
        page=head.page,
        addresses=(_archive_address(spec, number, context),),
        paths=paths_of(spec, context),
        items=tuple(items),
        updated=max(item.updated for item in items),
        archive=True,
        current=head.addresses[0],
        older=_archive_address(spec, number - 1, context) if number > 1 else "",
        newer=_archive_address(spec, number + 1, context) if number < spec.archives else "",
    )


def _archive_place(spec: FeedSpec, number: int, context: FeedContext) -> Address:
    return context.routes.feed(f"{spec.topic.key}/archive-{number}")


def _archive_address(spec: FeedSpec, number: int, context: FeedContext) -> str:
    return context.url(_archive_place(spec, number, context).url)
