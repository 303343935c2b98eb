"""Make a release on this machine: ``make release VERSION=0.2.0``. Nothing is pushed.

It checks that a release can be made, writes the version, moves the unreleased changes in the changelog below a heading,
builds and checks the packages, commits and tags. If anything fails, the files are restored.

"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
VERSION_FILE, CHANGELOG = "plugins/essay_series/package.py", "CHANGELOG.md"
UNRELEASED = "## [Unreleased]\n"
_VERSION = re.compile(r'(?m)^VERSION = "(?P<version>[^"]+)"$')
_NUMBER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


class ReleaseError(Exception):
    """A release cannot be made; the text gives the reason and the remedy."""


def order(version: str) -> tuple[int, ...]:
    """Return the three numbers of a version, for comparison.

    Raises:
        ReleaseError: `version` is not of the form ``1.2.3``.

    """
    if not (match := _NUMBER.fullmatch(version)):
        raise ReleaseError(f'"{version}" is not a version. Write three numbers, such as VERSION=0.2.0.')
    return tuple(map(int, match.groups()))


def with_version(code: str, version: str) -> str:
    """Return the module `code` with the new version.

    Raises:
        ReleaseError: the new version is not higher.

    """
    now = _VERSION.search(code)
    if now is None:
        raise ReleaseError(f'{VERSION_FILE} has no line VERSION = "…".')
    if order(version) <= order(now["version"]):
        raise ReleaseError(f"{version} is not higher than {now['version']}, the present version.")
    return code.replace(now[0], f'VERSION = "{version}"')


def with_heading(changes: str, version: str, day: date) -> str:
    """Return the changelog with the unreleased changes below the heading of `version`.

    Raises:
        ReleaseError: there are no unreleased changes.

    """
    before, found, after = changes.partition(UNRELEASED)
    news = re.split(r"(?m)^## ", after, maxsplit=1)[0]
    if not found or not re.search(r"(?m)^- ", news):
        raise ReleaseError(f'{CHANGELOG} lists nothing under "Unreleased". List there what users will notice.')
    return f"{before}{UNRELEASED}\n## [{version}] - {day.isoformat()}\n{after}"


def demand_ready(project: Path, version: str) -> None:
    """Check that the working tree can be released.

    Raises:
        ReleaseError: it is not clean, not on the branch ``main``, or the tag exists.

    """
    if changed := git(project, "status", "--porcelain"):
        raise ReleaseError(f"These files are not committed:\n{changed}\nCommit them first.")
    branch = git(project, "branch", "--show-current")
    if branch != "main":
        raise ReleaseError(f'The branch is "{branch}". Releases are made on main.')
    if git(project, "tag", "--list", f"v{version}"):
        raise ReleaseError(f"The tag v{version} exists already. Choose a higher version.")


def git(project: Path, *words: str) -> str:
    """Return the output of git, without its last line break.

    Raises:
        ReleaseError: git fails; the text is its own message.

    """
    done = subprocess.run(["git", *words], cwd=project, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(done.stderr.strip())
    return done.stdout.rstrip("\n")


def build(project: Path) -> None:
    """Build and check the packages.

    Raises:
        ReleaseError: the build fails.

    """
    if subprocess.run(["make", "wheel"], cwd=project, check=False).returncode:
        raise ReleaseError("The packages could not be built; see above.")


def release(project: Path, version: str, day: date) -> None:
    """Make the release `version` in the repository `project`.

    Raises:
        ReleaseError: the release cannot be made; nothing was changed.

    """
    demand_ready(project, version)
    files = {project / name: (project / name).read_text(encoding="utf-8") for name in (VERSION_FILE, CHANGELOG)}
    new = [with_version(files[project / VERSION_FILE], version), with_heading(files[project / CHANGELOG], version, day)]
    try:
        for file, text in zip(files, new, strict=True):
            file.write_text(text, encoding="utf-8")
        build(project)
        git(project, "commit", "--quiet", "--message", f"Release {version}", "--", VERSION_FILE, CHANGELOG)
    except BaseException:
        for file, text in files.items():
            file.write_text(text, encoding="utf-8")
        raise
    git(project, "tag", "--annotate", f"v{version}", "--message", f"Release {version}")


def main(words: list[str]) -> int:
    """Make the release named on the command line, and return the exit status."""
    if words in ([], [""]):
        print("Give the version: make release VERSION=0.2.0", file=sys.stderr)
        return 1
    try:
        release(PROJECT, words[0], datetime.now(UTC).date())
    except ReleaseError as error:
        print(f"{error}\nNothing was released.", file=sys.stderr)
        return 1
    print(f"Released {words[0]} on this machine: a commit, the tag v{words[0]}, and dist/. Nothing was pushed.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
