"""Nothing is built where nothing has changed; whatever can change a page is noticed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import PROJECT, SiteTest
from essay_series.build.unchanged import inputs, is_unchanged, note

NOW = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


def unchanged(site: SiteTest) -> bool:
    """Tell whether the command that goes before a build finds that the last one of `site` still stands."""
    command = [sys.executable, "-m", "essay_series.build.quick", "output"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), **site.environment}
    done = subprocess.run(command, cwd=site.folder, env=environment, check=False, capture_output=True, text=True)
    assert (done.returncode == 0) is bool(done.stdout), done.stderr
    return "Nothing has changed" in done.stdout


@pytest.fixture
def built(site) -> SiteTest:
    """Return a site that is built, with a scheduled essay, an image and a setting from the environment."""
    site.settings = "import os\nSITESUBTITLE = os.environ.get('LINE', 'A line')\n"
    site.write("content/images/a.png", b"x")
    site.essay("one").essay("later", Date="2999-01-01")
    assert site.build().code == 0
    return site


def edit(path: str) -> Callable[[SiteTest], object]:
    """Return what changes a file of a site and keeps its size."""

    def change(site: SiteTest) -> None:
        data = (site.folder / path).read_bytes()
        (site.folder / path).write_bytes(data[:-2] + b".\n")

    return change


def rename(file: Path) -> None:
    """Give `file` another name, and nothing else."""
    file.rename(file.with_name("uno.md"))


def note_of(site: SiteTest) -> str:
    """Return what the last build of `site` noted."""
    return (site.folder / "cache/unchanged-output").read_text(encoding="utf-8")


CHANGES = {
    "a text": edit("content/essays/one.md"),
    "a draft": lambda site: site.essay("later", Date="2998-01-01"),
    "a new essay": lambda site: site.essay("two"),
    "a removed essay": lambda site: site.remove("content/essays/later.md"),
    "a renamed essay": lambda site: (site.folder / "content/essays/one.md").rename(
        site.folder / "content/essays/uno.md"
    ),
    "an image": lambda site: site.write("content/images/a.png", b"y"),
    "a setting": edit("pelicanconf.py"),
    "the environment": lambda site: site.environment.update(LINE="Another"),
    "a page by hand": edit("output/index.html"),
    "a page that is gone": lambda site: site.remove("output/feeds/all.atom.xml"),
    "a damaged note": edit("cache/unchanged-output"),
    "half a note": lambda site: site.write("cache/unchanged-output", note_of(site)[:-200]),
    "a foreign note": lambda site: site.write("cache/unchanged-output", '{"output": 7}'),
    "another place's note": lambda site: site.write(
        "cache/unchanged-output", note_of(site).replace(os.path.realpath(site.folder / "output"), "/elsewhere", 1)
    ),
    "no note": lambda site: site.remove("cache/unchanged-output"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_noticed(built, what):
    """Each input and each output counts, and so does the note itself; after the next build all is well again."""
    assert unchanged(built)
    CHANGES[what](built)
    assert not unchanged(built)
    assert built.build().code == 0
    assert unchanged(built)


def test_other_environments_and_files_of_the_authors_own_do_not_matter(built):
    """A variable that no setting asks for, and a file beside the pages, are no reason to build."""
    built.environment["UNRELATED"] = "1"
    built.write("output/CNAME", "e.example")
    assert unchanged(built)


def test_a_failed_build_does_not_stand(built):
    """After a mistake the next build is made, though the output is as it was."""
    built.essay("one", Date="never")
    assert built.build().code == 1
    assert not unchanged(built)


def test_an_essay_that_is_due_is_a_change(tmp_path):
    """The clock alone brings a scheduled essay: from its moment on there is something to build."""
    (tmp_path / "content").mkdir()
    before = inputs([], tmp_path / "content")
    note(tmp_path / "cache", tmp_path / "output", before, [], due=NOW)
    assert is_unchanged(tmp_path / "cache", tmp_path / "output", NOW - 1)
    assert not is_unchanged(tmp_path / "cache", tmp_path / "output", NOW)


def test_another_theme_plugin_or_package_is_a_change(tmp_path, monkeypatch):
    """Whatever lies below a root counts, and every package by its version."""
    theme = tmp_path / "theme"
    (theme / "templates").mkdir(parents=True)
    (theme / "templates/a.html").write_text("a")
    packages = tmp_path / "site-packages"
    (packages / "markdown-3.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])
    first = inputs([theme])
    assert inputs([theme]).around == first.around
    (theme / "templates/b.html").write_text("b")
    second = inputs([theme])
    (packages / "markdown-3.0.dist-info").rename(packages / "markdown-3.1.dist-info")
    assert len({tuple(each.around) for each in (first, second, inputs([theme]))}) == 3
    assert Path(first.roots[0]) == theme
