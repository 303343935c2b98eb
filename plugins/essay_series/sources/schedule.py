"""Handles essays with a future date: the moment a build is made for, what is due next, and links to what is not due."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime, time, tzinfo

from ..htmltext import Element, End, pieces
from ..model import DRAFT, Essay
from .declare import is_iso_date, moment_from
from .manuscript import Manuscript
from .markup import content_path, split_target

_TARGET = re.compile(r"[{|]filename[|}][^\"'>]*")


class UnreadableMomentError(Exception):
    """``AS_OF`` is not a date; the text says how to write one."""


def moment(text: str, zone: tzinfo) -> datetime:
    """Parse the value of ``AS_OF``, a date with or without a time and a zone; without a time it is the end of that day.

    Raises:
        UnreadableMomentError: `text` is not such a date.

    """
    if not is_iso_date(text):
        hint = 'Write AS_OF=2009-04-05 for the end of that day, or AS_OF="2009-04-05 18:30".'
        raise UnreadableMomentError(f'AS_OF: "{text}" is not a date. {hint}')
    found = moment_from(text, zone)
    return found if ":" in text else datetime.combine(found, time.max, found.tzinfo)


def scheduled(manuscript: Manuscript) -> tuple[Essay, ...]:
    """Return the essays that will be published once their date has come, the next one first."""
    waiting = [e for e in manuscript.essays.values() if e.status == DRAFT and _written(manuscript, e) != DRAFT]
    return tuple(sorted((e for e in waiting if e.date), key=_when))


def _written(manuscript: Manuscript, essay: Essay) -> str:
    inherited = manuscript.config.inherited(essay.source).get("status", "")
    return (manuscript.by_path[essay.source].text("status") or inherited).lower()


def _when(essay: Essay) -> tuple[float, str]:
    return (essay.date.timestamp() if essay.date else 0.0, essay.source)


def unlinked(html: str, source: str, waiting: Collection[str]) -> str:
    """Return `html` without the links to the files `waiting` of essays that are not published yet; their text stays.

    The text is that of the file `source`, before Pelican has resolved its links.
    """

    def waits(target: str) -> bool:
        what, path, _ = split_target(target)
        return what == "filename" and content_path(source, path) in waiting

    if not waiting or not any(map(waits, _TARGET.findall(html))):
        return html
    parts: list[str] = []
    at, in_link, dropped = 0, False, False
    for tag in pieces(html):
        if isinstance(tag, Element) and tag.name == "a":
            link = tag.get("href")
            in_link = dropped = bool(link and waits(link.value))
        elif isinstance(tag, End) and tag.name == "a":
            dropped, in_link = in_link, False
        else:
            continue
        if dropped:
            parts.append(html[at : tag.start])
            at = tag.start + len(tag.written)
    return "".join([*parts, html[at:]])


def due(manuscript: Manuscript) -> Mapping[str, str | None]:
    """Return the next essay to be published: ``due`` (ISO 8601 with zone), ``file`` and ``title``, or None for each."""
    first = next(iter(scheduled(manuscript)), None)
    if first is None or first.date is None:
        return {"due": None, "file": None, "title": None}
    file = f"{manuscript.config.content}/{first.source}"
    return {"due": first.date.isoformat(), "file": file, "title": first.title}
