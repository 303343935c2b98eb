"""Days, verdicts, series and ledgers → the texts and numbers on pages, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ..l10n import Locale, phrases
from ..model import Essay, Pair, PlannedPart, Series, Side, Verdict
from .pieces import Counts, Day, Planned, VerdictLine


def day(moment: date | None, locale: Locale) -> Day | None:
    """Return the day of `moment` in its own time zone; None without one."""
    return None if moment is None else known_day(moment, locale)


def known_day(moment: date, locale: Locale) -> Day:
    """Return the day of `moment` in its own time zone."""
    day = moment.date() if isinstance(moment, datetime) else moment
    return Day(day.isoformat(), locale.date(moment))


def planned_parts(planned: Iterable[PlannedPart], locale: Locale) -> tuple[Planned, ...]:
    """Return planned parts as pages show them."""
    return tuple(
        Planned(part.title, part.side, day(part.due, locale), side_name(part.side, locale)) for part in planned
    )


def side_name(side: Side | None, locale: Locale) -> str:
    """Return the name that the series has chosen for a side; empty if it has not."""
    return locale.names.given.get(side, "") if side else ""


def verdict_line(verdict: Verdict | None, locale: Locale) -> VerdictLine | None:
    """Return a verdict as pages show it."""
    if verdict is None:
        return None
    return VerdictLine(verdict.outcome, verdict.text, phrases.outcome(verdict.outcome, locale), verdict.lang)


def weighed(pairs: Iterable[Pair], locale: Locale) -> str:
    """Return the number of pairs with each outcome, in words; empty without verdicts."""
    return phrases.weighed((pair.verdict.outcome for pair in pairs if pair.verdict), locale)


def state_of(series: Series, locale: Locale) -> str:
    """Return how many parts are published, or that the series is complete, in words; empty without a published part."""
    days, parts = [part.date for part in series.parts if part.date], len(series.parts)
    if series.complete and days:
        months = locale.months(min(days), max(days))
        # translators: %(months)s is, for example, "April 2009 to May 2010"
        return locale.ngettext(
            "Complete in %(num)s part, %(months)s", "Complete in %(num)s parts, %(months)s", parts, months=months
        )
    if series.complete:
        return locale.ngettext("Complete in %(num)s part", "Complete in %(num)s parts", parts)
    if parts < 2:  # noqa: PLR2004 - a series
        return locale.gettext("Begun on %(day)s", day=locale.date(days[0])) if days else ""
    if days:
        return locale.ngettext(
            "%(num)s part so far, the newest of %(day)s",
            "%(num)s parts so far, the newest of %(day)s",
            parts,
            day=locale.date(max(days)),
        )
    return locale.ngettext("%(num)s part so far", "%(num)s parts so far", parts)


def counts(essays: Iterable[Essay]) -> Counts:
    """Count the essays of each side."""
    sides = [essay.side for essay in essays]
    return Counts(sides.count("cost"), sides.count("benefit"))
