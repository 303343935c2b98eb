"""When essays are published: the moment that a build is of, what waits for its day, and texts that run ahead of it."""

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
    """A moment that was asked for is none; the text says how to write one."""


def moment(text: str, zone: tzinfo) -> datetime:
    """Return the moment that ``AS_OF`` names: the end of a day, unless it says the hour.

    Args:
        text: ``2009-04-05``, or ``2009-04-05 18:30``, with a zone if you like.
        zone: the site's, for a moment that names none.

    Raises:
        UnreadableMomentError: `text` is neither.

    """
    if not is_iso_date(text):
        hint = 'Write AS_OF=2009-04-05 for the end of that day, or AS_OF="2009-04-05 18:30".'
        raise UnreadableMomentError(f'AS_OF: "{text}" is not a day. {hint}')
    found = moment_from(text, zone)
    return found if ":" in text else datetime.combine(found, time.max, found.tzinfo)


def scheduled(manuscript: Manuscript) -> tuple[Essay, ...]:
    """Return the essays that only wait for their day, the next first."""
    waiting = [e for e in manuscript.essays.values() if e.status == DRAFT and _written(manuscript, e) != DRAFT]
    return tuple(sorted((e for e in waiting if e.date), key=_when))


def _written(manuscript: Manuscript, essay: Essay) -> str:
    inherited = manuscript.config.inherited(essay.source).get("status", "")
    return (manuscript.by_path[essay.source].text("status") or inherited).lower()


def _when(essay: Essay) -> tuple[float, str]:
    return (essay.date.timestamp() if essay.date else 0.0, essay.source)


def unlinked(html: str, source: str, waiting: Collection[str]) -> str:
    """Return `html` with the bare words in place of every link to an essay that is not published yet.

    Args:
        html: a text as Markdown made it, before Pelican has looked for its links.
        source: the file of the text, below the content folder.
        waiting: the files of the essays that are not published yet.

    """

    def waits(target: str) -> bool:
        what, path, _ = split_target(target)
        return what == "filename" and content_path(source, path) in waiting

    if not waiting or not any(map(waits, _TARGET.findall(html))):
        return html
    parts: list[str] = []
    at, inside, left_out = 0, False, False
    for tag in pieces(html):
        if isinstance(tag, Element) and tag.name == "a":
            link = tag.get("href")
            inside = bool(link and waits(link.value))
            left_out = inside
        elif isinstance(tag, End) and tag.name == "a":
            left_out, inside = inside, False
        else:
            continue
        if left_out:
            parts.append(html[at : tag.start])
            at = tag.start + len(tag.written)
    return "".join([*parts, html[at:]])


def due(manuscript: Manuscript) -> Mapping[str, str | None]:
    """Return when the next build is needed (ISO 8601, with the zone), for which file and title; None for nothing."""
    first = next(iter(scheduled(manuscript)), None)
    if first is None or first.date is None:
        return {"due": None, "file": None, "title": None}
    file = f"{manuscript.config.content}/{first.source}"
    return {"due": first.date.isoformat(), "file": file, "title": first.title}
