"""Start a new essay: ``make new TITLE="…"``.

With it may be given ``SIDE``, ``SERIES``, ``PLAY`` (a comma list), ``ANSWERS``, ``ENTRY``, ``DATE`` and ``SLUG``. The
file is a draft that builds at once; its path is printed, and advice beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from ...adapter.sources import open_manuscript
from ...checks.problem import did_you_mean, one_of
from ...model import COUNTERSIDE, DRAFT, SIDES, Essay, PlayPage, SeriesPage, Side
from ...names import fold, nearest
from ...sources.declare import date_from, is_iso_date, names_in, side_from
from ...sources.manuscript import Manuscript
from ...values import dataclass
from ...vocabulary import directory
from ..command import CommandError, Words, run, word
from .place import chosen_slug, create, path_of, slug_key, title_from
from .scaffold import text_of

STEP = 10
"""How far apart the parts of a series are that is sorted by ``Part``."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A new file before it is written."""

    path: str
    """Below the content folder."""
    text: str
    advice: str = ""
    """What the author has to do elsewhere."""


def plan(words: Words, manuscript: Manuscript) -> Plan:
    """Return the essay that the author's words ask for.

    Raises:
        CommandError: a word is missing, unknown or contradicts another.

    """
    config = manuscript.config
    title = title_from(words, 'make new TITLE="Letting go of the controls"')
    slug = chosen_slug(title, word(words, "SLUG"), config)
    taken = next((essay for essay in manuscript.essays.values() if essay.slug == slug), None)
    if taken:
        raise CommandError(f'The slug "{slug}" is taken by {config.content}/{taken.source}. Choose another: SLUG=…')
    answered = _answered(words, manuscript, slug)
    side = _side(words, answered, _side_names(words, manuscript, answered))
    series = _series(words, manuscript, answered)
    path = path_of("essay", slug, config)
    mutual = answered is not None and answered.answers == slug
    values = {
        "Title": title,
        **slug_key(path, title, slug, config),
        "Date": _date(words, manuscript, series),
        "Status": DRAFT,
        **_if("Series", series),
        **_if("Part", _part(manuscript, series)),
        **_if("Side", side or ""),
        **({"Entry": word(words, "ENTRY")} if side or word(words, "ENTRY") else {}),
        **_if("Answers", answered.slug if answered and mutual else ""),
        **_if("Tags", ", ".join(_plays(words, manuscript))),
        "Summary": "",
    }
    advice = _pairing(path, slug, answered, config.content) if answered and not mutual else ""
    return Plan(path, text_of("essay", values, advice=[advice] if advice else []), advice)


def _if(key: str, value: str) -> dict[str, str]:
    return {key: value} if value else {}


def _answered(words: Words, manuscript: Manuscript, own: str) -> Essay | None:
    """Return the essay that the author names, or the one that waits for an answer by the slug `own`."""
    slug = word(words, "ANSWERS")
    by_slug = {essay.slug: essay for essay in manuscript.essays.values()}
    waiting = next((essay for essay in by_slug.values() if essay.side and essay.answers == own), None)
    if not slug:
        return waiting
    if waiting and waiting.slug != slug:
        where = f"{manuscript.config.content}/{waiting.source}"
        raise CommandError(f'ANSWERS: {where} answers "{own}" already. Leave ANSWERS out, or rename: SLUG=…')
    if slug not in by_slug:
        hint = did_you_mean(nearest(slug, by_slug), "Write the slug of an essay on the other side.")
        raise CommandError(f'ANSWERS: no essay has the slug "{slug}". {hint}')
    if by_slug[slug].side is None:
        raise CommandError(f'ANSWERS: "{slug}" has no side, so nothing can answer it. Leave ANSWERS out.')
    return by_slug[slug]


def _series(words: Words, manuscript: Manuscript, answered: Essay | None) -> str:
    """Return the series that is asked for: by name, as that of the answered essay, or as the only one for a side."""
    declared = manuscript.series_pages.values()
    given = word(words, "SERIES") or (answered.series if answered else "") or ""
    if given and manuscript.series_declared:
        given = _known("SERIES", given, "series", declared)
    if not given and word(words, "SIDE"):
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
        hint = did_you_mean(nearest(given, known.values()), f"There are: {one_of(set(known.values()))}.")
        raise CommandError(f'{name}: no {kind} is called "{given}". {hint}')
    return known[fold(given)]


def _side_names(words: Words, manuscript: Manuscript, answered: Essay | None) -> Mapping[str, str]:
    """Return what the sides are called in the series that is meant: that of the answered essay, or the only one."""
    slugs = [page.slug for page in manuscript.series_pages.values()]
    meant = word(words, "SERIES") or (answered.series if answered else "") or (slugs[0] if len(slugs) == 1 else "")
    return manuscript.side_names(manuscript.series_directory.get(fold(meant), meant))


def _side(words: Words, answered: Essay | None, names: Mapping[str, str]) -> Side | None:
    given = word(words, "SIDE")
    side = side_from(given, names)
    if given and side is None:
        known = [names.get(each, each) for each in SIDES]
        hint = did_you_mean(nearest(given, known), f"Use {known[0]} or {known[1]}, or leave it out.")
        raise CommandError(f'SIDE: "{given}" is not a side. {hint}')
    if answered is None or answered.side is None:
        return side
    other = COUNTERSIDE[answered.side]
    if side == answered.side:
        raise CommandError(f'SIDE: "{answered.slug}" is a {side} too; a {side} answers a {COUNTERSIDE[side]}.')
    return other


def _plays(words: Words, manuscript: Manuscript) -> list[str]:
    given = names_in(word(words, "PLAY"))
    if not manuscript.plays_declared:
        return given
    return list(dict.fromkeys(_known("PLAY", name, "play", manuscript.play_pages.values()) for name in given))


def _part(manuscript: Manuscript, series: str) -> str:
    """Return the next sort key where the essays of the series have one."""
    parts = [essay.part for essay in _in_series(manuscript, series) if essay.part is not None]
    return str((max(parts) // STEP + 1) * STEP) if parts else ""


def _in_series(manuscript: Manuscript, series: str) -> list[Essay]:
    key = manuscript.series_directory.get(fold(series), fold(series))
    return [essay for essay in manuscript.essays.values() if series and manuscript.series_key(essay) == key]


def _date(words: Words, manuscript: Manuscript, series: str) -> str:
    config = manuscript.config
    given = word(words, "DATE")
    if given and (not is_iso_date(given) or date_from(given, config) is None):
        raise CommandError(f'DATE: "{given}" is not a date. Write it as 2009-04-01, or as "2009-04-01 18:30".')
    if given:
        return given
    today = (config.now or datetime.now(config.timezone)).date()
    dated = [essay.date.date() for essay in _in_series(manuscript, series) if essay.date]
    taken = {essay.date.date() for essay in manuscript.essays.values() if essay.date}
    try:
        return next_free(today, max(dated, default=None), taken).isoformat()
    except OverflowError as error:
        raise CommandError(f"No day is left after {max(dated)}. Give one: DATE=…") from error


def next_free(today: date, last: date | None, taken: Collection[date]) -> date:
    """Return the first day, from today on and after `last`, that is not taken.

    Raises:
        OverflowError: the calendar ends before there is one.

    """
    day = max(today, last + timedelta(days=1)) if last else today
    while day in taken:
        day += timedelta(days=1)
    return day


def _pairing(path: str, slug: str, answered: Essay, content: str) -> str:
    instead = f" in place of {answered.answers}" if answered.answers else ""
    return (
        f'To pair the two, write "Answers: {slug}"{instead} into {content}/{answered.source}, '
        f'and "Answers: {answered.slug}" into {content}/{path}.'
    )


def _new(words: Words) -> str:
    manuscript = open_manuscript()
    planned = plan(words, manuscript)
    file = create(manuscript, "essay", planned.path, planned.text)
    if planned.advice:
        print(planned.advice, file=sys.stderr)
    return file.as_posix()


if __name__ == "__main__":
    sys.exit(run(_new))
