"""A manuscript → an overview for its author: the state of every essay, and what is left to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from ...assemble import changed_since, originality
from ...l10n.scripts import length_of
from ...model import HIDDEN, PUBLISHED, SIDES, Essay, PlannedPart, Play, Side
from ...names import fold
from ...sources.manuscript import Manuscript
from ...sources.promises import Promise, promises
from ...sources.schedule import scheduled
from ...values import dataclass
from ...vocabulary import originals_first

State = Literal["published", "scheduled", "hidden", "draft"]
LATEST = 3
"""How many revisions are listed."""
# A pattern is exact enough, since words are only counted
_MARKUP = re.compile(r"<!--.*?-->|\]\([^)]*\)|\{:[^}]*\}|\[\^[^\]]*\]:?|<[^>]+>|https?://\S+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """An essay or a planned part."""

    state: State | Literal["planned", "overdue"]
    title: str
    number: int | None = None
    """The number of its part, once it is published."""
    side: Side | None = None
    day: date | None = None
    words: int = 0
    slug: str = ""


@dataclass(frozen=True, slots=True)
class SeriesOverview:
    """A series with its parts: the published ones in order, then the others by state and day."""

    title: str
    lines: tuple[Line, ...]
    pairs: int
    published: bool = True

    def count(self, state: str, side: Side | None = None) -> int:
        """Return the number of lines in `state`, on `side` if one is given."""
        return sum(line.state == state and (side is None or line.side == side) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Overview:
    """The site at a glance."""

    today: date
    series: tuple[SeriesOverview, ...]
    outside: tuple[Line, ...]
    """Essays outside any series."""
    revised: tuple[Essay, ...]
    """The published essays that were revised last, the latest first."""
    one_sided: tuple[tuple[Play, tuple[Side, ...]], ...]
    """Plays without an essay on a side, with the sides that are missing."""
    overdue: tuple[Promise, ...]
    """Promises whose planned part is due and not published."""
    outdated: tuple[tuple[Essay, date], ...]
    """Published translations whose original has changed since, with the day of that change."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All essays and planned parts."""
        return (*(line for each in self.series for line in each.lines), *self.outside)


def overview(manuscript: Manuscript, today: date) -> Overview:
    """Return the overview of `manuscript` on the day `today`."""
    states = _states(manuscript)
    originals = _originals(manuscript)
    series = _series(manuscript, originals, states, today)
    in_series = {line.slug for each in series for line in each.lines if line.slug}
    published = [e for e in manuscript.essays.values() if e.status == PUBLISHED and e.modified]
    return Overview(
        today=today,
        series=series,
        outside=_in_order(_line(manuscript, e, states) for e in originals if e.slug not in in_series),
        revised=tuple(sorted(published, key=lambda e: (-_stamp(e), e.source))[:LATEST]),
        one_sided=tuple(_one_sided(manuscript)),
        overdue=tuple(each for each in promises(manuscript) if each.overdue(today)),
        outdated=tuple(_outdated(manuscript)),
    )


def words_in(markdown: str) -> int:
    """Return the number of words of a text, without markup, URLs and comments, as `scripts` counts them."""
    return length_of(" ".join(re.findall(r"\w[\w'\u2019-]*", _MARKUP.sub(" ", markdown)))).as_words


def _states(manuscript: Manuscript) -> Mapping[str, State]:
    waiting = {essay.source for essay in scheduled(manuscript)}
    known: dict[str, State] = {PUBLISHED: "published", HIDDEN: "hidden"}
    return {
        path: "scheduled" if path in waiting else known.get(essay.status, "draft")
        for path, essay in manuscript.essays.items()
    }


def _originals(manuscript: Manuscript) -> list[Essay]:
    """Return one version of each essay: in the site's own language, or else the first by language."""
    default = manuscript.config.default_lang
    found: dict[str, Essay] = {}
    for essay in sorted(manuscript.essays.values(), key=lambda e: (originality(e, default), e.source)):
        found.setdefault(essay.slug, essay)
    return list(found.values())


def _series(
    manuscript: Manuscript, essays: list[Essay], states: Mapping[str, State], today: date
) -> tuple[SeriesOverview, ...]:
    declared = originals_first(manuscript.series_pages.values(), manuscript.config.default_lang)
    pages = {page.slug: page for page in reversed(declared)}
    members: dict[str, list[Essay]] = {key: [] for key in pages}
    for essay in essays:
        if essay.series:
            members.setdefault(manuscript.series_key(essay), []).append(essay)
    found = []
    for key, own in members.items():
        page = pages.get(key)
        planned = _planned(page.planned, own, today) if page else []
        places = (manuscript.site.places.get(essay.slug) for essay in own)
        series = next((place.series for place in places if place), None)
        found.append(
            SeriesOverview(
                title=page.title if page else own[0].series or "",
                lines=_in_order([*(_line(manuscript, e, states) for e in own), *planned]),
                pairs=len(series.ledger.pairs) if series else 0,
                published=not page or page.status == PUBLISHED,
            )
        )
    return tuple(sorted(found, key=lambda each: (_first_day(each), each.title)))


def _first_day(each: SeriesOverview) -> date:
    return min((line.day for line in each.lines if line.day), default=date.max)


def _planned(parts: Iterable[PlannedPart], own: Iterable[Essay], today: date) -> list[Line]:
    written = {fold(essay.title) for essay in own if essay.status == PUBLISHED}
    return [
        Line("overdue" if part.due and part.due < today else "planned", part.title, side=part.side, day=part.due)
        for part in parts
        if fold(part.title) not in written
    ]


def _line(manuscript: Manuscript, essay: Essay, states: Mapping[str, State]) -> Line:
    place = manuscript.site.places.get(essay.slug) if essay.status == PUBLISHED else None
    return Line(
        state=states[essay.source],
        title=essay.title or essay.slug,
        number=place.number if place else None,
        side=essay.side,
        day=essay.date.date() if essay.date else None,
        words=words_in(manuscript.by_path[essay.source].body),
        slug=essay.slug,
    )


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    order = ("published", "hidden", "scheduled", "draft", "planned", "overdue")

    def key(line: Line) -> tuple[bool, int, int, date, str]:
        return (line.number is None, line.number or 0, order.index(line.state), line.day or date.max, line.title)

    return tuple(sorted(lines, key=key))


def _one_sided(manuscript: Manuscript) -> Iterable[tuple[Play, tuple[Side, ...]]]:
    for play in manuscript.site.plays:
        missing = tuple(side for side in SIDES if not any(essay.side == side for essay in play.essays))
        if missing:
            yield play, missing


def _outdated(manuscript: Manuscript) -> Iterable[tuple[Essay, date]]:
    for path, original in manuscript.originals.items():
        translation = manuscript.essays[path]
        day = changed_since(translation, original)
        if day and translation.status == original.status == PUBLISHED:
            yield translation, day


def _stamp(essay: Essay) -> float:
    return essay.modified.timestamp() if essay.modified else 0.0
