"""The plan of a build writes each file for a reason or keeps it, and removes only what builds made."""

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
    """Return a target with the given `key`."""
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
    """Return the manifest and the states of files after a build of all of `wanted`."""
    there = {each.path: "written" for each in wanted}
    return {each.path: Made(each.key, "written") if each.key else None for each in wanted}, there


@given(targets, previous, present)
def test_every_target_is_written_or_kept(wanted, before, there):
    """Each target is either written or kept, and nothing else is."""
    found = plan(wanted, before, there)
    assert found.write.keys() | found.keep == {each.path for each in wanted}
    assert not found.write.keys() & found.keep
    assert all(found.write.values())


@given(targets, previous, present)
def test_a_file_is_kept_only_if_key_and_state_are_the_same(wanted, before, there):
    """A file is kept exactly if its key and its state are as recorded."""
    found = plan(wanted, before, there)
    for each in wanted:
        record = before.get(each.path)
        same = record is not None and record.key == each.key and there.get(each.path) == record.state
        assert (each.path in found.keep) == same


@given(targets, previous, present)
def test_only_files_of_the_last_build_are_removed(wanted, before, there):
    """A recorded file without a target is removed; a file that no build made never is."""
    found = plan(wanted, before, there)
    assert found.remove == {path for path in before if path in there} - {each.path for each in wanted}


@given(targets)
def test_the_plan_of_an_unchanged_site_does_nothing(wanted):
    """After a build, only targets without a key are written, and nothing is removed."""
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
    """The reason names the inputs that changed, or that the file was changed or is missing."""
    now, before, state = REASONS[reason]
    known = {} if before is None else {"a/index.html": Made(before, "made")}
    there = {} if state is None else {"a/index.html": state}
    assert plan([a_target(**now)], known, there) == Plan({"a/index.html": reason})


def test_a_file_without_a_predecessor_is_new():
    """A page that was not recorded is a new page; any other file is a new file."""
    known = {"other.html": Made({"content": "x"}, "made")}
    found = plan([a_target("one.html", content="x"), a_target("feed.xml", content="x")], known, {})
    assert found.write == {"one.html": "new page", "feed.xml": "new file"}


def test_a_file_with_an_unknown_key_is_written():
    """A file that builds made but that has no recorded key is written."""
    assert plan([a_target(content="x")], {"a/index.html": None}, {"a/index.html": "made"}).write == {
        "a/index.html": "there is no record of what it was made from"
    }


def test_a_target_without_a_key_is_always_written():
    """A target without a key is never kept."""
    before, there = after([a_target(content="x")])
    assert plan([replace(a_target(), key=None)], before, there).write == {"a/index.html": "made on every build"}
