"""`Topic` → `Feed`: the items that fit into it, and archive documents of the site's older essays (RFC 5005)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

from ..model import Address, Essay
from ..routes import FORMATS
from ..values import dataclass
from .items import FeedContext
from .shapes import Feed, Item
from .topics import Topic, title_of

BUDGET = 250_000
"""The size limit of a feed in bytes, which readers fetch again and again."""
HEAD, PER_ITEM = 4_000, 2_000
"""Upper bounds, in any format, of the bytes outside of items, and of those that one item has beside its text."""
NO_ITEMS = datetime.min.replace(tzinfo=UTC)
PER_ARCHIVE = 20
"""The number of items in an archive document; a full one changes only when an essay does."""


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed, or an archive document of one, before its items are made."""

    topic: Topic
    essays: tuple[Essay, ...]
    """The essays in their order; a feed that is not complete contains as many of them as fit."""
    archive: int = 0
    """The number of the archive document, from 1 for the oldest; 0 for the feed itself."""
    archives: int = 0
    """The number of archive documents of the topic."""


def specs(topic: Topic, context: FeedContext) -> Iterator[FeedSpec]:
    """Yield the feed of `topic`; for the whole site, archive documents of the essays that do not fit follow."""
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
    items = (context.item(essay, spec.topic.group) for essay in spec.essays)
    if spec.archive:
        return _archive(spec, list(items), context)
    shown = list(items) if spec.topic.complete else within_budget(items)
    head = head_of(spec.topic, context)
    older = _archive_address(spec, spec.archives, context) if spec.archives else ""
    return replace(head, items=tuple(shown), updated=max(item.updated for item in shown), older=older)


def paths_of(spec: FeedSpec, context: FeedContext) -> tuple[str, ...]:
    """Return the output paths of the feed that `spec` describes, in the order of `routes.FORMATS`."""
    if spec.archive:
        return (_archive_place(spec, spec.archive, context).path,)
    return tuple(context.routes.feed(spec.topic.key, form).path for form in FORMATS)


def within_budget(items: Iterable[Item], budget: int = BUDGET) -> list[Item]:
    """Return the first of `items` that fit into `budget` bytes together, and the first one in any case."""
    room = budget - HEAD
    shown: list[Item] = []
    for item in items:
        room -= _size(item)
        if room < 0 and shown:
            break
        shown.append(item)
    return shown


def _size(item: Item) -> int:
    """Return the most bytes that `item` takes in any format: RSS escapes markup, and JSON quotation marks.

    The summary counts as it is, and as escaped HTML in XML, which it is in RSS.
    """
    summary = (item.summary, escape(escape(item.summary, quote=False), quote=False))
    return PER_ITEM + sum(len(text.encode()) for text in (escape(item.body.html), *summary))


def head_of(topic: Topic, context: FeedContext) -> Feed:
    """Return the feed of `topic` without its items, for lists of feeds."""
    addresses = [context.routes.feed(topic.key, form) for form in FORMATS]
    page, hash_sign, fragment = topic.page.partition("#")
    return Feed(
        id=context.ids[f"/{addresses[0].url}"],
        title=context.typeset(title_of(topic, context.channel.name, context.locale)),
        description=context.typeset(topic.description),
        page=context.url(page) + hash_sign + fragment,
        addresses=tuple(context.url(each.url) for each in addresses),
        paths=tuple(each.path for each in addresses),
        items=(),
        updated=NO_ITEMS,
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
