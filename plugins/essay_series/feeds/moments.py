"""When each essay appeared and was last revised, so that no two share a moment: readers sort by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta

from ..model import Essay
from ..values import dataclass

A_TICK = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Moments:
    """An essay's two dates, both with a zone."""

    published: datetime
    updated: datetime
    corrected: datetime | None = None
    """When its last correction was made; None where there is none."""


def moments(essays: Iterable[Essay]) -> Mapping[str, Moments]:
    """Return the moments of each dated essay by its source.

    Essays of the same moment follow each other by a second each, in the order given. `updated` is later than
    `published` only for a revision that the author declares with its day and its reason.

    """
    dated = [(essay, essay.date) for essay in essays if essay.date]
    taken: dict[datetime, datetime] = {}
    published = {essay.source: _next_free(date, taken) for essay, date in dated}
    updated = {
        essay.source: _next_free(max(essay.modified, published[essay.source] + A_TICK), taken)
        if essay.revision and essay.modified
        else published[essay.source]
        for essay, _ in dated
    }
    corrected = {
        essay.source: _next_free(max(_beginning_of_last_correction(essay), published[essay.source] + A_TICK), taken)
        for essay, _ in dated
        if essay.corrections
    }
    return {source: Moments(published[source], updated[source], corrected.get(source)) for source in published}


def _beginning_of_last_correction(essay: Essay) -> datetime:
    """Return the first moment, in the zone of `essay`, of the day on which it was last corrected."""
    zone = essay.date.tzinfo if essay.date else UTC
    return datetime.combine(max(each.day for each in essay.corrections), time(), zone)


def _next_free(wanted: datetime, taken: dict[datetime, datetime]) -> datetime:
    """Return the first moment from `wanted` on that is not `taken`, and take it."""
    free, passed = wanted, []
    while free in taken:
        passed.append(free)
        free = taken[free]
    for moment in (*passed, free):
        taken[moment] = free + A_TICK
    return free
