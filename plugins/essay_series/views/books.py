"""`Series` → the view of its book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..book import Binding, Text, note_count, part_id, play_id
from ..model import Essay, Play, Series
from ..routes import folder_of
from .pieces import Chapter, Day, Part, PlayChapter
from .play_text import worksheet
from .scribe import Scribe, day, planned_parts
from .shapes import BookView, LedgerView
from .shelf import Shelf

LEDGER, PLAYBOOK, INTRODUCTION = "ledger", "playbook", "introduction"
"""The ids of what a book holds once."""


def book_view(series: Series, ledger: LedgerView, scribe: Scribe, shelf: Shelf) -> BookView:
    """Return the view of the book of `series`, which has parts.

    Args:
        series: what is bound.
        ledger: the view of its ledger.
        scribe: tells of essays and plays.
        shelf: the whole site.

    """
    slugs = {part.slug for part in series.parts}
    plays = tuple(play for play in scribe.site.plays if any(each.slug in slugs for each in play.essays))
    folder = folder_of(shelf.root)
    targets = tuple(_targets(series, plays, scribe, folder))
    binding = Binding(INTRODUCTION, 1, targets, shelf.root.removesuffix(folder))
    days = [day(moment) for part in series.parts for moment in (part.date, part.modified if part.revision else None)]
    known = sorted((each for each in days if each), key=lambda each: each.iso) or [Day("", "")]
    return BookView(
        title=series.title,
        summary=series.summary,
        address=scribe.routes.book(series.slug),
        introduction=Text(series.content, binding),
        chapters=tuple(_chapters(series, binding, scribe)),
        planned=planned_parts(series.planned),
        ledger=ledger,
        plays=tuple(_plays(series, plays, binding, scribe, shelf.play_sections)),
        first=known[0],
        newest=known[-1],
        series=scribe.series(series),
        slug=series.slug,
        lang=series.parts[0].lang,
    )


def _targets(series: Series, plays: Sequence[Play], scribe: Scribe, folder: str) -> Iterator[tuple[str, str]]:
    routes = scribe.routes
    yield f"{folder}/{routes.series(series.slug).url}", LEDGER
    if plays:
        yield f"{folder}/{routes.playbook().url}", PLAYBOOK
    yield from ((f"{folder}/{part.address.url}", part_id(part.slug)) for part in series.parts)
    yield from ((f"{folder}/{routes.play(play.slug).url}", play_id(play.slug)) for play in plays)


def _chapters(series: Series, binding: Binding, scribe: Scribe) -> Iterator[Chapter]:
    note = binding.first_note + note_count(series.content)
    for part in series.parts:
        text = Text(part.content, replace(binding, name=part_id(part.slug), first_note=note))
        note += note_count(part.content)
        yield Chapter(
            id=part_id(part.slug),
            part=scribe.part(part),
            revised=day(part.modified) if part.revision else None,
            answers=_answers(part, scribe),
            verdict=scribe.site.places[part.slug].verdict,
            text=text,
        )


def _answers(part: Essay, scribe: Scribe) -> Part | None:
    other = scribe.site.places[part.slug].answers
    return scribe.part(other) if other else None


def _plays(
    series: Series, plays: Sequence[Play], binding: Binding, scribe: Scribe, sections: Mapping[str, str]
) -> Iterator[PlayChapter]:
    note = binding.first_note + note_count(series.content) + sum(note_count(part.content) for part in series.parts)
    slugs = {part.slug for part in series.parts}
    for play in plays:
        yield PlayChapter(
            id=play_id(play.slug),
            play=scribe.play(play),
            parts=scribe.parts(part for part in play.essays if part.slug in slugs),
            text=Text(play.content, replace(binding, name=play_id(play.slug), first_note=note)),
            worksheet=worksheet(play.content, sections),
        )
        note += note_count(play.content)
