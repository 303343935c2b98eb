"""`Series` → the view of its book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...book.binding import Binding, Text, part_id, play_id
from ...htmltext import note_labels
from ...model import Play, Series
from ...routes import folder_of
from ..context import PageContext
from ..linker import Linker
from ..pieces import Chapter, Day, PlayChapter
from ..shapes.pages import BookView, LedgerView
from ..words import day, planned_parts, verdict_line
from .ledgers import ledger_view
from .play_text import worksheet

LEDGER, PLAYBOOK, INTRODUCTION = "ledger", "playbook", "introduction"
"""The ids of sections that a book has once."""


def book_view(series: Series, ledger: LedgerView, linker: Linker, context: PageContext) -> BookView:
    """Return the view of the book of `series`, which has a part, in the language of its first part.

    `ledger` is the view of its ledger, made with `linker`.
    """
    if linker.in_language(series.parts[0].lang) is not linker:
        linker = linker.in_language(series.parts[0].lang)
        ledger = ledger_view(series, linker)
    locale = linker.locale_of(series)
    slugs = {part.slug for part in series.parts}
    plays = tuple(play for play in linker.site.plays if any(each.slug in slugs for each in play.essays))
    folder = folder_of(context.root)
    targets = tuple(_targets(series, plays, linker, folder))
    picture = locale.said("[Picture: %(words)s]")
    binding = Binding(INTRODUCTION, 1, targets, context.root.removesuffix(folder), picture)
    days = [
        day(moment, locale) for part in series.parts for moment in (part.date, part.modified if part.revision else None)
    ]
    known = sorted((each for each in days if each), key=lambda each: each.iso) or [Day("", "")]
    return BookView(
        title=series.title,
        summary=series.summary,
        address=linker.routes.book(series.slug),
        introduction=Text(series.content, binding),
        chapters=tuple(_chapters(series, binding, linker)),
        planned=planned_parts(series.planned, locale),
        ledger=ledger,
        plays=tuple(_plays(series, plays, binding, linker, context.play_sections)),
        first=known[0],
        newest=known[-1],
        series=linker.series(series),
        slug=series.slug,
        lang=series.parts[0].lang,
        names=series.names,
    )


def _targets(series: Series, plays: Sequence[Play], linker: Linker, folder: str) -> Iterator[tuple[str, str]]:
    routes = linker.routes
    yield f"{folder}/{routes.series(series.slug).url}", LEDGER
    if plays:
        yield f"{folder}/{routes.page('PLAYBOOK').url}", PLAYBOOK
    yield from ((f"{folder}/{part.address.url}", part_id(part.slug)) for part in series.parts)
    yield from ((f"{folder}/{routes.play(play.slug).url}", play_id(play.slug)) for play in plays)


def _chapters(series: Series, binding: Binding, linker: Linker) -> Iterator[Chapter]:
    note = binding.first_note + len(note_labels(series.content))
    for part in series.parts:
        place = linker.site.places[part.slug]
        text = Text(part.content, replace(binding, name=part_id(part.slug), first_note=note))
        note += len(note_labels(part.content))
        yield Chapter(
            id=part_id(part.slug),
            part=linker.part(part),
            revised=day(part.modified, linker.locale) if part.revision else None,
            answers=linker.part(place.answers) if place.answers else None,
            verdict=verdict_line(place.verdict, linker.locale_of(series)),
            text=text,
        )


def _plays(
    series: Series, plays: Sequence[Play], binding: Binding, linker: Linker, sections: Mapping[str, str]
) -> Iterator[PlayChapter]:
    before = (series.content, *(part.content for part in series.parts))
    note = binding.first_note + sum(len(note_labels(content)) for content in before)
    slugs = {part.slug for part in series.parts}
    for play in plays:
        yield PlayChapter(
            id=play_id(play.slug),
            play=linker.play(play),
            parts=linker.parts(part for part in play.essays if part.slug in slugs),
            text=Text(play.content, replace(binding, name=play_id(play.slug), first_note=note)),
            worksheet=worksheet(play.content, sections),
        )
        note += len(note_labels(play.content))
