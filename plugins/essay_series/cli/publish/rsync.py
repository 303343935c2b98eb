"""A folder, on this machine or another, as a target of deployments, by rsync."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from ...values import dataclass
from ..command import CommandError
from .targets import Plan, captured, failure, shown

RSYNC = (
    *("rsync", "--recursive", "--checksum", "--delete-delay", "--delay-updates", "--chmod=D755,F644"),
    *("--itemize-changes", "--8-bit-output"),
)
_REMOTE = re.compile(r"(?P<host>rsync://[\w.@-]+(?::\d+)?/|(?!rsync:)[\w.-]+:|[\w.-]+@[\w.-]+:)(?P<path>[^:]*)")
_LISTED = re.compile(r"(?P<kind>\S)\S{9}\S?\s+[\d,.]+ \d{4}/\d\d/\d\d \d\d:\d\d:\d\d (?P<path>.*)")
_ESCAPED = re.compile(r"\\#(\d{3})")
_SYSTEM = ("bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "proc", "run", "sbin", "sys", "System", "Library")
"""Folders of the system; a site can be in none of them, at any depth."""
_SHARED = ("home", "usr", "var", "Users", "mnt", "media")
"""Folders in which each folder is a user's or a service's own, such as ``/home/ada``."""
_HOW = "Give a folder that holds nothing but the site: TO=host:/srv/site or TO=/srv/site."


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder in rsync's form, ``host:/path`` or ``/path``, without a slash at the end."""

    to: str

    def paths(self) -> Collection[str]:
        """Return the path of every file in the folder; none if there is no folder yet."""
        answer = captured("rsync", "--recursive", "--list-only", "--8-bit-output", "--", f"{self.to}/")
        if answer.returncode and b"No such file or directory (2)" in answer.stderr:
            return ()
        if answer.returncode:
            raise failure("rsync", answer)
        return frozenset(_listed(answer.stdout.decode("utf-8", "surrogateescape")))

    def read(self, path: str) -> bytes | None:
        """Return the content of the file `path` in the folder; None if it cannot be read."""
        with TemporaryDirectory() as folder:
            answer = captured("rsync", "--", f"{self.to}/{path}", f"{folder}/file")
            return None if answer.returncode else Path(folder, "file").read_bytes()

    def update(self, plan: Plan, *, apply: bool) -> None:
        """Upload and delete files in one call of rsync; see `Target.update`."""
        with TemporaryDirectory(prefix=".public.sent-", dir=plan.live.resolve().parent) as staged:
            for path in plan.send:
                _link(plan.live / path, Path(staged, "site", path))
            rules = Path(staged, "rules")
            rules.write_text("".join(f"{rule}\n" for rule in _rules(plan)), encoding="utf-8")
            more = [] if apply else ["--dry-run"]
            shown(*RSYNC, *more, f"--filter=merge {rules}", "--", f"{staged}/site/", f"{self.to}/")


def folder(to: str, project: Path) -> Folder:
    """Return the folder `to`, in rsync's form, if it can hold the site alone.

    Folders of the system, homes, and folders that hold the `project` or are in it are refused.
    """
    match = _REMOTE.fullmatch(to)
    if to.startswith("-") or not to.strip() or "\n" in to:
        raise CommandError(_HOW)
    if not match:
        return Folder(_local(to, project))
    if match["host"].startswith("rsync:"):
        path = posixpath.normpath(f"/{match['path']}").strip("/")
        if not path or ".." in match["path"].split("/"):
            raise CommandError(_HOW)
        return Folder(f"{match['host']}{path}")
    path = _lexical(match["path"])
    if not _is_own(path):
        raise CommandError(_HOW)
    return Folder(f"{match['host']}{path}")


def _local(to: str, project: Path) -> str:
    """Return the folder `to` of this machine with symbolic links resolved."""
    real = Path(os.path.realpath(os.path.expanduser(to)))  # noqa: PTH111 - a user who is not known is no error
    home, here = Path.home(), project.resolve()
    if ":" in to or not _is_own(real.as_posix()) or here.is_relative_to(real) or home.is_relative_to(real):
        raise CommandError(_HOW)
    if real.is_relative_to(here):
        raise CommandError(f"{to} is inside the source folder. {_HOW}")
    return str(real)


def _lexical(path: str) -> str:
    """Return `path`, of another machine, without ``.``, ``..`` and repeated slashes."""
    clean = posixpath.normpath(path) if path else ""
    return f"/{clean.lstrip('/')}" if clean.startswith("/") else clean


def _is_own(path: str) -> bool:
    """Tell whether `path` can be a folder for the site alone: not the system's, not a home, not a folder of homes."""
    parts = PurePosixPath(path).parts
    if not path.startswith("/"):
        below_home = parts[1:] if parts and parts[0].startswith("~") else parts
        return bool(below_home) and ".." not in parts and parts != (".",)
    below = parts[1:]
    fewest = 3 if below and below[0] in _SHARED else 2
    return len(below) >= fewest and below[0] not in _SYSTEM


def _listed(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        match = _LISTED.fullmatch(line)
        if match and match["kind"] != "d":
            path = match["path"].partition(" -> ")[0] if match["kind"] == "l" else match["path"]
            yield _ESCAPED.sub(lambda code: chr(int(code[1], 8)), path)


def _rules(plan: Plan) -> Iterator[str]:
    """Yield the filter rules that let rsync delete the files in `plan` and nothing else.

    rsync looks only into folders that it sends or may delete. It keeps a folder that holds other files, and says so.
    """
    sent, left = _folders(plan.send), _folders(plan.delete)
    yield from (f"risk /{_literal(path)}" for path in plan.delete)
    yield from (f"risk /{_literal(path)}/" for path in sorted(left - sent))
    yield "protect *"


def _folders(paths: Iterable[str]) -> set[str]:
    return {parent.as_posix() for path in paths for parent in PurePosixPath(path).parents}


def _literal(path: str) -> str:
    return re.sub(r"([\\*?\[])", r"\\\1", path) if re.search(r"[*?\[]", path) else path


def _link(file: Path, other: Path) -> None:
    other.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        os.link(file, other)
        return
    shutil.copy2(file, other)
