"""Start a new essay: ``make new TITLE="…"``.

``SIDE``, ``SERIES``, ``PLAY`` (a list with commas), ``ANSWERS``, ``ENTRY``, ``DATE`` and ``SLUG`` are optional. The
file is a draft with which the site builds at once. Its path is printed, and advice to standard error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import partial

from ...model import COUNTERSIDE, DRAFT, SIDES, Essay, PlayPage, SeriesPage, Side
from ...names import did_you_mean, fold, one_of
from ...sources.declare import date_from, is_iso_date, names_in, side_from
from ...sources.manuscript import Manuscript
from ...vocabulary import directory
from ..command import CommandError, Options, option
from .new_file import NewFile, path_of, slug_key, start, title_and_slug
from .scaffold import text_of

STEP = 10
"""The difference between the sort keys of two new parts in a series that is ordered by ``Part``."""


def plan(options: Options, manuscript: Manuscript) -> NewFile:
    """Return the essay that `options` ask for."""
    config = manuscript.config
    usage = 'make new TITLE="Letting go of the controls"'
    title, slug = title_and_slug(options, usage, manuscript.essays.values(), config)
    answered = _answered(options, manuscript, slug)
    side = _side(options, answered, _side_names(options, manuscript, answered))
    series = _series(options, manuscript, answered)
    path = path_of("essay", slug, config)
    mutual = answered is not None and answered.answers == slug
    values = {
        "Title": title,
        **slug_key(path, title, slug, config),
        "Date": _date(options, manuscript, series),
        "Status": DRAFT,
        **_if("Series", series),
        **_if("Part", _part(manuscript, series)),
        **_if("Side", side or ""),
        **({"Entry": option(options, "ENTRY")} if side or option(options, "ENTRY") else {}),
        **_if("Answers", answered.slug if answered and mutual else ""),
        **_if("Tags", ", ".join(_plays(options, manuscript))),
        "Summary": "",
    }
    advice = _pairing(path, slug, answered, config.content) if answered and not mutual else ""
    return NewFile("essay", path, text_of("essay", values, advice=[advice] if advice else []), advice)


def _if(key: str, value: str) -> dict[str, str]:
    return {key: value} if value else {}


def _answered(options: Options, manuscript: Manuscript, own: str) -> Essay | None:
    """Return the essay that ``ANSWERS`` names, or else the one that answers `own`, the slug of the new essay."""
    slug = option(options, "ANSWERS")
    by_slug = {essay.slug: essay for essay in manuscript.essays.values()}
    waiting = next((essay for essay in by_slug.values() if essay.side and essay.answers == own), None)
    if not slug:
        return waiting
    if waiting and waiting.slug != slug:
        where = f"{manuscript.config.content}/{waiting.source}"
        raise CommandError(f'ANSWERS: {where} answers "{own}" already. Leave ANSWERS out, or rename: SLUG=…')
    if slug not in by_slug:
        hint = did_you_mean(slug, by_slug, "Write the slug of an essay on the other side.")
        raise CommandError(f'ANSWERS: no essay has the slug "{slug}". {hint}')
    if by_slug[slug].side is None:
        raise CommandError(f'ANSWERS: "{slug}" has no side, so nothing can answer it. Leave ANSWERS out.')
    return by_slug[slug]


def _series(options: Options, manuscript: Manuscript, answered: Essay | None) -> str:
    """Return the series of the new essay: ``SERIES``, that of the answered essay, or for a side the only one."""
    declared = manuscript.series_pages.values()
    given = option(options, "SERIES") or (answered.series if answered else "") or ""
    if given and manuscript.series_declared:
        given = _known("SERIES", given, "series", declared)
    if not given and option(options, "SIDE"):
        if len(declared) != 1:
            known = one_of(page.slug for page in declared)
            raise CommandError(f"A side needs a series: SERIES=… (available: {known})")
        given = next(iter(declared)).slug
    if answered and manuscript.series_directory.get(fold(given), fold(given)) != manuscript.series_key(answered):
        raise CommandError(f'ANSWERS: "{answered.slug}" is in the series {answered.series}, not in {given}.')
    return given


def _known(name: str, given: str, kind: str, pages: Iterable[SeriesPage | PlayPage]) -> str:
    known = directory(pages)
    if fold(given) not in known:
        hint = did_you_mean(given, known.values(), f"Available: {one_of(set(known.values()))}.")
        raise CommandError(f'{name}: no {kind} is called "{given}". {hint}')
    return known[fold(given)]


def _side_names(options: Options, manuscript: Manuscript, answered: Essay | None) -> Mapping[str, str]:
    """Return the names of the sides in the series that is given, that of the answered essay, or the only one."""
    slugs = [page.slug for page in manuscript.series_pages.values()]
    meant = option(options, "SERIES") or (answered.series if answered else "") or (slugs[0] if len(slugs) == 1 else "")
    return manuscript.side_names(manuscript.series_directory.get(fold(meant), meant))


def _side(options: Options, answered: Essay | None, names: Mapping[str, str]) -> Side | None:
    given = option(options, "SIDE")
    side = side_from(given, names)
    if given and side is None:
        known = [names.get(each, each) for each in SIDES]
        hint = did_you_mean(given, known, f"Use {known[0]} or {known[1]}, or leave it out.")
        raise CommandError(f'SIDE: "{given}" is not a side. {hint}')
    if answered is None or answered.side is None:
        return side
    other = COUNTERSIDE[answered.side]
    if side == answered.side:
        raise CommandError(f'SIDE: "{answered.slug}" is a {side} too; a {side} answers a {COUNTERSIDE[side]}.')
    return other


def _plays(options: Options, manuscript: Manuscript) -> list[str]:
    given = names_in(option(options, "PLAY"))
    if not manuscript.plays_declared:
        return given
    return list(dict.fromkeys(_known("PLAY", name, "play", manuscript.play_pages.values()) for name in given))


def _part(manuscript: Manuscript, series: str) -> str:
    """Return the next sort key of a series that is ordered by ``Part``, or an empty text."""
    parts = [essay.part for essay in _in_series(manuscript, series) if essay.part is not None]
    return str((max(parts) // STEP + 1) * STEP) if parts else ""


def _in_series(manuscript: Manuscript, series: str) -> list[Essay]:
    key = manuscript.series_directory.get(fold(series), fold(series))
    return [essay for essay in manuscript.essays.values() if series and manuscript.series_key(essay) == key]


def _date(options: Options, manuscript: Manuscript, series: str) -> str:
    config = manuscript.config
    given = option(options, "DATE")
    if given and (not is_iso_date(given) or date_from(given, config) is None):
        raise CommandError(f'DATE: "{given}" is not a date. Write it as 2009-04-01, or as "2009-04-01 18:30".')
    if given:
        return given
    today = config.present.date()
    dated = [essay.date.date() for essay in _in_series(manuscript, series) if essay.date]
    taken = {essay.date.date() for essay in manuscript.essays.values() if essay.date}
    try:
        return next_free(today, max(dated, default=None), taken).isoformat()
    except OverflowError as error:
        raise CommandError(f"No day is left after {max(dated)}. Give one: DATE=…") from error


def next_free(today: date, last: date | None, taken: Collection[date]) -> date:
    """Return the first day that is not before `today`, is after `last` and is not in `taken`.

    Raises:
        OverflowError: the calendar ends before such a day.

    """
    day = max(today, last + timedelta(days=1)) if last else today
    while day in taken:
        day += timedelta(days=1)
    return day


def _pairing(path: str, slug: str, answered: Essay, content: str) -> str:
    instead = f" in place of {answered.answers}" if answered.answers else ""
    return (
        f'To pair the two, write "Answers: {slug}"{instead} in {content}/{answered.source}, '
        f'and "Answers: {answered.slug}" in {content}/{path}.'
    )


new_essay = partial(start, plan)
