"""The shipped settings, theme and workflows, with other essays than the project's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from builders import PROJECT, SAMPLE

SHIPPED = ("pelicanconf.py", "publishconf.py")


@pytest.fixture(params=["sample", "empty"])
def project(request, tmp_path) -> Path:
    """Return a project with the shipped settings and theme, and the sample's essays or none."""
    for name in SHIPPED:
        shutil.copy(PROJECT / name, tmp_path)
    for name in ("plugins", "theme"):
        (tmp_path / name).symlink_to(PROJECT / name)
    if request.param == "sample":
        shutil.copytree(SAMPLE / "content", tmp_path / "content")
    else:
        (tmp_path / "content").mkdir()
    return tmp_path


def run_command(project: Path, command: str, **words: str) -> subprocess.CompletedProcess:
    """Run one of the author's commands in `project`."""
    return subprocess.run(
        [sys.executable, "-m", "essay_series", command],
        cwd=project,
        env={**os.environ, "PYTHONPATH": "plugins", **words},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_other_essays_are_checked_and_published(project):
    """The shipped settings check and publish the sample's essays, and a site without essays."""
    checked = run_command(project, "check")
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    published = run_command(project, "publish", SITEURL="https://e.example")
    assert published.returncode == 0, published.stderr
    assert (project / "public/index.html").is_file()


def test_content_is_checked_before_it_is_published():
    """The workflows check the content on each push and before each publication."""
    tested, published = (
        yaml.safe_load((PROJECT / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))["jobs"]
        for name in ("test", "publish")
    )
    runs = {step.get("run") for job in tested.values() for step in job["steps"]}
    assert {".ci/run", "make check FORMAT=github"} <= runs
    assert published["test"]["uses"] == "./.github/workflows/test.yml"
    assert published["publish"]["needs"] == "test"


def test_a_publication_does_not_depend_on_other_systems():
    """The publication workflow skips the jobs for other systems and Python versions."""
    tested, published = (
        yaml.safe_load((PROJECT / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))["jobs"]
        for name in ("test", "publish")
    )
    left_out = {name for name, job in tested.items() if job.get("if") == "inputs.other-systems != 'no'"}
    assert left_out == {"python", "macos", "guest"}
    assert published["test"]["with"] == {"other-systems": "no"}
