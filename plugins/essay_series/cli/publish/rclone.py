"""A bucket, or a folder in one, as a target of deployments, by rclone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from ...publish.marker import MARKER
from ...values import dataclass
from ..command import CommandError
from .targets import Plan, captured, failure, shown

_BUCKET = re.compile(r"(?P<remote>(?!-)[\w.@ +-]+(?:,[^:\n]*)?):(?P<path>[^:\n]*)")
_VERBOSE = ("--verbose", "--stats-one-line")
_NOT_THERE = 3
"""The exit status of rclone if the bucket or folder does not exist."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket, or a folder in one, in rclone's form: ``remote:bucket/folder``."""

    to: str

    def paths(self) -> Collection[str]:
        """Return the path of every file in the bucket; none if there is no bucket yet."""
        answer = captured("rclone", "lsf", "--recursive", "--files-only", "--", self.to)
        if answer.returncode == _NOT_THERE:
            return ()
        if answer.returncode:
            raise failure("rclone", answer)
        return frozenset(filter(None, answer.stdout.decode("utf-8", "surrogateescape").split("\n")))

    def read(self, path: str) -> bytes | None:
        """Return the content of the file `path`; None if it cannot be read."""
        answer = captured("rclone", "cat", "--", f"{self.to}/{path}")
        return None if answer.returncode else answer.stdout

    def update(self, plan: Plan, *, apply: bool) -> None:
        """Upload new and changed files, then delete, and upload the marker last of all; see `Target.update`."""
        first, last = [path for path in plan.send if path != MARKER], [path for path in plan.send if path == MARKER]
        more = () if apply else ("--dry-run",)
        with TemporaryDirectory() as folder:
            for number, paths in enumerate((first, plan.delete, last)):
                listed = Path(folder, str(number))
                listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
                way = ("delete",) if number == 1 else ("copy", "--checksum")
                where = (self.to,) if number == 1 else (str(plan.live), self.to)
                if paths:
                    shown("rclone", *way, *_VERBOSE, *more, "--files-from-raw", str(listed), "--", *where)


def bucket(to: str) -> Bucket:
    """Return the bucket `to`, as given by the author; a whole store and a folder of this machine are refused."""
    match = _BUCKET.fullmatch(to)
    path = posixpath.normpath(match["path"]).strip("/") if match else ""
    if not match or path in ("", ".") or ".." in match["path"].split("/"):
        raise CommandError("Give the bucket in rclone's form: TO=remote:bucket or TO=remote:bucket/folder.")
    return Bucket(f"{match['remote']}:{path}")
