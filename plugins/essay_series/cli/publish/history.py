"""The versions of the published record in git's history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from ...record.record import Record
from ...record.text import salvaged
from ...values import dataclass
from .git import git, head


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

    Args:
        file: the record.
        since: a commit to stop at; it and its ancestors are left out.

    """
    folder, name = file.parent, file.name
    if not head(folder):
        return History()
    begin = f"{since}.." if since and git(folder, "cat-file", "-e", since) is not None else ""
    commits = (git(folder, "log", "--format=%H", "--diff-filter=AM", f"{begin}HEAD", "--", name) or "").split()
    tracked = git(folder, "cat-file", "-e", f"HEAD:./{name}") is not None
    newest = commits[0] if commits else ""
    return History(salvaged(_newest(_versions(folder, name, commits)).encode()), newest, tracked)


def _versions(folder: Path, name: str, commits: Sequence[str]) -> str:
    """Return the concatenated texts of the file in each of `commits`."""
    asked = "".join(f"{commit}:./{name}\n" for commit in commits)
    return git(folder, "cat-file", "--batch", given=asked) or "" if commits else ""


def _newest(versions: str) -> str:
    """Return the text of a record with every line of `versions`; of lines with the same key the first counts."""
    tables: dict[str, dict[str, str]] = {}
    for table, key, line in _lines(versions.splitlines()):
        tables.setdefault(table, {}).setdefault(key, line)
    ordered = sorted(tables.items(), key=lambda each: each[0])
    return "\n".join(
        line for table, lines in ordered for line in ((f"[{table}]",) if table else ()) + (*lines.values(),)
    )


def _lines(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the table, the key and the text of each line; a digest is its own key, so that all of them are kept."""
    table = ""
    for line in lines:
        if line.startswith("["):
            table = line.strip("[] ")
        elif line.startswith("#"):
            table = ""  # the next version begins
        elif " = " in line:
            key = line.partition('" =' if line.startswith('"') else " =")[0]
            yield table, line if key == "digest" else key, line
