"""The front page: what it is about, where to begin, how far each series has come."""

from __future__ import annotations

import pytest

from builders import a_couple, a_day, a_part, a_series, an_essay, views_of
from essay_series.views.kinds.home import first_paragraph

HOME, LEDGER = "index.html", "series/turnings/index.html"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>A <em>small</em> turning.</p>\n<p>More.</p>", "A <em>small</em> turning."),
        ("<h2>On</h2>\n<p>\nTwo\nlines.</p>", "Two\nlines."),
        ('<p>Noted<sup><a class="footnote-ref" href="#fn:a">1</a></sup>.</p><p>Not noted.</p>', "Not noted."),
        ("<ul><li>One</li></ul>", ""),
        ("", ""),
    ],
)
def test_the_first_paragraph_is_the_first_that_needs_no_note(html, words):
    """A note that hangs on it has no place on another page."""
    assert first_paragraph(html) == words


def test_a_site_of_one_series_begins_with_what_the_series_is_about():
    """With several series there is no one paragraph that says it for all."""
    series = [a_series(content="<p>A turning.</p>"), a_series("other", content="<p>Another.</p>")]
    assert views_of(*a_couple(), series=series[:1])[HOME].about == "A turning."
    assert views_of(*a_couple(), a_part("x", series="other"), series=series)[HOME].about == ""


def test_the_part_to_begin_with_stands_there_once():
    """The opening of the series that a reader begins with is not listed again, and that of another series is."""
    old = [a_part("old", series="old"), a_part("older", day=2, series="old", side="cost")]
    new = [a_part("new", day=3, series="new"), a_part("newer", day=4, series="new", side="cost")]
    home = views_of(*old, *new)[HOME]
    assert home.begin.slug == "new"
    assert [[part.slug for part in card.opening] for card in home.series] == [["old"], []]


@pytest.mark.parametrize(("name", "heading"), [("TURNINGS", "The ledger"), ("Other", "")])
def test_no_name_stands_twice(name, heading):
    """A series that is called like the site is headed as its ledger."""
    assert views_of(*a_couple(), name=name)[HOME].series[0].heading == heading


@pytest.mark.parametrize(
    ("days", "complete", "state"),
    [
        ((1,), False, "Begun on 1 April 2009"),
        ((1, 3), False, "2 parts so far, the newest of 3 April 2009"),
        ((1, 3), True, "Complete in 2 parts, April 2009"),
        ((), True, "Complete in 0 parts"),
        ((), False, ""),
    ],
)
def test_a_series_says_how_far_it_has_come(days, complete, state):
    """One that its author calls complete says so, with its months; one that goes on tells its newest part."""
    parts = [a_part(f"p{day}", day=day) for day in days]
    views = views_of(*parts, series=[a_series(complete=complete)])
    assert views[HOME].series[0].state == views[LEDGER].state == state


def test_a_series_of_several_months_names_the_first_and_the_last():
    """Its months stand in the order of the calendar, whatever the order of its parts."""
    parts = [a_part("late", part=1, date=a_day(1).replace(year=2010, month=5)), a_part("early", part=2)]
    views = views_of(*parts, series=[a_series(complete=True)])
    assert views[LEDGER].state == "Complete in 2 parts, April 2009 to May 2010"


def test_book_and_feed_are_a_step_away():
    """The front page leads to each series as one page and to its feed, where there are such."""
    card = views_of(*a_couple(), an_essay("x"), book=True)[HOME].series[0]
    assert (card.book, card.feed) == ("series/turnings/book/", "feeds/series/turnings.atom.xml")
    assert views_of(*a_couple())[HOME].series[0].book == ""
