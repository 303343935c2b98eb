"""The shipped settings, theme and workflows, with other essays than the project's own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml

import forked
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


@pytest.mark.slow
def test_other_essays_are_checked_and_published(project):
    """The shipped settings check and publish the sample's essays, and a site without essays."""
    variables = {**os.environ, "PYTHONPATH": "plugins"}
    checked = forked.start(project, "essay_series", "check", variables=variables).wait()
    assert (checked.code, checked.parts[1]) == (0, ""), checked.said
    variables["SITEURL"] = "https://e.example"
    published = forked.start(project, "essay_series", "publish", variables=variables).wait()
    assert published.code == 0, published.said
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
