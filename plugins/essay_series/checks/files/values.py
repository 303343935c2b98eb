"""Checks of single values: dates, statuses, sides and numbers that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from ...l10n import sides_from
from ...l10n.tags import tag_of
from ...model import SIDES, SKIP, STATUSES, Essay
from ...names import did_you_mean, one_of
from ...sources.declare import date_from, is_iso_date, side_from, whole_number
from ...sources.frontmatter import Source
from ...sources.keys import KEYS, keys_of
from ...sources.manuscript import Manuscript
from ..problem import Flaw, at_value, check, check_when_closed, essays, short

DATES = [key.name.lower() for key in KEYS if key.type == "date"]
NUMBERS = [key.name.lower() for key in KEYS if key.type == "number"]
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](?:\d\d)?\d\d\b")
_ZONE_NAME = re.compile(r"(?<=\d )(?!(?:AM|PM|UTC|GMT)$)[A-Z]{2,5}(?:[+-]\d{1,2})?$|(?<=\d )[A-Z][a-z]+/[A-Z]\w+$")
_DATE_HINT = 'Write it as 2009-04-01, or as "2009-04-01 18:30".'


@check
def check_unreadable_date(manuscript: Manuscript) -> Iterator[Flaw]:
    """A date is not valid or is ambiguous, so Pelican would drop the essay or guess.

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
    """Return the message and the hint for `text`, which is not a date, or not the same date for everyone."""
    numbers = _NUMBERS.match(text)
    if numbers and max(map(int, numbers.groups())) <= 12:  # noqa: PLR2004 - a month
        return f'"{short(text)}" is a different day in Europe and in America', _DATE_HINT
    zone = _ZONE_NAME.search(text)
    if zone:
        hint = "Write the offset from UTC: 2009-04-01 18:30 +02:00."
        return f'not every machine knows the time zone "{zone[0]}"', hint
    return f'"{short(text)}" is not a date', _DATE_HINT


@check_when_closed
def check_future_revision(manuscript: Manuscript) -> Iterator[Flaw]:
    """A revision is dated in the future, but readers and feeds would be told of it today.

    Bad: ``Modified: 2999-01-01``.
    Good: ``Modified: 2009-05-01``, the day on which the text was revised.
    """
    now = manuscript.config.now
    for source, _, modified in _revised(manuscript):
        if now and modified > now:
            message = f"the revision is dated {short(source.text('modified'))}, in the future"
            yield at_value(source, "modified", message, "Write the day on which you revised the text.")


@check_when_closed
def check_revision_before_date(manuscript: Manuscript) -> Iterator[Flaw]:
    """A revision is dated before the publication of the essay.

    Bad: ``Modified: 2009-03-31`` beside ``Date: 2009-04-01``.
    Good: a later day, or the same; changes before the publication are not revisions.
    """
    for source, essay, modified in _revised(manuscript):
        if essay.date and _is_before(modified, essay.date, by_day=":" not in source.text("modified")):
            message = f"the revision is dated before the essay, {essay.date.date().isoformat()}"
            hint = "Correct one of the two dates, or remove Modified and Revision."
            yield at_value(source, "modified", message, hint)


def _revised(manuscript: Manuscript) -> Iterator[tuple[Source, Essay, datetime]]:
    """Yield each essay whose file says when it was revised, with that time."""
    for source, essay in essays(manuscript):
        if essay.modified and source.text("modified"):
            yield source, essay, essay.modified


def _is_before(one: datetime, other: datetime, *, by_day: bool) -> bool:
    """Tell whether `one` is before `other`; `by_day` compares only their dates."""
    return one.date() < other.astimezone(one.tzinfo).date() if by_day else one < other


@check
def check_unknown_status(manuscript: Manuscript) -> Iterator[Flaw]:
    """A status is unknown to Pelican, so the essay would be dropped.

    Bad: ``Status: drafts``.
    Good: ``Status: draft``.
    """
    for source in manuscript.sources:
        text = source.text("status")
        allowed = next((each.choices for each in keys_of(source.kind) if each.name == "Status"), STATUSES)
        known = text if text.lower() == SKIP else text.lower()
        if text and known not in allowed:
            hint = did_you_mean(text, allowed, f"Use one of {one_of(allowed)}.")
            yield at_value(source, "status", f'"{short(text)}" is not a status', hint)


@check
def check_unknown_language(manuscript: Manuscript) -> Iterator[Flaw]:
    """A language is not a language code (BCP 47), so browsers and screen readers do not understand it.

    Bad: ``Lang: English``, ``Lang: pt_BR``.
    Good: ``Lang: en``, ``Lang: pt-BR``, in upper or lower case.
    """
    for source in manuscript.sources:
        text = manuscript.text(source, "lang")
        if text and tag_of(text) is None:
            near = tag_of(text.replace("_", "-").partition(".")[0])
            hint = f'Write "Lang: {near}".' if near else "Write a code such as en, fr or pt-BR."
            yield at_value(source, "lang", f'"{short(text)}" is not a language code', hint)


@check
def check_unknown_side(manuscript: Manuscript) -> Iterator[Flaw]:
    """A side is neither ``cost`` nor ``benefit``, nor a name that the series gives to one of them.

    Bad: ``Side: costs``.
    Good: ``Side: cost`` or ``Side: benefit``, or what the series calls them; an opening or closing essay has no side.
    """
    for source, essay in essays(manuscript):
        text, names = source.text("side"), manuscript.side_names(manuscript.series_key(essay))
        if text and not side_from(text, names):
            known = [*SIDES, *(names[side] for side in SIDES if side in names)]
            hint = did_you_mean(text, known, f"Use {' or '.join(known)}, or remove the line.")
            yield at_value(source, "side", f'"{short(text)}" is not a side', hint)


@check
def check_unreadable_sides(manuscript: Manuscript) -> Iterator[Flaw]:
    """The names that a series gives to its two sides cannot be read.

    Bad: ``Sides: myth``, ``Sides: <b>myth</b> / fact``.
    Good: ``Sides: Myth, Myths / Fact, Facts``, singular and plural; or ``Sides: Against / For``.
    """
    for source in manuscript.sources:
        text = source.text("sides")
        found = sides_from(text) if source.kind == "series" and text else {}
        if isinstance(found, str):
            hint = 'Write "Sides: Myth, Myths / Fact, Facts", or "Sides: Against / For".'
            yield at_value(source, "sides", found, hint)


@check
def check_unreadable_number(manuscript: Manuscript) -> Iterator[Flaw]:
    """A sort key is not a whole number.

    Bad: ``Part: two``, ``Part: 2.5``.
    Good: ``Part: 20``; gaps leave room for parts in between.
    """
    for source in manuscript.sources:
        for key in NUMBERS:
            text = source.text(key)
            if text and whole_number(text) is None:
                yield at_value(source, key, f'"{short(text)}" is not a whole number', "Write digits only, such as 20.")
