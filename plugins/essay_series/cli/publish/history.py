"""What git's history knows of the published record."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from ...record.record import Record
from ...record.text import salvaged
from ...values import dataclass


@dataclass(frozen=True, slots=True)
class History:
    """All that was ever committed of the record; empty where there is no repository."""

    record: Record = field(default_factory=Record)
    """Every line that any version had, as the newest version with that line had it."""
    commit: str = ""
    """The newest commit that has a record; empty where none has."""
    is_tracked: bool = False
    """Whether the present commit has a record."""


def history_of(file: Path, since: str = "") -> History:
    """Return what the commits up to the present one know of the record `file`.

    Args:
        file: the record, which need not be there.
        since: a commit; it and what was before are left out.

    """
    folder, name = file.parent, file.name
    if not head(folder):
        return History()
    begin = f"{since}.." if since and git(folder, "cat-file", "-e", since) is not None else ""
    commits = (git(folder, "log", "--format=%H", "--diff-filter=AM", f"{begin}HEAD", "--", name) or "").split()
    tracked = git(folder, "cat-file", "-e", f"HEAD:./{name}") is not None
    newest = commits[0] if commits else ""
    return History(salvaged(_newest(_versions(folder, name, commits)).encode()), newest, tracked)


def head(folder: Path) -> str:
    """Return the present commit of the repository around `folder`; empty where there is none, or no git."""
    return (git(folder, "rev-parse", "--verify", "--quiet", "HEAD") or "").strip()


def git(folder: Path, *words: str, given: str = "") -> str | None:
    """Return what git says in `folder`; None where it refuses, or is not installed."""
    try:
        done = subprocess.run(
            ["git", *words], cwd=folder, env=_surroundings(), input=given.encode(), capture_output=True, check=False
        )
    except (FileNotFoundError, NotADirectoryError):
        return None
    return None if done.returncode else done.stdout.decode("utf-8", "replace")


def _surroundings() -> dict[str, str]:
    """Return the environment without what a hook of git's says of another repository."""
    return {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_INDEX_FILE")}


def _versions(folder: Path, name: str, commits: Sequence[str]) -> str:
    """Return the text of the file in each of `commits`, one behind the other."""
    asked = "".join(f"{commit}:./{name}\n" for commit in commits)
    return git(folder, "cat-file", "--batch", given=asked) or "" if commits else ""


def _newest(versions: str) -> str:
    """Return one record of all lines in `versions`, each as it stands first."""
    tables: dict[str, dict[str, str]] = {}
    for table, key, line in _lines(versions.splitlines()):
        tables.setdefault(table, {}).setdefault(key, line)
    ordered = sorted(tables.items(), key=lambda each: each[0])
    return "\n".join(
        line for table, lines in ordered for line in ((f"[{table}]",) if table else ()) + (*lines.values(),)
    )


def _lines(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the table, the key and the whole of each line; every digest is a line of its own."""
    table = ""
    for line in lines:
        if line.startswith("["):
            table = line.strip("[] ")
        elif line.startswith("#"):
            table = ""  # the head of another version
        elif " = " in line:
            key = line.partition('" =' if line.startswith('"') else " =")[0]
            yield table, line if key == "digest" else key, line
