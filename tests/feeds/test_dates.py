"""The dates of feed items: distinct, and independent of the time of the build."""

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
def test_no_two_essays_share_a_time(days, revised):
    """Essays of one day get distinct times within its first minute, and a revision gets a later one."""
    essays = essays_on(days, revised)
    found = item_dates(essays)
    for name in ("published", "updated"):
        every = [getattr(each, name) for each in found.values()]
        assert len(set(every)) == len(every)
    for essay in essays:
        each = found[essay.source]
        assert timedelta(0) <= each.published - essay.date < timedelta(minutes=1)
        assert (each.updated > each.published) is bool(essay.revision)


def test_essays_of_one_day_are_in_reading_order():
    """Essays of one day get their times in reading order."""
    essays = essays_on([2, 2, 2])
    found = item_dates(essays)
    assert [found[e.source].published.second for e in essays] == [0, 1, 2]


def test_a_modified_date_alone_is_no_revision():
    """A modified date without a reason does not change the time of the last update."""
    essay = an_essay("one", modified=a_day(9))
    assert item_dates([essay])[essay.source].updated == essay.date


def test_a_revision_on_the_day_of_publication_is_later():
    """A revision on the day of publication is later than the essay."""
    essay = an_essay("one", modified=a_day(1), revision="Mended.")
    assert item_dates([essay])[essay.source].updated > essay.date


def test_an_essay_without_a_date_gets_no_times():
    """A draft without a date has no item dates."""
    assert item_dates([an_essay("one", date=None)]) == {}
