"""The verbs as an author types them, with what a shell hands on."""

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
def test_a_title_reaches_its_file_to_the_letter(site, given):
    """Quotes, dollars, backslashes and all that shells and make care for are letters of a title."""
    site.essay("one").build()
    (site.folder / "plugins").symlink_to(PROJECT / "plugins")
    shutil.copy(PROJECT / "Makefile", site.folder)
    tools = f"BIN={Path(sys.executable).parent}"
    done = subprocess.run(
        [
            "make",
            "--no-print-directory",
            "new",
            "--old-file=.venv/html",
            tools,
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
