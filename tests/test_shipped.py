"""The settings, the theme and the workflows that the project ships, with other essays than its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders import PROJECT, SAMPLE

SHIPPED = ("pelicanconf.py", "publishconf.py")
WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))


@pytest.fixture(params=["sample", "empty"])
def project(request, tmp_path) -> Path:
    """Return a project with the shipped settings and theme, and with the essays of the sample or with none."""
    for name in SHIPPED:
        shutil.copy(PROJECT / name, tmp_path)
    for name in ("plugins", "theme"):
        (tmp_path / name).symlink_to(PROJECT / name)
    if request.param == "sample":
        shutil.copytree(SAMPLE / "content", tmp_path / "content")
    else:
        (tmp_path / "content").mkdir()
    return tmp_path


def desk(project: Path, command: str, **words: str) -> subprocess.CompletedProcess:
    """Run one of the author's commands in `project`."""
    return subprocess.run(
        [sys.executable, "-m", f"essay_series.desk.{command}"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": "plugins", **words},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_any_essays_are_checked_and_published(project):
    """The shipped settings have no mistake to tell of other essays that are in order, nor of none, and publish them."""
    checked = desk(project, "check")
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    published = desk(project, "publish", SITEURL="https://e.example")
    assert published.returncode == 0, published.stderr
    assert (project / "public/index.html").is_file()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_asks_of_the_content_what_tests_do_not(workflow):
    """Wherever the code is tested, the content is checked by itself."""
    text = workflow.read_text(encoding="utf-8")
    assert ".ci/run" in text
    assert "make check FORMAT=github" in text


def test_nothing_is_published_that_was_not_checked():
    """The job that publishes waits for the job that checks the content, and for the tests."""
    text = (PROJECT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    jobs = dict(re.findall(r"(?ms)^  (\w+):\n(.*?)(?=^  \w|\Z)", text.split("\njobs:\n")[1]))
    (checking,) = (name for name, steps in jobs.items() if "make check" in steps)
    needs = re.search(r"needs: \[(.*?)\]", jobs["publish"])[1].split(", ")
    assert {checking, "test"} <= set(needs)
    assert "make publish" in jobs["publish"]
