"""An incremental build gives the same bytes as one from nothing, whatever happened in between."""

from __future__ import annotations

from pathlib import Path

import pytest

import walk
from author import Author, DifferenceError
from essay_series.adapter.outputs import page_keys
from essay_series.build.output import staging
from forked import build
from reasons import last_reasons
from rules import RULES, Rule
from walk import PROFILES, Profile, Step, drawn, rules_of, short_walk, shortened, unscheduled


@pytest.mark.slow
@pytest.mark.parametrize("name", PROFILES)
def test_each_step_of_a_walk_ends_as_a_build_from_nothing(name):
    """After every change and accident of a walk, an incremental build equals one from nothing; every rule is used."""
    tally = short_walk(name)
    print(tally)  # noqa: T201 - it is shown where something is missing
    rules = rules_of(PROFILES[name].short)
    assert [rule for rule in rules if not tally.taken[rule]] == []
    changing = [rule for rule in rules if RULES[rule].kind != "accident"]
    assert [rule for rule in changing if not tally.changing[rule]] == []
    assert name != "plain" or all(count.total() for count in (tally.refused, tally.killed))


def test_every_rule_is_used(monkeypatch):
    """A long walk uses every rule, and a short one every cheap rule, including new rules."""
    assert unscheduled() == set()
    monkeypatch.setitem(RULES, "novel", Rule(Author.build, {}, "of no walk"))
    assert unscheduled() == {"novel"}


def test_a_walk_depends_only_on_its_seed():
    """The same seed gives the same steps, another one others, and all rules are equally frequent."""
    rules = rules_of(["source"])
    steps = drawn(rules, 2 * len(rules), "1")
    assert steps == drawn(rules, 2 * len(rules), "1") != drawn(rules, 2 * len(rules), "2")
    assert sorted(step.rule for step in steps) == sorted(rules * 2)


def test_steps_to_a_difference_are_minimized(monkeypatch):
    """Steps that are not needed to reproduce a difference are left out of the report."""
    steps = [Step(f"s{number}", {}) for number in range(20)]
    needed = [steps[3], steps[11], steps[19]]
    monkeypatch.setattr(walk, "_fails", lambda _, taken: all(step in taken for step in needed))
    assert shortened(PROFILES["plain"], steps) == needed


def forget_neighbours(monkeypatch):
    """Make the key of an essay's page depend on its own text only."""
    parts = page_keys._parts  # noqa: SLF001 - where it is planted
    monkeypatch.setattr(page_keys, "_parts", lambda *view: {**parts(*view), "shown": ""})


def keep_what_vanished(monkeypatch):
    """Make builds remove no file."""
    monkeypatch.setattr(staging, "take_away", lambda *_: None)


class Planter(Author):
    """An author whose builds have planted faults."""

    here = True


FAULTS = {
    "a neighbour's title": (forget_neighbours, Step("retitle", {"slug": "e3", "title": "One"})),
    "what vanished": (keep_what_vanished, Step("delete", {"slug": "e4", "links": True})),
}


@pytest.mark.site
@pytest.mark.parametrize("fault", FAULTS)
def test_a_walk_finds_what_an_engine_forgets(monkeypatch, fault):
    """With a planted fault, a walk ends with the steps that reproduce it."""
    plant, step = FAULTS[fault]
    plant(monkeypatch)
    steps = [Step("rest", {}), step, Step("rest", {})]
    with pytest.raises(DifferenceError) as raised:
        walk.walk(Profile((), (), author=Planter), steps)
    assert raised.value.steps == steps[:2]
    assert repr(step) in "\n".join(raised.value.__notes__)


AROUND = {
    "the address of what it links to": ("rename", {"slug": "e0", "name": "x", "alias": False}),
    "what keeps its promise": ("restatus", {"slug": "e5", "status": "published", "links": False}),
    "the title of its neighbour": ("retitle", {"slug": "e0", "title": "One"}),
    "who links to it": ("edit", {"slug": "e3", "word": "[link]({filename}e0.md)", "times": 1}),
    "who answers it": ("answer", {"first": "e0", "second": "e1"}),
    "how many parts there are": ("reseries", {"slug": "e4", "series": None}),
    "a file that it shows": ("repaint", {"name": "a", "shade": 30, "width": 30}),
    "the declaration of its series": ("declare", {"title": "Turnings", "planned": "", "text": "Home"}),
    "the name of the site": ("resettle", {"which": ("SITENAME", "Yours")}),
    "the theme": ("retheme", {"word": "<!-- a -->"}),
    "a feed's items": ("revise", {"slug": "e0", "day": "2009-05-01"}),
    "its translation": ("translate", {"slug": "e0", "title": "Un"}),
}


@pytest.fixture(scope="module")
def everyone():
    """Return an author with a built site, which several tests change in turn."""
    author = Author()
    author.begin()
    yield author
    author.teardown()


@pytest.mark.site
@pytest.mark.parametrize("what", AROUND)
def test_pages_change_with_everything_that_they_depend_on(everyone, what):
    """Pages and feeds that show part of another source, a setting or the theme change with it."""
    rule, values = AROUND[what]
    changes = everyone.changes
    RULES[rule].change(everyone, **values)
    assert everyone.changes > changes


@pytest.mark.site
def test_another_style_keeps_files_that_do_not_depend_on_it(everyone):
    """Feeds, copies, cards and lists of all pages are kept if only the theme changes."""
    everyone.settings |= {"CARDS": True, "LLMS_SAVE_AS": "llms.txt", "COPIES": ["md", "bib", "csl.json"]}
    everyone.build()
    RULES["retheme"].change(everyone, word="<!-- b -->")
    everyone.build()
    written = last_reasons(everyone.folder, "output")[1].keys()
    assert {path for path in written if not path.endswith(".html")} == {"manifest.json"}  # its template is the theme's
    kinds = {Path(path).suffix for path in everyone.good}
    assert {".html", ".md", ".bib", ".json", ".xml", ".opml", ".txt", ".png"} <= kinds


@pytest.mark.site
def test_an_edit_keeps_all_other_pages():
    """After an edit of one text, the files of other essays, lists and plays are kept."""
    author = Author()
    try:
        author.begin()
        author.build()
        before = {path: (author.folder / "output" / path).stat().st_ino for path in author.good}
        author.bodies["e3"] += " more"
        author.write()
        assert author.run().code == 0
        fresh = {path for path in author.good if (author.folder / "output" / path).stat().st_ino != before[path]}
        assert "essays/e3/index.html" in fresh
        assert {path for path in fresh if path.endswith(".html")} == {
            "essays/e3/index.html",
            "series/turnings/book/index.html",
        }
        assert "feeds/sides/costs.atom.xml" not in fresh
        assert "Nothing has changed" in author.run().said
    finally:
        author.teardown()


@pytest.mark.site
def test_pelicans_own_lists_are_complete_in_every_build():
    """A template that uses `articles` gets every essay in every build."""
    author = Author()
    try:
        file = author.folder / "theme/templates/archives.html"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("{% block content %}", "{% block content %}{{ articles|length }} in all"))
        author.begin()
        author.edit("e3", "more")
        assert build(author.folder).said.count("5 essays") == 1
        assert b"5 in all" in author.good["archive/index.html"]
    finally:
        author.teardown()
