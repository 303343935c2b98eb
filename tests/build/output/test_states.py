"""The state of a file changes with every change of it, even if size and mtime stay the same."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from essay_series.adapter.outputs import files as outputs
from essay_series.build.output.states import (
    FOLDER,
    MISSING,
    TICK,
    all_renewed,
    outermost,
    renewed,
    state_of,
    states_below,
)

LATER = 10 * 10**9
"""Nanoseconds after which no clock says the same."""


def same_times(file: Path, text: str) -> None:
    """Write `text` into `file` in place, and restore its mtime."""
    before = file.stat()
    file.write_text(text)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.fixture
def file(tmp_path) -> Path:
    """Return a file with some text."""
    path = tmp_path / "a.md"
    path.write_text("old")
    return path


def test_an_edit_that_keeps_size_and_mtime_is_detected(file):
    """An edit whose mtime was set back is detected by the ctime."""
    state = state_of(str(file), time.time_ns() + LATER)
    assert renewed(str(file), state, 0) == state
    time.sleep(TICK / 10**9)
    same_times(file, "new")
    assert renewed(str(file), state, 0) is None


def test_an_edit_within_one_tick_of_the_clock_is_detected(file, monkeypatch):
    """The state of a file that has just been changed holds a digest of its content."""
    facts = file.stat()
    monkeypatch.setattr(os, "stat", lambda _: facts)
    state = state_of(str(file), facts.st_ctime_ns)
    file.write_text("new")
    assert renewed(str(file), state, facts.st_ctime_ns) is None
    file.write_text("old")
    assert renewed(str(file), state, facts.st_ctime_ns) == state


def test_times_in_whole_seconds_are_taken_for_rounded_ones(file, monkeypatch):
    """On a file system with whole seconds, the state of a file of this second holds a digest."""
    facts = list(file.stat())
    whole = os.stat_result(facts, {"st_mtime_ns": 5 * 10**9, "st_ctime_ns": 5 * 10**9})
    monkeypatch.setattr(os, "stat", lambda _: whole)
    second = state_of(str(file), 6 * 10**9)
    assert len(second.split()) == 5
    assert len(state_of(str(file), 8 * 10**9).split()) == 4
    file.write_text("new")
    assert renewed(str(file), second, 6 * 10**9) is None


def test_a_digest_is_left_out_once_the_file_is_old(file):
    """The renewed state of a file that is no longer fresh has no digest."""
    state = state_of(str(file), 0)
    assert len(state.split()) == 5
    assert renewed(str(file), state, 0) == state
    assert renewed(str(file), state, time.time_ns() + LATER) == state.rpartition(" ")[0]


def test_a_hard_link_changes_the_state(file):
    """Linking a file changes its state, so states are taken after all linking."""
    state = state_of(str(file), time.time_ns() + LATER)
    time.sleep(TICK / 10**9)
    os.link(file, file.with_name("b.md"))
    assert renewed(str(file), state, 0) is None


CHANGES = {
    "a new file": lambda folder: (folder / "b").write_text("b"),
    "a new folder": lambda folder: (folder / "c").mkdir(),
    "a file less": lambda folder: (folder / "a.md").unlink(),
    "a folder for a file": lambda folder: [(folder / "a.md").unlink(), (folder / "a.md").mkdir()],
    "longer": lambda folder: (folder / "a.md").write_text("older"),
    "there now": lambda folder: (folder.parent / "wanted").write_text(""),
}


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_below_a_root_is_detected(what, tmp_path):
    """New, removed and changed files are detected, and a missing file that now exists."""
    root, wanted = tmp_path / "root", str(tmp_path / "wanted")
    root.mkdir()
    (root / "a.md").write_text("old")
    (root / "__pycache__").mkdir()
    states = {**states_below([str(root)], 0), wanted: state_of(wanted, 0)}
    assert (states[str(root)], states[wanted]) == (FOLDER, MISSING)
    (root / "__pycache__/a.pyc").write_text("a")
    assert all_renewed([str(root)], states, 0) == states
    CHANGES[what](root)
    assert all_renewed([str(root)], states, 0) is None


def test_the_names_in_a_folder_have_a_state(tmp_path):
    """The state of a path with a trailing slash is the names in the folder, whatever the files hold."""
    folder = f"{tmp_path}/"
    (tmp_path / "a").write_text("a")
    state = state_of(folder, 0)
    (tmp_path / "a").write_text("b")
    assert renewed(folder, state, 0) == state
    (tmp_path / "b").write_text("b")
    assert renewed(folder, state, 0) is None
    assert state_of(f"{tmp_path}/none/", 0) == MISSING


def test_roots_below_other_roots_are_dropped():
    """A root below another one is dropped; one whose name only begins alike is not."""
    assert outermost(["a/b", "a", "a-b", "a/b/c", "b/c", "b/c", "a.b"]) == ["a-b", "a.b", "a", "b/c"]


def test_a_large_file_that_changes_within_one_tick_is_copied_again(tmp_path, monkeypatch):
    """The key of a small copied file is a digest, that of a large one its state."""
    video = tmp_path / "video.mp4"
    video.write_bytes(b"a" * outputs.SMALL)
    facts = video.stat()
    monkeypatch.setattr(os, "stat", lambda *_, **__: facts)
    monkeypatch.setattr(outputs, "time_ns", lambda: facts.st_ctime_ns)
    first = outputs._copy("video.mp4", video).key  # noqa: SLF001 - the smallest door to it
    video.write_bytes(b"b" * outputs.SMALL)
    assert outputs._copy("video.mp4", video).key != first  # noqa: SLF001 - likewise
