"""Releases: their conditions, the changes they make, and that a failed one changes nothing."""

from __future__ import annotations

import subprocess
from datetime import date

import pytest

import release
from builders import PROJECT

DAY = date(2026, 12, 1)
CODE = '"""A module."""\n\nVERSION = "0.1.0"\n'
CHANGES = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0] - 2026-11-22\n\n- Another.\n"


def test_the_version_is_in_one_place():
    """The version is in one module, from which the package takes it."""
    code = (PROJECT / release.VERSION_FILE).read_text(encoding="utf-8")
    assert release.with_version(code, "9.9.9").count("9.9.9") == 1
    pyproject = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'path = "{release.VERSION_FILE}"' in pyproject
    assert "\nversion = " not in pyproject


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "1.0", "v1.0.0", "01.0.0", ""])
def test_a_version_has_three_numbers_and_is_higher(version):
    """The present version, a lower one and malformed ones are refused."""
    with pytest.raises(release.ReleaseError):
        release.with_version(CODE, version)


def test_unreleased_changes_get_a_heading():
    """The unreleased changes move below a heading with version and date."""
    assert release.with_heading(CHANGES, "0.2.0", DAY) == CHANGES.replace(
        "## [Unreleased]\n", "## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n"
    )


def test_a_release_without_changes_is_refused():
    """A release is refused if "Unreleased" is missing or empty."""
    for changes in (CHANGES.replace("- A thing.", ""), CHANGES.replace("## [Unreleased]", "## [Next]")):
        with pytest.raises(release.ReleaseError, match="Unreleased"):
            release.with_heading(changes, "0.2.0", DAY)


def test_the_changelog_is_in_order():
    """The project's changelog starts with "Unreleased", and its versions descend."""
    heads = [line for line in (PROJECT / release.CHANGELOG).read_text("utf-8").splitlines() if line.startswith("## ")]
    versions = [release.order(head.split("[")[1].split("]")[0]) for head in heads[1:]]
    assert heads[0] == release.UNRELEASED.strip()
    assert versions == sorted(versions, reverse=True)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a repository that can be released, whose packages are built by a Makefile that may fail."""
    for name, text in {
        release.VERSION_FILE: CODE,
        release.CHANGELOG: CHANGES,
        "Makefile": "wheel:\n\t@test ! -e fail\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("fail\n")
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_NAME", "Test")
        monkeypatch.setenv(f"{name}_EMAIL", "test@example.org")
    for words in (["init", "--quiet", "-b", "main"], ["add", "--all"], ["commit", "--quiet", "--message", "First"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.site  # it asks git
def test_a_release_is_a_commit_and_a_tag(project):
    """A release commits and tags version and changelog, and changes nothing else."""
    release.release(project, "0.2.0", DAY)
    assert release.git(project, "status", "--porcelain") == ""
    assert release.git(project, "describe", "--tags") == "v0.2.0"
    assert release.git(project, "log", "-1", "--format=%s") == "Release 0.2.0"
    assert 'VERSION = "0.2.0"' in (project / release.VERSION_FILE).read_text()
    assert "## [0.2.0] - 2026-12-01" in (project / release.CHANGELOG).read_text()


@pytest.mark.site
@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda project: (project / "new.txt").touch(), "not committed"),
        (lambda project: release.git(project, "switch", "--quiet", "-c", "other"), "made on main"),
        (lambda project: release.git(project, "tag", "v0.2.0"), "exists already"),
        (lambda project: (project / "fail").touch(), "could not be built"),
    ],
    ids=["a new file", "another branch", "a tag", "packages that fail"],
)
def test_a_refused_release_changes_nothing(project, spoil, message):
    """An unclean tree, another branch, an existing tag and a failed build are refused without any change."""
    spoil(project)
    before = release.git(project, "rev-parse", "HEAD"), release.git(project, "status", "--porcelain")
    with pytest.raises(release.ReleaseError, match=message):
        release.release(project, "0.2.0", DAY)
    assert (release.git(project, "rev-parse", "HEAD"), release.git(project, "status", "--porcelain")) == before
