"""Likely changes of an essay (its status, date or part), each with its effects on the site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from ...model import DRAFT, HIDDEN, PUBLISHED, Essay, Place
from ...sources.declare import date_from
from ...sources.manuscript import Manuscript
from ...sources.schedule import scheduled
from .what_if import WhatIf, changed, variant, what_if

MINUTE = timedelta(minutes=1)


def changes(manuscript: Manuscript, essay: Essay) -> Iterator[WhatIf]:
    """Yield the effects of another status, date or part, as far as `essay` can have one."""
    if essay in scheduled(manuscript):
        yield _on_its_day(manuscript, essay)
    elif essay.status in (DRAFT, HIDDEN):
        yield _published(manuscript, essay)
    else:
        yield _with(manuscript, essay, "If it were a draft", Status=DRAFT)
    place = manuscript.site.places.get(essay.slug)
    if place and essay.status == PUBLISHED and essay.lang == manuscript.config.default_lang:
        yield from (_other_parts if essay.part is not None else _other_dates)(manuscript, essay, place)


def _with(manuscript: Manuscript, essay: Essay, change: str, **values: str | None) -> WhatIf:
    source = changed(manuscript.by_path[essay.source], values)
    return what_if(change, manuscript, variant(manuscript, source), essay)


def _on_its_day(manuscript: Manuscript, essay: Essay) -> WhatIf:
    day = _shown(essay.date) if essay.date else ""
    return what_if(f"On its day, {day}", manuscript, variant(manuscript, now=essay.date), essay)


def _published(manuscript: Manuscript, essay: Essay) -> WhatIf:
    """Return the effects of publishing a draft on its own date, or today if it has none."""
    config = manuscript.config
    now = config.present
    given = manuscript.by_path[essay.source].text("date")
    when = date_from(given, config) if given else None
    values: dict[str, str | None] = {"Status": None} if given else {"Status": None, "Date": now.date().isoformat()}
    source = changed(manuscript.by_path[essay.source], values)
    change = f"If it were published with its date, {_shown(when)}" if when else "If it were published today"
    later = when if when and when > now else None
    return what_if(change, manuscript, variant(manuscript, source, now=later), essay)


def _other_dates(manuscript: Manuscript, essay: Essay, place: Place) -> Iterator[WhatIf]:
    for neighbour, step, order in ((place.previous, -MINUTE, "before"), (place.next, MINUTE, "after")):
        if neighbour and neighbour.date:
            change = f'Dated {order} {_shown(neighbour.date)}, the date of "{neighbour.title}"'
            yield _with(manuscript, essay, change, Date=_written(neighbour.date + step))


def _other_parts(manuscript: Manuscript, essay: Essay, place: Place) -> Iterator[WhatIf]:
    key = manuscript.series_key(essay)
    parts = [each for each in manuscript.essays.values() if manuscript.series_key(each) == key]
    taken = {each.part for each in parts}
    for neighbour, step in ((place.previous, -1), (place.next, 1)):
        if neighbour and neighbour.part is not None and neighbour.part + step not in taken:
            number = str(neighbour.part + step)
            yield _with(manuscript, essay, f'With "Part: {number}"', Part=number, Series_index=None)
    sources = (changed(manuscript.by_path[each.source], {"Part": None, "Series_index": None}) for each in parts)
    yield what_if("Without Part in the whole series", manuscript, variant(manuscript, *sources), essay)


def _shown(moment: datetime) -> str:
    """Return the date, with the time unless it is midnight."""
    return f"{moment.date()} {moment:%H:%M}".removesuffix(" 00:00")


def _written(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")
