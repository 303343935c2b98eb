"""The versions of the published record in git's history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from pathlib import Path

from ...record.record import Record
from ...record.text import completed, salvaged
from ...values import dataclass
from .git import git, head

_HEADER = re.compile(r"^[0-9a-f]{40,64} blob \d+$", re.MULTILINE)
"""The line before each file in the output of ``git cat-file --batch``."""


@dataclass(frozen=True, slots=True)
class History:
    """All that was ever committed of the record; empty if there is no repository."""

    record: Record = field(default_factory=Record)
    """Every line of any version, as in the newest version that has it."""
    commit: str = ""
    """The newest commit that changed the record and did not delete it; empty if there is none."""
    is_tracked: bool = False
    """Whether the present commit has a record."""


def history_of(file: Path, since: str = "") -> History:
    """Return what the present commit and its ancestors hold of the record `file`, which need not exist.

    The commit `since` and its ancestors are left out.
    """
    folder, name = file.parent, file.name
    if not head(folder):
        return History()
    begin = f"{since}.." if since and git(folder, "cat-file", "-e", since) is not None else ""
    commits = (git(folder, "log", "--format=%H", "--diff-filter=AM", f"{begin}HEAD", "--", name) or "").split()
    tracked = git(folder, "cat-file", "-e", f"HEAD:./{name}") is not None
    newest = commits[0] if commits else ""
    return History(_all_of(folder, name, commits), newest, tracked)


def _all_of(folder: Path, name: str, commits: Sequence[str]) -> Record:
    """Return a record with every line that the file had in one of `commits`, of which the newest comes first."""
    names = "".join(f"{commit}:./{name}\n" for commit in commits)
    versions = _HEADER.split(git(folder, "cat-file", "--batch", stdin=names) or "") if commits else []
    return completed(Record(), *(salvaged(version.encode()) for version in versions))
