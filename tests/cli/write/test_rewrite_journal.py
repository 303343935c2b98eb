"""After any number of interruptions, all sources are in the old state or all in the new one."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import PROJECT
from essay_series.cli.command import CommandError
from essay_series.cli.write.rewrite.edits import Edit
from essay_series.cli.write.rewrite.journal import Disk, carry_out, finish

EDITS = [
    Edit("a.md", "a.md", b"A old", b"A new"),
    Edit("b/b.md", "b/c.md", b"\xff\r\n", b"\xff\r\nAliases: b\r\n"),
    Edit("d.md", "e.md", b"", b""),
    Edit("new/f.md", "new/f.md", None, b"F"),
]
OLD = {edit.path: edit.before for edit in EDITS if edit.before is not None} | {"mine.md": b"mine"}
NEW = {edit.to: edit.after for edit in EDITS} | {"mine.md": b"mine"}
STEPS = 13


class PowerCutError(Exception):
    """The simulated failure."""


class FailingDisk(Disk):
    """A disk that fails after some steps; a failing write is half done."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def _step(self):
        if self.left == 0:
            raise PowerCutError
        self.left -= 1

    def write(self, file, data, like=None):
        """Write all of the data, or half of it when the power fails."""
        if self.left == 0:
            file.write_bytes(data[: len(data) // 2])
        self._step()
        super().write(file, data, like)

    def replace(self, file, target):
        """Replace, unless the power has failed."""
        self._step()
        super().replace(file, target)

    def remove(self, file):
        """Remove, unless the power has failed."""
        self._step()
        super().remove(file)


def lay_out(root: Path) -> None:
    """Write the old files below `root`."""
    for path, data in OLD.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(data)


def files(root: Path) -> dict[str, bytes]:
    """Return every file below `root`."""
    return {f.relative_to(root).as_posix(): f.read_bytes() for f in root.rglob("*") if f.is_file()}


def test_without_interruption_all_files_are_changed(tmp_path):
    """Without an interruption all files are changed, and no other file is left."""
    lay_out(tmp_path)
    carry_out(tmp_path, EDITS)
    assert files(tmp_path) == NEW


@pytest.mark.parametrize("steps", range(STEPS))
def test_a_power_cut_at_any_step_leaves_old_or_new_files(tmp_path, steps):
    """An interruption before the journal is written leaves the old files; later, recovery completes the new ones."""
    lay_out(tmp_path)
    with pytest.raises(PowerCutError):
        carry_out(tmp_path, EDITS, FailingDisk(steps))
    finish(tmp_path)
    assert files(tmp_path) == (OLD if steps < 2 else NEW)


def test_every_step_is_interrupted_in_these_tests(tmp_path):
    """The number of steps in these tests is the number of steps of a change."""
    lay_out(tmp_path)
    carry_out(tmp_path, EDITS, FailingDisk(STEPS))
    assert files(tmp_path) == NEW


@settings(deadline=None)
@given(st.integers(0, STEPS), st.lists(st.integers(0, STEPS), max_size=4))
def test_recovery_may_be_interrupted(first, more):
    """Recovery may be interrupted any number of times."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        lay_out(root)
        for steps, command in [
            (first, lambda d: carry_out(root, EDITS, d)),
            *((n, lambda d: finish(root, d)) for n in more),
        ]:
            try:
                command(FailingDisk(steps))
            except PowerCutError:
                continue
        finish(root)
        assert files(root) == (OLD if first < 2 else NEW)


KILLED = """
import os, signal, sys
from pathlib import Path
from essay_series.cli.write.rewrite.edits import Edit
from essay_series.cli.write.rewrite.journal import Disk, carry_out

class Killing(Disk):
    left = int(sys.argv[2])
    def write(self, *a, **k): self.step(); super().write(*a, **k)
    def replace(self, *a): self.step(); super().replace(*a)
    def remove(self, *a): self.step(); super().remove(*a)
    def step(self):
        if not self.left: os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

carry_out(Path(sys.argv[1]), eval(sys.argv[3]), Killing())
"""


@pytest.mark.site
@pytest.mark.parametrize("steps", [1, 4, 8, 12])
def test_a_killed_process_leaves_nothing_half_done(tmp_path, steps):
    """A change by a killed process can be finished by the next one."""
    lay_out(tmp_path)
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(steps), repr(EDITS)]
    done = subprocess.run(command, env={"PYTHONPATH": str(PROJECT / "plugins")}, check=False)
    assert done.returncode == -signal.SIGKILL
    finish(tmp_path)
    assert files(tmp_path) == (OLD if steps < 2 else NEW)


def test_a_file_that_changed_since_the_plan_stops_the_change(tmp_path):
    """If a file was saved after the plan was made, nothing is written."""
    lay_out(tmp_path)
    (tmp_path / "d.md").write_bytes(b"saved")
    with pytest.raises(CommandError, match=r"d\.md has changed"):
        carry_out(tmp_path, EDITS)
    assert files(tmp_path) == OLD | {"d.md": b"saved"}


def test_a_file_created_since_the_plan_is_not_overwritten(tmp_path):
    """If a file exists at the new path, nothing is written."""
    lay_out(tmp_path)
    (tmp_path / "e.md").write_bytes(b"mine")
    with pytest.raises(CommandError, match=r"e\.md exists already"):
        carry_out(tmp_path, EDITS)
    assert files(tmp_path) == OLD | {"e.md": b"mine"}


def test_a_new_file_does_not_overwrite_another(tmp_path):
    """If a file exists where a new one is planned, nothing is written."""
    lay_out(tmp_path)
    (tmp_path / "new").mkdir()
    (tmp_path / "new/f.md").write_bytes(b"mine")
    with pytest.raises(CommandError, match=r"changed|already"):
        carry_out(tmp_path, EDITS)
    assert files(tmp_path) == OLD | {"new/f.md": b"mine"}


def test_recovery_does_not_overwrite_later_edits(tmp_path):
    """Recovery stops at a source that was edited after the interruption, and keeps the journal."""
    lay_out(tmp_path)
    with pytest.raises(PowerCutError):
        carry_out(tmp_path, EDITS, FailingDisk(2))
    (tmp_path / "a.md").write_bytes(b"mended by hand")
    with pytest.raises(CommandError, match=r"a\.md has been edited since"):
        finish(tmp_path)
    assert (tmp_path / "a.md").read_bytes() == b"mended by hand"
    (tmp_path / "a.md").write_bytes(b"A old")
    finish(tmp_path)
    assert files(tmp_path) == NEW


def test_symbolic_links_are_not_rewritten(tmp_path):
    """A symbolic link is not rewritten, and the author is told."""
    lay_out(tmp_path)
    (tmp_path / "a.md").rename(tmp_path / "elsewhere.md")
    (tmp_path / "a.md").symlink_to("elsewhere.md")
    with pytest.raises(CommandError, match="symbolic link"):
        carry_out(tmp_path, EDITS)


def test_permissions_are_kept(tmp_path):
    """A rewritten file keeps its permissions."""
    lay_out(tmp_path)
    (tmp_path / "a.md").chmod(0o640)
    carry_out(tmp_path, EDITS)
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("damaged", [b"", b"{", b"7", b'[{"path": "a"}]'])
def test_a_damaged_journal_is_reported(tmp_path, damaged):
    """A damaged journal is an error."""
    (tmp_path / ".rewriting.json").write_bytes(damaged)
    with pytest.raises(CommandError, match="cannot be read"):
        finish(tmp_path)
