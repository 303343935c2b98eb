"""Commands as an author types them, through make and a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders import PROJECT

TITLE = """It's "so": 100 % of $HOME, `ls` & \\n #1 $(shell ls) — ü"""


@pytest.mark.parametrize("given", ["word", "environment"])
def test_a_title_is_passed_on_unchanged(site, given):
    """Quotes, dollars, backslashes and other special characters of make and shells reach the title."""
    site.essay("one").build()
    (site.folder / "plugins").symlink_to(PROJECT / "plugins")
    shutil.copy(PROJECT / "Makefile", site.folder)
    (site.folder / ".venv").symlink_to(sys.prefix)  # not by its path, which may hold blanks
    done = subprocess.run(
        [
            "make",
            "--no-print-directory",
            "new",
            "--old-file=.venv/html",
            "SLUG=one-more",
            *([f"TITLE={TITLE}"] * (given == "word")),
        ],
        cwd=site.folder,
        env={**os.environ, **({"TITLE": TITLE} if given == "environment" else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "content/essays/one-more.md\n"), done.stderr
    assert (site.folder / "content/essays/one-more.md").read_text().splitlines()[0] == f"Title: {TITLE}"


def planned(folder: Path) -> str:
    """Return what ``make html`` would do in `folder`."""
    done = subprocess.run(["make", "--dry-run", "html"], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.site
def test_a_moved_or_copied_folder_is_set_up_again(tmp_path):
    """A virtual environment is set up again if its folder was moved, but not if it is a link."""
    home, copied, moved, linked = (tmp_path / name for name in ("home", "a copy", "moved", "linked"))
    home.mkdir()
    shutil.copy(PROJECT / "Makefile", home)
    shutil.copytree(PROJECT / "requirements", home / "requirements")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", ".venv"], cwd=home, check=True)
    for stamp in ("python", "html"):
        (home / ".venv" / stamp).touch()
    assert "venv .venv" not in planned(home)
    shutil.copytree(home, copied, symlinks=True)
    shutil.copytree(home, linked, ignore=shutil.ignore_patterns(".venv"))
    (linked / ".venv").symlink_to(home / ".venv")
    assert "venv .venv" not in planned(linked)
    home.rename(moved)
    for folder in (copied, moved):
        said = planned(folder)
        assert '".venv was set up in another folder; setting it up again."; rm -rf .venv' in said
        assert "-m venv .venv" in said
        assert "--requirement requirements/site.txt" in said


def test_only_python_is_called_in_the_environment():
    """The Makefile calls only Python in the virtual environment, since the other scripts contain its path."""
    lines = (PROJECT / "Makefile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "$(BIN)/" in line.replace("$(BIN)/python ", "")] == []
