"""Dates on sites without declarations: any form that Pelican reads, if it is unambiguous."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.adapter.settings.dates import certain_date

FIRST = datetime(2009, 4, 1)  # noqa: DTZ001 - the site's zone is added later


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2009-4-1", FIRST),
        ("2009/04/01", FIRST),
        ("20090401", FIRST),
        ("1 April 2009", FIRST),
        ("April 1, 2009", FIRST),
        ("Wed, 1 Apr 2009 10:00 GMT", datetime(2009, 4, 1, 10, tzinfo=UTC)),
        ("2009-04-01T10:00+02:00", datetime(2009, 4, 1, 10, tzinfo=timezone(timedelta(hours=2)))),
        ("2009-04-01 10pm", FIRST.replace(hour=22)),
        ("13/04/2009", FIRST.replace(day=13)),
        ("4.4.2009", FIRST.replace(day=4)),
    ],
)
def test_an_unambiguous_date_is_read(text, date):
    """Forms of other tools and English words are read as Pelican reads them."""
    assert certain_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "01/04/2009",
        "1.4.2009",
        "01/04/09",
        "1 April 09",
        "April 2009",
        "2009",
        "10:00",
        "tomorrow",
        "2009-04-31",
        "2009-04-01 10:00 CEST",
        "2009-04-01 10:00 EST",
        "2009-04-01 10:00 UTC+2",
        "2009-04-01 10:00 America/New_York",
    ],
)
def test_an_ambiguous_date_is_refused(text):
    """A date that depends on the order of day and month, on today, on the century or on a zone's name is refused."""
    with pytest.raises(ValueError):  # noqa: PT011 - the parsers have messages of their own
        certain_date(text)


@given(st.dates(min_value=datetime(1000, 1, 1).date()))  # noqa: DTZ001 - a day has no zone
def test_an_iso_date_is_that_day(day):
    """An ISO date is read as that day, whatever its numbers."""
    assert certain_date(day.isoformat()).date() == day
