"""The status of a site: complete, without duplicates, and no wider than a terminal."""

from __future__ import annotations

import sys
from datetime import date
from io import StringIO

import pytest
from click import unstyle
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from builders import a_manuscript
from essay_series.cli.command import run
from essay_series.cli.show.overview import overview, words_in
from essay_series.cli.show.status import report
from essay_series.cli.terminal import WIDTH, counted, fitted, listed, styled

TODAY = date(2026, 1, 1)
SERIES = """\
Title: Turnings
Planned: The end | benefit | 2026-02-01
Planned: The late one | cost | 2025-12-31
Planned: Price

Text.
"""
FILES = {
    "series/turnings.md": SERIES,
    "series/two-minds.md": "Title: Two minds\nStatus: draft\n\nText.\n",
    "playbook/let-go.md": "Title: Let go\n\nText.\n",
    "playbook/guard.md": "Title: Guard\n\nText.\n",
    "essays/opening.md": (
        "Title: Opening\nDate: 2009-04-01\nSeries: turnings\nModified: 2009-05-01\nRevision: A date.\n\nOne two.\n"
    ),
    "essays/price.md": (
        "Title: Price\nDate: 2009-04-02\nSeries: turnings\nSide: cost\nEntry: A.\nAnswers: gain\nTags: let-go\n\n"
        '<span data-promise="the late one">Three</span> words here.\n'
    ),
    "essays/gain.md": (
        "Title: Gain\nDate: 2009-04-03\nSeries: turnings\nSide: benefit\nEntry: B.\nAnswers: price\nTags: let-go\n\n"
        "One.\n"
    ),
    "essays/extra.md": "Title: Extra\nDate: 2009-04-04\nSeries: turnings\nSide: cost\nEntry: C.\nTags: guard\n\nOne.\n",
    "essays/soon.md": "Title: Soon\nDate: 2026-01-05\nSeries: turnings\n\nOne.\n",
    "essays/idea.md": "Title: Idea\nStatus: draft\nSeries: two-minds\n\nOne.\n",
    "essays/lone.md": "Title: Lone\nDate: 2009-04-04\nStatus: hidden\n\nOne.\n",
    "essays/lone-fr.md": "Title: Seul\nDate: 2009-04-04\nLang: fr\nSlug: opening\nTranslation: true\n\nUn.\n",
}
EXPECTED = """\
Turnings
  4 parts; 2 costs, 1 benefit (1 cost more); 1 pair; 7 words
   1    2009-04-01  Opening                                                    2
   2 -  2009-04-02  Price                                                      3
   3 +  2009-04-03  Gain                                                       1
   4 -  2009-04-04  Extra                                                      1
   ·    2026-01-05  Soon                                            1  in 4 days
   · +  2026-02-01  The end                                              planned
   · -  2025-12-31  The late one                                         overdue

Two minds (draft)
  no part is published yet
   ·    no date     Idea                                                1  draft

Outside any series
   ·    2009-04-04  Lone                                               1  hidden

Plays without both sides
  Guard: no benefit

Overdue promises
  31 December 2025  the late one (essays/price.md:9)

Translations behind their originals
  2009-05-01  Seul (fr)

Last revisions
  2009-05-01  Opening: A date.

4 published, 1 scheduled, 1 hidden, 1 draft, 1 planned, 1 overdue, 10 words"""


def test_the_whole_site_is_seen_at_a_glance():
    """Every essay has a row with part, side, day, words and state; what is left to do follows."""
    assert unstyle(report(overview(a_manuscript(FILES), TODAY))) == EXPECTED


def test_a_series_is_called_as_in_the_sites_own_language():
    """The translation of a series' file does not change its title."""
    files = {"series/wendungen.md": "Title: Wendungen\nSlug: turnings\nLang: de\n\nText.\n", **FILES}
    assert "Wendungen" not in [run.title for run in overview(a_manuscript(files), TODAY).series]


def test_a_planned_part_is_overdue_from_the_day_after_its_own():
    """A planned part is overdue from the day after its date."""
    manuscript = a_manuscript({"series/turnings.md": "Title: Turnings\nPlanned: The end | 2026-01-01\n\nText.\n"})
    states = [overview(manuscript, day).lines[0].state for day in (TODAY, date(2026, 1, 2))]
    assert states == ["planned", "overdue"]


def test_letters_take_the_columns_that_a_terminal_gives_them():
    """Wide East Asian letters take two columns, combining marks none, and no letter is cut."""
    assert [fitted("信用", columns) for columns in (5, 4, 3, 2)] == ["信用 ", "信用", "信…", " …"]


def test_an_empty_site_has_one_line():
    """A site without essays has one line."""
    assert report(overview(a_manuscript({}), TODAY)) == "0 words"


TITLES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=90).map(lambda t: " ".join(t.split()))


@st.composite
def sites(draw) -> dict[str, str]:
    """Draw a few essays of every state, in series or not, with any titles."""
    files = {}
    if draw(st.booleans()):
        files["series/turnings.md"] = f"Title: {draw(TITLES)}\nPlanned: {draw(TITLES)} | 2026-01-02\n\nText.\n"
    for slug in draw(st.lists(st.sampled_from("abcdef"), unique=True)):
        lines = [f"Title: {draw(TITLES)}"]
        lines += draw(st.sampled_from((["Date: 2009-04-01"], ["Date: 2099-04-01"], ["Date: 2026-01-01"], [])))
        lines += draw(st.sampled_from((["Series: turnings"], ["Series: Other"], [])))
        lines += draw(st.sampled_from((["Side: cost"], ["Side: benefit"], [])))
        lines += draw(st.sampled_from((["Status: draft"], ["Status: hidden"], [])))
        files[f"essays/{slug}.md"] = "\n".join([*lines, "", "Some text."])
    return files


@given(sites())
def test_every_essay_is_counted_once(files):
    """Every essay is counted in one state, and every published part in one series."""
    manuscript = a_manuscript(files)
    seen = overview(manuscript, TODAY)
    slugs = [line.slug for line in seen.lines if line.slug]
    assert sorted(slugs) == sorted(essay.slug for essay in manuscript.essays.values())
    numbers = [line.number for run in seen.series for line in run.lines if line.number]
    assert len(numbers) == len(manuscript.site.places)
    for each in seen.series:
        on_a_side = each.count("published", "cost") + each.count("published", "benefit")
        assert 2 * each.pairs <= on_a_side <= each.count("published") >= sum(bool(line.number) for line in each.lines)


@given(sites())
def test_no_line_is_wider_than_a_terminal(files):
    """Titles of any length and script fit into 80 columns."""
    seen = overview(a_manuscript(files), TODAY)
    assert max(map(cell_len, unstyle(report(seen)).split("\n"))) <= WIDTH


@given(TITLES, st.integers(1, 30))
def test_a_text_is_fitted_to_the_column(text, columns):
    """A fitted text has exactly the given width, and is cut only if it is longer."""
    found = fitted(text, columns)
    assert cell_len(found) == columns
    assert cell_len(text) > columns or found.rstrip(" ") == text.rstrip(" ")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_whose_owner_wants_it(environment, coloured, monkeypatch):
    """A terminal with NO_COLOR gets plain text, as files and pipes do."""
    monkeypatch.delenv("TERM", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    shown = StringIO()
    shown.isatty = lambda: True
    monkeypatch.setattr(sys, "stdout", shown)
    assert run(lambda _: styled("a", "strong")) == 0
    assert shown.getvalue() == ("\x1b[1ma\x1b[0m\n" if coloured else "a\n")


def test_words_are_what_a_reader_reads():
    """Markup, URLs, tags and comments are not counted; contractions and compounds are one word."""
    text = "It's *so* well-meant[^a]: see [the pair]({filename}/x.md).\n\n<!-- no -->\n[^a]: A <b>note</b>, https://e.example/.\n"
    assert words_in(text) == 8


def test_numbers_and_lists_are_in_plain_english():
    """One is one, many are many, and the last of a list comes with an "and"."""
    assert counted(1, "cost") == "1 cost"
    assert counted(1200, "word") == "1,200 words"
    assert [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_the_command_prints_the_overview(site):
    """The command prints plain text if its output is not a terminal."""
    done = site.essay("one").essay("two", Status="draft").publish("", command="status")
    assert done.code == 0
    assert done.said.endswith("1 published, 1 draft, 2 words\n")
    assert "\x1b" not in done.said
