"""When essays appear in feeds: no two at once, and never by the build's clock."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from builders import a_day, an_essay
from essay_series.feeds.dates import item_dates


def essays_on(days, revised=()):
    """Return an essay for each of `days`, some of them revised."""
    return [
        an_essay(f"e{n}", date=a_day(day), **({"modified": a_day(9), "revision": "Mended."} if n in revised else {}))
        for n, day in enumerate(days)
    ]


@given(st.lists(st.integers(1, 3), max_size=8), st.sets(st.integers(0, 7)))
def test_no_two_essays_share_a_moment_and_none_leaves_its_day(days, revised):
    """However many essays share a day, each has moments of its own, within the minute of the day it names."""
    essays = essays_on(days, revised)
    found = item_dates(essays)
    for name in ("published", "updated"):
        every = [getattr(each, name) for each in found.values()]
        assert len(set(every)) == len(every)
    for essay in essays:
        each = found[essay.source]
        assert timedelta(0) <= each.published - essay.date < timedelta(minutes=1)
        assert (each.updated > each.published) is bool(essay.revision)


def test_the_order_of_a_day_is_the_order_of_reading():
    """Essays of one day follow each other as they are to be read."""
    essays = essays_on([2, 2, 2])
    found = item_dates(essays)
    assert [found[e.source].published.second for e in essays] == [0, 1, 2]


def test_a_date_alone_moves_nothing():
    """A day of change without a reason is no revision."""
    essay = an_essay("one", modified=a_day(9))
    assert item_dates([essay])[essay.source].updated == essay.date


def test_a_revision_of_the_day_itself_is_later_than_the_essay():
    """What is revised on the day of its publication was still revised afterwards."""
    essay = an_essay("one", modified=a_day(1), revision="Mended.")
    assert item_dates([essay])[essay.source].updated > essay.date


def test_what_has_no_date_has_no_moment():
    """A draft without a date takes no part."""
    assert item_dates([an_essay("one", date=None)]) == {}
