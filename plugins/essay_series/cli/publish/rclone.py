"""A bucket, or a folder in one, as a target of deployments by rclone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from ...publish.marker import MARKER
from ...values import dataclass
from ..command import CommandError
from .targets import Plan, asked, done, refusal

_BUCKET = re.compile(r"(?P<remote>(?!-)[\w.@ +-]+(?:,[^:\n]*)?):(?P<path>[^:\n]*)")
_VERBOSE = ("--verbose", "--stats-one-line")
_NOT_THERE = 3
"""How rclone exits where there is no such bucket or folder."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket, or a folder in one, as rclone names it."""

    to: str

    def paths(self) -> Collection[str]:
        """Return the path of every file in the bucket; none where there is no bucket yet."""
        answer = asked("rclone", "lsf", "--recursive", "--files-only", "--", self.to)
        if answer.returncode == _NOT_THERE:
            return ()
        if answer.returncode:
            raise refusal("rclone", answer)
        return frozenset(filter(None, answer.stdout.decode("utf-8", "surrogateescape").split("\n")))

    def read(self, path: str) -> bytes | None:
        """Return what the file `path` holds; None if it cannot be read."""
        answer = asked("rclone", "cat", "--", f"{self.to}/{path}")
        return None if answer.returncode else answer.stdout

    def bring(self, plan: Plan, *, apply: bool) -> None:
        """Send what is new, then delete what is gone, and last of all send the marker."""
        first, last = [path for path in plan.send if path != MARKER], [path for path in plan.send if path == MARKER]
        more = () if apply else ("--dry-run",)
        with TemporaryDirectory() as folder:
            for number, paths in enumerate((first, plan.delete, last)):
                listed = Path(folder, str(number))
                listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
                way = ("delete",) if number == 1 else ("copy", "--checksum")
                where = (self.to,) if number == 1 else (str(plan.live), self.to)
                if paths:
                    done("rclone", *way, *_VERBOSE, *more, "--files-from-raw", str(listed), "--", *where)


def bucket(to: str) -> Bucket:
    """Return the bucket that the author calls `to`.

    Raises:
        CommandError: it names no bucket, so that a whole store is meant, or a folder of this machine.

    """
    match = _BUCKET.fullmatch(to)
    path = posixpath.normpath(match["path"]).strip("/") if match else ""
    if not match or path in ("", ".") or ".." in match["path"].split("/"):
        raise CommandError("Give the bucket in rclone's form: TO=remote:bucket or TO=remote:bucket/folder.")
    return Bucket(f"{match['remote']}:{path}")
