"""A build that takes over what it can gives the same bytes as a clean one, whatever happened in between."""

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
    """After every change and accident an incremental build is what is built from nothing; each rule has had a turn."""
    tally = short_walk(name)
    print(tally)  # noqa: T201 - it is shown where something is missing
    rules = rules_of(PROFILES[name].short)
    assert [rule for rule in rules if not tally.taken[rule]] == []
    changing = [rule for rule in rules if RULES[rule].kind != "accident"]
    assert [rule for rule in changing if not tally.changing[rule]] == []
    assert name != "plain" or all(count.total() for count in (tally.refused, tally.killed))


def test_no_rule_is_left_out(monkeypatch):
    """Each rule has its turn in a long walk, and in a short one if it is not costly; one that is added must too."""
    assert unscheduled() == set()
    monkeypatch.setitem(RULES, "novel", Rule(Author.build, {}, "of no walk"))
    assert unscheduled() == {"novel"}


def test_a_walk_is_drawn_from_its_seed():
    """The same seed gives the same steps, another one others, and each rule comes as often as any other."""
    rules = rules_of(["source"])
    steps = drawn(rules, 2 * len(rules), "1")
    assert steps == drawn(rules, 2 * len(rules), "1") != drawn(rules, 2 * len(rules), "2")
    assert sorted(step.rule for step in steps) == sorted(rules * 2)


def test_of_the_steps_to_a_difference_only_the_needed_are_told(monkeypatch):
    """What need not be done to see a wrong build is left out of the steps that are told."""
    steps = [Step(f"s{number}", {}) for number in range(20)]
    needed = [steps[3], steps[11], steps[19]]
    monkeypatch.setattr(walk, "_fails", lambda _, taken: all(step in taken for step in needed))
    assert shortened(PROFILES["plain"], steps) == needed


def forget_neighbours(monkeypatch):
    """Let the page of an essay be made of its own text alone."""
    parts = page_keys._parts  # noqa: SLF001 - where it is planted
    monkeypatch.setattr(page_keys, "_parts", lambda *view: {**parts(*view), "shown": ""})


def keep_what_vanished(monkeypatch):
    """Let no file be removed."""
    monkeypatch.setattr(staging, "take_away", lambda *_: None)


class Planter(Author):
    """An author whose builds have the faults that are planted here."""

    here = True


FAULTS = {
    "a neighbour's title": (forget_neighbours, Step("retitle", {"slug": "e3", "title": "One"})),
    "what vanished": (keep_what_vanished, Step("delete", {"slug": "e4", "links": True})),
}


@pytest.mark.site
@pytest.mark.parametrize("fault", FAULTS)
def test_a_walk_finds_what_an_engine_forgets(monkeypatch, fault):
    """Where a page forgets its neighbours, or what vanished stays, a walk ends with the steps that show it."""
    plant, step = FAULTS[fault]
    plant(monkeypatch)
    steps = [Step("rest", {}), step, Step("rest", {})]
    with pytest.raises(DifferenceError) as told:
        walk.walk(Profile((), (), author=Planter), steps)
    assert told.value.steps == steps[:2]
    assert repr(step) in "\n".join(told.value.__notes__)


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
    """Return an author whose site is built, and is changed by one test after the other."""
    author = Author()
    author.begin()
    yield author
    author.teardown()


@pytest.mark.site
@pytest.mark.parametrize("what", AROUND)
def test_whatever_else_a_page_depends_on_is_noticed(everyone, what):
    """Pages and feeds that show something of another source, of a setting or of the theme are made again with it."""
    rule, values = AROUND[what]
    changes = everyone.changes
    RULES[rule].change(everyone, **values)
    assert everyone.changes > changes


@pytest.mark.site
def test_another_style_leaves_texts_for_programs_as_they_are(everyone):
    """Feeds, copies, cards and lists of all pages are not made again with another theme: they say the same."""
    everyone.settings |= {"CARDS": True, "LLMS_SAVE_AS": "llms.txt", "COPIES": ["md", "bib", "csl.json"]}
    everyone.build()
    RULES["retheme"].change(everyone, word="<!-- b -->")
    everyone.build()
    written = last_reasons(everyone.folder, "output")[1].keys()
    assert {path for path in written if not path.endswith(".html")} == {"manifest.json"}  # its template is the theme's
    kinds = {Path(path).suffix for path in everyone.good}
    assert {".html", ".md", ".bib", ".json", ".xml", ".opml", ".txt", ".png"} <= kinds


@pytest.mark.site
def test_only_what_changed_is_made_again():
    """After an edit of one text, the files of other essays, lists and plays are the very files that they were."""
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
def test_a_theme_that_asks_for_pelicans_own_lists_has_them_whole():
    """Where a template names `articles`, every essay is in its list in every build."""
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
