"""Checks of single values: dates, statuses, sides and numbers that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from ...l10n import sides_from
from ...l10n.tags import tag_of
from ...model import SIDES, SKIP, STATUSES, Essay
from ...names import nearest
from ...sources.declare import date_from, is_iso_date, side_from, whole_number
from ...sources.keys import KEYS, keys_of
from ...sources.manuscript import Manuscript
from ..problem import Flaw, at_value, check, check_when_closed, did_you_mean, one_of, short

DATES = [key.name.lower() for key in KEYS if key.type == "date"]
NUMBERS = [key.name.lower() for key in KEYS if key.type == "number"]
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](?:\d\d)?\d\d\b")
_ZONE_NAME = re.compile(r"(?<=\d )(?!(?:AM|PM|UTC|GMT)$)[A-Z]{2,5}(?:[+-]\d{1,2})?$|(?<=\d )[A-Z][a-z]+/[A-Z]\w+$")
DATE_HINT = 'Write it as 2009-04-01, or as "2009-04-01 18:30".'


@check
def check_unreadable_date(manuscript: Manuscript) -> Iterator[Flaw]:
    """A date is none, or can be read in more than one way; Pelican would drop the essay or guess.

    Bad: ``Date: 2009-13-45``, ``Date: April 2009``, ``Date: 01/04/2009``, ``Date: 2009-04-01 18:30 CEST``.
    Good: ``Date: 2009-04-01``, ``Date: 2009-04-01 18:30 +02:00``.
    """
    for source in manuscript.sources:
        for key in DATES:
            text = source.text(key)
            readable = is_iso_date(text) or (not manuscript.closed and date_from(text, manuscript.config) is not None)
            if text and not readable:
                yield at_value(source, key, *_unreadable(text))


def _unreadable(text: str) -> tuple[str, str]:
    """Return why `text` is no date that everyone reads alike, and the cure."""
    numbers = _NUMBERS.match(text)
    if numbers and max(map(int, numbers.groups())) <= 12:  # noqa: PLR2004 - a month
        return f'"{short(text)}" is one day in Europe and another in America', DATE_HINT
    zone = _ZONE_NAME.search(text)
    if zone:
        hint = "Write its distance from UTC: 2009-04-01 18:30 +02:00."
        return f'"{zone[0]}" is no zone that every machine knows', hint
    return f'"{short(text)}" is not a date', DATE_HINT


@check_when_closed
def check_future_revision(manuscript: Manuscript) -> Iterator[Flaw]:
    """A revision is dated later than now, and readers and feeds would be told of it today.

    Bad: ``Modified: 2999-01-01``.
    Good: ``Modified: 2009-05-01``, the day on which the text was revised.
    """
    now = manuscript.config.now
    for essay, modified in _revised(manuscript) if now else ():
        if now and modified > now:
            source = manuscript.by_path[essay.source]
            message = f"the revision is dated {short(source.text('modified'))}, which is still to come"
            yield at_value(source, "modified", message, "Write the day on which the text was revised.")


@check_when_closed
def check_revision_before_date(manuscript: Manuscript) -> Iterator[Flaw]:
    """A revision is dated earlier than the publication of what it revises.

    Bad: ``Modified: 2009-03-31`` beside ``Date: 2009-04-01``.
    Good: a later day, or the same; before its publication a text may be changed without a word.
    """
    for essay, modified in _revised(manuscript):
        source = manuscript.by_path[essay.source]
        if essay.date and _is_before(modified, essay.date, by_day=":" not in source.text("modified")):
            message = f"the essay was revised before its own date, {essay.date.date().isoformat()}"
            yield at_value(source, "modified", message, "Correct one of the two, or remove Modified and Revision.")


def _revised(manuscript: Manuscript) -> Iterator[tuple[Essay, datetime]]:
    """Yield each essay whose file says when it was revised, with that moment."""
    for essay in manuscript.essays.values():
        if essay.modified and manuscript.by_path[essay.source].text("modified"):
            yield essay, essay.modified


def _is_before(one: datetime, other: datetime, *, by_day: bool) -> bool:
    """Tell whether `one` is before `other`; a day without an hour is not before an hour of the same day."""
    return one.date() < other.astimezone(one.tzinfo).date() if by_day else one < other


@check
def check_unknown_status(manuscript: Manuscript) -> Iterator[Flaw]:
    """A status is none of Pelican's, so the essay would be dropped.

    Bad: ``Status: drafts``.
    Good: ``Status: draft``.
    """
    for source in manuscript.sources:
        text = source.text("status")
        allowed = next((each.choices for each in keys_of(source.kind) if each.name == "Status"), STATUSES)
        known = text if text.lower() == SKIP else text.lower()
        if text and known not in allowed:
            yield at_value(
                source,
                "status",
                f'"{short(text)}" is not a status',
                did_you_mean(nearest(text, allowed), f"Use one of {one_of(allowed)}."),
            )


@check
def check_unknown_language(manuscript: Manuscript) -> Iterator[Flaw]:
    """A language is no code that a browser or a screen reader knows the form of.

    Bad: ``Lang: English``, ``Lang: pt_BR``.
    Good: ``Lang: en``, ``Lang: pt-BR`` (BCP 47), in any case.
    """
    for source in manuscript.sources:
        text = manuscript.text(source, "lang")
        if text and tag_of(text) is None:
            near = tag_of(text.replace("_", "-").partition(".")[0])
            hint = f'Write "Lang: {near}".' if near else "Write a code such as en, fr or pt-BR."
            yield at_value(source, "lang", f'"{short(text)}" is not a language code', hint)


@check
def check_unknown_side(manuscript: Manuscript) -> Iterator[Flaw]:
    """A side is neither of the two.

    Bad: ``Side: costs``.
    Good: ``Side: cost`` or ``Side: benefit``, or what the series calls them; an opening or closing essay has no side.
    """
    for path, essay in manuscript.essays.items():
        source, names = manuscript.by_path[path], manuscript.side_names(manuscript.series_key(essay))
        text = source.text("side")
        if text and not side_from(text, names):
            known = [*SIDES, *(names[side] for side in SIDES if side in names)]
            yield at_value(
                source,
                "side",
                f'"{short(text)}" is not a side',
                did_you_mean(nearest(text, known), f"Use {' or '.join(known)}, or leave the line out."),
            )


@check
def check_unreadable_sides(manuscript: Manuscript) -> Iterator[Flaw]:
    """The names that a series gives its two sides cannot be read.

    Bad: ``Sides: myth``, ``Sides: <b>myth</b> / fact``.
    Good: ``Sides: Myth, Myths / Fact, Facts``, of one essay and of several; or ``Sides: Against / For``.
    """
    for source in manuscript.sources:
        text = source.text("sides")
        found = sides_from(text) if source.kind == "series" and text else {}
        if isinstance(found, str):
            yield at_value(
                source, "sides", found, 'Write "Sides: Myth, Myths / Fact, Facts", or "Sides: Against / For".'
            )


@check
def check_unreadable_number(manuscript: Manuscript) -> Iterator[Flaw]:
    """A number to sort by is not a whole number.

    Bad: ``Part: two``, ``Part: 2.5``.
    Good: ``Part: 20``; gaps are welcome, so that a part can be put in between.
    """
    for source in manuscript.sources:
        for key in NUMBERS:
            text = source.text(key)
            if text and whole_number(text) is None:
                yield at_value(source, key, f'"{short(text)}" is not a whole number', "Write digits only, such as 20.")
