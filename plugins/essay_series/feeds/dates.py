"""Essays → the dates of their feed items, no two of them equal: feed readers sort by date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta

from ..model import Essay
from ..values import dataclass

ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class ItemDates:
    """The dates of an essay's items, with their time zone."""

    published: datetime
    updated: datetime
    corrected: datetime | None = None
    """The date of the latest correction; None without corrections."""


def item_dates(essays: Iterable[Essay]) -> Mapping[str, ItemDates]:
    """Return the dates of every essay that has a date, by its source path.

    Essays with the same date follow each other at intervals of one second, in the given order. `updated` is later than
    `published` only if the author declares a revision with a day and a reason.

    """
    dated = [(essay, essay.date) for essay in essays if essay.date]
    taken = set[datetime]()
    published = {essay.source: _next_free(date, taken) for essay, date in dated}
    updated = {
        essay.source: _next_free(max(essay.modified, published[essay.source] + ONE_SECOND), taken)
        if essay.revision and essay.modified
        else published[essay.source]
        for essay, _ in dated
    }
    corrected = {
        essay.source: _next_free(max(_last_correction(essay), published[essay.source] + ONE_SECOND), taken)
        for essay, _ in dated
        if essay.corrections
    }
    return {source: ItemDates(published[source], updated[source], corrected.get(source)) for source in published}


def _last_correction(essay: Essay) -> datetime:
    """Return midnight, in the time zone of `essay`, at the start of the day of its latest correction."""
    zone = essay.date.tzinfo if essay.date else UTC
    return datetime.combine(max(each.day for each in essay.corrections), time(), zone)


def _next_free(date: datetime, taken: set[datetime]) -> datetime:
    """Return the first date from `date` on, by the second, that is not in `taken`, and add it there."""
    while date in taken:
        date += ONE_SECOND
    taken.add(date)
    return date
