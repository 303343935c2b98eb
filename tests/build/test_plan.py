"""The plan of a build: every file is written for a reason or kept, and only what builds made is removed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_series.build import plan as planning
from essay_series.build.plan import Made, Plan, plan
from essay_series.build.target import Target

PATHS = ("index.html", "feed.xml", "mine.txt")


def a_target(path: str = "a/index.html", **key: str) -> Target:
    """Return a target that is made of `key`."""
    return Target(path, key, lambda: b"")


def nothing_else() -> bytes:
    """Return what an unkeyed target holds."""
    return b""


keys = st.sampled_from(({"content": "x"}, {"content": "x", "theme": "y"}))
states = st.sampled_from(("old", "new"))
targets = st.lists(
    st.builds(Target, st.sampled_from(PATHS), st.none() | keys, st.just(nothing_else)), unique_by=lambda each: each.path
)
previous = st.dictionaries(st.sampled_from(PATHS), st.none() | st.builds(Made, keys, states))
present = st.dictionaries(st.sampled_from(PATHS), states)


def after(wanted: list[Target]) -> tuple[dict[str, Made | None], dict[str, str]]:
    """Return what the next build finds after all of `wanted` was written."""
    there = {each.path: "written" for each in wanted}
    return {each.path: Made(each.key, "written") if each.key else None for each in wanted}, there


@given(targets, previous, present)
def test_every_target_is_written_or_kept(wanted, before, there):
    """Each target is in exactly one of the two, whatever was there; nothing else is in either."""
    found = plan(wanted, before, there)
    assert found.write.keys() | found.keep == {each.path for each in wanted}
    assert not found.write.keys() & found.keep
    assert all(found.write.values())


@given(targets, previous, present)
def test_only_what_is_as_recorded_is_kept(wanted, before, there):
    """A file is kept exactly if it was made of the same and is there as the last build left it."""
    found = plan(wanted, before, there)
    for each in wanted:
        record = before.get(each.path)
        same = record is not None and record.key == each.key and there.get(each.path) == record.state
        assert (each.path in found.keep) == same


@given(targets, previous, present)
def test_only_files_of_the_last_build_are_removed(wanted, before, there):
    """What the last build made and no target makes is removed; a file that it did not make never is."""
    found = plan(wanted, before, there)
    assert found.remove == {path for path in before if path in there} - {each.path for each in wanted}


@given(targets)
def test_the_plan_of_an_unchanged_site_does_nothing(wanted):
    """Right after a build nothing is written or removed, but for files that every build makes."""
    before, there = after(wanted)
    found = plan(wanted, before, there)
    assert found.write == {each.path: planning.ALWAYS for each in wanted if each.key is None}
    assert not found.remove


REASONS = {
    "there is no earlier build": ({"content": "x"}, None, "made"),
    "its content changed": ({"content": "y"}, {"content": "x"}, "made"),
    "what it shows of other pages changed; the theme changed": (
        {"content": "x", "shown": "y", "theme": "y"},
        {"content": "x", "shown": "x", "theme": "x"},
        "made",
    ),
    "the navigation changed": ({"navigation": "y"}, {"navigation": "x"}, "made"),
    "settings changed": ({"settings": "y"}, {"settings": "x"}, "made"),
    "the code or a package changed": ({"code": "y"}, {"code": "x"}, "made"),
    "pages that it is made from changed": ({"pages": "y"}, {"pages": "x"}, "made"),
    "the file is missing": ({"content": "x"}, {"content": "x"}, None),
    "the file was changed after it was built": ({"content": "x"}, {"content": "x"}, "other"),
    "sizes changed": ({"sizes": "y"}, {"sizes": "x"}, "made"),
    "it takes the place of another kind of file": ({"content": "y", "theme": "x"}, {"content": "x"}, "made"),
}


@pytest.mark.parametrize("reason", REASONS)
def test_the_reason_names_what_changed(reason):
    """An author reads which of the inputs changed, or what became of the file."""
    now, before, state = REASONS[reason]
    known = {} if before is None else {"a/index.html": Made(before, "made")}
    there = {} if state is None else {"a/index.html": state}
    assert plan([a_target(**now)], known, there) == Plan({"a/index.html": reason})


def test_what_was_not_there_before_is_new():
    """A page that the last build did not make is a new page, anything else a new file."""
    known = {"other.html": Made({"content": "x"}, "made")}
    found = plan([a_target("one.html", content="x"), a_target("feed.xml", content="x")], known, {})
    assert found.write == {"one.html": "new page", "feed.xml": "new file"}


def test_a_file_without_a_record_is_made_again():
    """Where it is known that a file is ours, and not what it was made of, it is made again."""
    assert plan([a_target(content="x")], {"a/index.html": None}, {"a/index.html": "made"}).write == {
        "a/index.html": "there is no record of what it was made from"
    }


def test_what_depends_on_something_unknown_is_made_on_every_build():
    """A target without a key is never kept."""
    before, there = after([a_target(content="x")])
    assert plan([replace(a_target(), key=None)], before, there).write == {"a/index.html": "made on every build"}
