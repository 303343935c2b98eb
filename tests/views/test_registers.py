"""The page of all cases and the page of all corrections, and where else corrections are told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from markdown import Markdown

from builders import a_day, a_manuscript, an_essay, views_of
from essay_series.claims import Case, Correction
from essay_series.feeds.dates import item_dates
from essay_series.sources.declare import case_from, correction_from
from essay_series.views.kinds.registers import note_html
from feeds.sites import feed_files

WRONG = Correction(date(2009, 5, 2), "half a year", "four months")
LATER = Correction(date(2009, 5, 9), "Spitehead", "Spithead")
CASES, CORRECTIONS = "cases/index.html", "corrections/index.html"


def test_corrections_and_cases_are_read_from_the_header():
    """Each line under the two keys is a correction or a case, in the author's order."""
    text = (
        "Title: One\nDate: 2009-04-01\nCorrection: 2009-05-02 | half a year | four months\n"
        "    2009-05-09 | Spitehead | Spithead\nCase: Earth Day | 1969-1970 | nelson\nCase: Mutinies | 1797\n\nText."
    )
    essay = a_manuscript({"essays/one.md": text}).essays["essays/one.md"]
    assert essay.corrections == (WRONG, LATER)
    assert essay.cases == (Case("Earth Day", "1969-1970", "nelson"), Case("Mutinies", "1797"))


@pytest.mark.parametrize(
    ("read", "line", "what"),
    [
        (correction_from, "soon | a | b", "soon"),
        (correction_from, "2009-05-02 | a |", "2009-05-02 | a |"),
        (correction_from, "| a | b", "| a | b"),
        (case_from, "Earth Day | 19700", "19700"),
        (case_from, "| 1970", "| 1970"),
        (case_from, "a | 1970 | b | c", "a | 1970 | b | c"),
    ],
)
def test_what_cannot_be_read_is_named(read, line, what):
    """Of a line that is neither a correction nor a case, the piece at fault is returned."""
    assert read(line) == what


def test_a_site_without_them_has_neither_page():
    """Nothing to list, no list."""
    assert not {CASES, CORRECTIONS} & views_of(an_essay("one")).keys()


def test_cases_stand_by_year_with_essay_and_source():
    """The oldest case comes first, with the essay that tells it and what the named footnote says."""
    content = Markdown(extensions=["extra"]).convert("A[^n] B[^m].\n\n[^n]: Bill, *A book* (2004).\n\n[^m]: Else.")
    essays = (
        an_essay("one", content=content, cases=(Case("Earth Day", "1969-1970", "n"),)),
        an_essay("two", cases=(Case("Mutinies", "1797"),)),
    )
    cases = views_of(*essays)[CASES].cases
    assert [(c.name, c.years, c.part.slug, c.source) for c in cases] == [
        ("Mutinies", "1797", "two", ""),
        ("Earth Day", "1969-1970", "one", "Bill, <em>A book</em> (2004)."),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A[^n].\n\n[^n]: One.\n\n    Two.", "<p>One.</p>\n<p>Two.</p>"),
        ("A[^n].\n\n[^n]: - a\n    - b\n\nMore.", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("A[^m].\n\n[^m]: One.", ""),
    ],
)
def test_a_note_is_shown_whole_and_without_its_way_back(text, says):
    """Paragraphs and lists of a note stay, the link back to its mark goes, and an unknown label gives nothing."""
    assert note_html(Markdown(extensions=["extra"]).convert(text), "n") == says


def test_the_last_corrected_essay_comes_first_and_its_newest_correction_first():
    """The log of corrections, and the foot of the essay, begin with what is newest."""
    essays = an_essay("one", corrections=(WRONG, LATER)), an_essay("two", corrections=(WRONG,)), an_essay("three")
    views = views_of(*essays)
    told = [(each.part.slug, [line.wrong for line in each.corrections]) for each in views[CORRECTIONS].essays]
    assert told == [("one", ["Spitehead", "half a year"]), ("two", ["half a year"])]
    foot = views["essays/one/index.html"]
    assert [line.right for line in foot.corrections] == ["Spithead", "four months"]
    assert foot.all_corrections == "corrections/"
    assert views["essays/three/index.html"].all_corrections == ""


def test_a_correction_is_one_item_of_a_feed_of_its_own():
    """Subscribers of the corrections are told of the newest of an essay once, under an id that never changes."""
    essay = an_essay("one", corrections=(WRONG,))
    feed = json.loads(feed_files(essay)["feeds/corrections.json"])
    assert [item["title"] for item in feed["items"]] == ["Corrected: One"]
    assert "Was: half a year. Now: four months." in feed["items"][0]["content_html"]
    edited = feed_files(replace(essay, content="<p>Other words.</p>"))
    again = json.loads(edited["feeds/corrections.json"])
    assert [item["id"] for item in again["items"]] == [item["id"] for item in feed["items"]]
    added = json.loads(feed_files(replace(essay, corrections=(WRONG, LATER)))["feeds/corrections.json"])
    assert added["items"][0]["id"] != feed["items"][0]["id"]


def test_a_correction_moves_no_other_item():
    """In every other feed the essay keeps its id and its dates: nothing re-appears."""
    before, after = (feed_files(an_essay("one", corrections=each)) for each in ((), (WRONG,)))
    assert before["feeds/all.atom.xml"] == after["feeds/all.atom.xml"]


def test_corrections_of_one_day_have_moments_of_their_own():
    """No two items of a feed share a moment, and a correction is later than what it corrects."""
    essays = [an_essay(f"e{n}", corrections=(WRONG,)) for n in range(3)]
    essays.append(an_essay("late", date=a_day(1), corrections=(replace(WRONG, day=date(2009, 4, 1)),)))
    found = item_dates(essays)
    times = [found[each.source].corrected for each in essays]
    assert len(set(times)) == len(times)
    assert all(found[each.source].corrected > found[each.source].published for each in essays)
