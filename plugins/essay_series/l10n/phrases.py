"""Phrases that pages, feeds, books and cards share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..model import OUTCOMES, Outcome, Side
from .locale import Locale


def side(which: Side, locale: Locale) -> str:
    """Return the name of a side of the ledger, in the singular."""
    # translators: a column of the ledger, as a word by itself
    return locale.gettext("Cost") if which == "cost" else locale.gettext("Benefit")


def outcome(which: Outcome, locale: Locale) -> str:
    """Return the outcome of a verdict as a sentence without a full stop."""
    if which == "cost":
        return locale.gettext("The cost outweighs the benefit")
    if which == "benefit":
        return locale.gettext("The benefit outweighs the cost")
    return locale.gettext("Cost and benefit are level") if which == "level" else locale.gettext("It depends")


def weighed(outcomes: Iterable[Outcome], locale: Locale) -> str:
    """Return the number of pairs with each outcome, as a list in words; empty without pairs."""
    found = Counter(outcomes)
    return locale.list([_so_many(each, found[each], locale) for each in OUTCOMES if found[each]])


def _so_many(which: Outcome, count: int, locale: Locale) -> str:
    # translators: of pairs: "in 3 the cost outweighs" is part of a list with the other outcomes
    if which == "cost":
        return locale.ngettext("in %(num)s the cost outweighs", "in %(num)s the cost outweighs", count)
    if which == "benefit":
        return locale.ngettext("in %(num)s the benefit outweighs", "in %(num)s the benefit outweighs", count)
    if which == "level":
        return locale.ngettext("%(num)s is level", "%(num)s are level", count)
    return locale.ngettext("%(num)s depends", "%(num)s depend", count)


def balance(costs: int, benefits: int, locale: Locale) -> Sequence[str]:
    """Return the number of costs and the number of benefits, in words."""
    return (
        locale.ngettext("%(num)s cost", "%(num)s costs", costs),
        locale.ngettext("%(num)s benefit", "%(num)s benefits", benefits),
    )


def part_of(number: int, total: int, locale: Locale, side: Side | None = None) -> str:
    """Return the part of its series that an essay is, with its side if it has one."""
    said: Mapping[Side | None, str] = {
        "cost": locale.said("Part %(number)s of %(total)s, cost"),
        "benefit": locale.said("Part %(number)s of %(total)s, benefit"),
        None: locale.said("Part %(number)s of %(total)s"),
    }
    return locale.filled(said[side], {"number": number, "total": total})


def corrected(wrong: str, right: str, locale: Locale) -> str:
    """Return a correction as two sentences: what was wrong and what is right."""
    was = locale.gettext("Was: %(wrong)s.", wrong=wrong)
    now = locale.gettext("Now: %(right)s.", right=right)
    return f"{was} {now}"
