"""The shipped workflows: pinned, with the least that each job needs, and what they do to a repository, step by step."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from builders import PROJECT, SiteTest
from essay_series.record.text import parse

ROOT = "https://e.example"
WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))
BEFORE = PROJECT / "tests/cli/before/repository.bundle"
"""A repository with its branch as the version before the records had an end left it."""


def git(*words, cwd) -> str:
    """Return what git says."""
    return subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_can_do_no_more_than_they_need(workflow):
    """Actions are named by commit, reading is all that is allowed, and only the job that publishes may write."""
    text = workflow.read_text(encoding="utf-8")
    read = yaml.safe_load(text)
    used = re.findall(r"uses: (?!\./)(.*)", text)
    assert used or "uses: ./" in text
    assert [each for each in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []
    assert read["permissions"] == {"contents": "read"}
    assert {name for name, job in read["jobs"].items() if "permissions" in job} <= {"publish"}
    commands = [step.get("run", "") for job in read["jobs"].values() for step in job.get("steps", [])]
    assert [line for each in commands for line in re.findall(r"sudo (?!apt-get )\S+", each)] == []


class Workflow:
    """Carries out the steps of the job that publishes, each in a shell as GitHub runs it."""

    def __init__(self, origin: Path, folder: Path) -> None:
        self.origin, self.folder = origin, folder
        job = yaml.safe_load((PROJECT / ".github/workflows/publish.yml").read_text())["jobs"]["publish"]
        self.steps = job["steps"]
        self.said = ""

    def run(self) -> int:
        """Run all steps in a fresh clone; return the exit code of the first that fails, or 0."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.said = ""
        for step in self.steps:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"] == {"fetch-depth": 0}
                git("clone", "--quiet", str(self.origin), str(self.folder), cwd=self.folder.parent)
                set_up(self.folder)
            elif "run" in step and "apt-get" not in step["run"]:
                more = {name: value.replace("${{ vars.SITEURL }}", ROOT) for name, value in step.get("env", {}).items()}
                shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
                done = subprocess.run(
                    shell, cwd=self.folder, env={**os.environ, **more}, capture_output=True, text=True, check=False
                )
                self.said += done.stdout + done.stderr
                if done.returncode:
                    return done.returncode
        return 0


def set_up(project: Path) -> None:
    """Give `project` the environment of these tests for its own."""
    (project / ".venv").mkdir()
    for name in ("bin", "lib"):
        (project / ".venv" / name).symlink_to(Path(sys.prefix, name))
    facts = Path(sys.prefix, "pyvenv.cfg").read_text().splitlines(keepends=True)
    (project / ".venv/pyvenv.cfg").write_text("".join(line for line in facts if not line.startswith("command")))
    for stamp in ("python", "html", "book"):
        (project / ".venv" / stamp).touch()


@pytest.fixture
def author(tmp_path) -> SiteTest:
    """Return an author's clone of a repository that the version before has deployed to the branch of its origin."""
    git("clone", "--quiet", "--bare", str(BEFORE), "origin.git", cwd=tmp_path)
    git("clone", "--quiet", "origin.git", "author", cwd=tmp_path)
    site = SiteTest(tmp_path / "author", settings="SEARCH_SAVE_AS = SEARCH_URL = ''\nBOOK_FORMATS = []\n")
    site.configure()
    for name in ("Makefile", "publishconf.py"):
        shutil.copy(PROJECT / name, site.folder)
    shutil.copytree(PROJECT / "requirements", site.folder / "requirements")
    for name in ("plugins", "theme"):
        (site.folder / name).symlink_to(PROJECT / name)
    site.write(".gitignore", "/.venv/\n/public/\n/cache/\n/deploy/\n.public.*\n__pycache__\n")
    git("config", "user.name", "Ada", cwd=site.folder)
    git("config", "user.email", "ada@e.example", cwd=site.folder)
    pushed(site)
    return site


def pushed(site) -> None:
    """Commit and push all that the author changed."""
    git("add", "--all", cwd=site.folder)
    git("commit", "--quiet", "--message", "Edited", cwd=site.folder)
    git("push", "--quiet", cwd=site.folder)


def branches(origin) -> str:
    """Return where the branches of a repository are."""
    return git("for-each-ref", "refs/heads", cwd=origin)


def on_branch(origin) -> set[str]:
    """Return the files on the branch that readers are served from."""
    return set(git("ls-tree", "-r", "--name-only", "gh-pages", cwd=origin).splitlines())


@pytest.mark.slow
def test_the_workflow_publishes_withdraws_and_does_nothing_twice(author, tmp_path):
    """In fresh clones: the version before is upgraded, what is withdrawn or a draft again leaves the branch whole.

    The record is committed. A second run changes nothing, and one that is behind the host does nothing.
    """
    origin = tmp_path / "origin.git"
    workflow = Workflow(origin, tmp_path / "runner")
    assert "essays/three/index.md" in on_branch(origin)
    assert workflow.run() == 0, workflow.said
    assert [path for path in on_branch(origin) if "three" in path] == []
    record = parse(git("show", "main:content/published.toml", cwd=origin).encode())
    assert {"/essays/two/index.md", "/images/lamp.png"} <= record.files.keys()
    git("pull", "--quiet", cwd=author.folder)
    assert author.publish(ROOT, command="gone", ADDRESS="/essays/two/").code == 0
    assert author.publish(ROOT, command="gone", ADDRESS="/essays/former/").code == 0
    author.essay("two", Status="draft")
    pushed(author)
    assert workflow.run() == 0, workflow.said
    assert [path for path in on_branch(origin) if "two" in path or "former" in path] == []
    assert "essays/one/index.md" in on_branch(origin)
    before = branches(origin)
    assert workflow.run() == 0, workflow.said
    assert "Nothing has changed." in workflow.said
    assert branches(origin) == before
    author.essay("four")
    git("pull", "--quiet", cwd=author.folder)
    assert author.publish(ROOT).code == 0
    assert author.publish(ROOT, command="deploy", TARGET="github-pages", APPLY="1").code == 0
    before = branches(origin)
    assert workflow.run() != 0
    assert "public/ was published with a later or a different record" in workflow.said
    assert branches(origin) == before
