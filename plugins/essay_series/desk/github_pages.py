"""The branch ``gh-pages``, from which GitHub Pages serves a site."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from .command import RefusedError

BRANCH = "gh-pages"
_CANONICAL = re.compile(r'<link rel="canonical" href="(?P<root>https?://[^"]+)"')


def send(live: Path, remote: str, *, apply: bool) -> str:
    """Make the branch of `remote` the same as the folder `live`, if `apply`; return what differs, a line a file.

    Raises:
        RefusedError: git refused; the text says why.

    """
    if remote.startswith("-"):
        raise RefusedError("Say where to: TO=origin, or the address of a repository.")
    domain = own_domain(live)
    found = differences(_sent(remote), contents(live, domain))
    if apply and found:
        command = [sys.executable, "-m", "ghp_import", "--no-jekyll", "--branch", BRANCH, "--remote", remote]
        more = ["--cname", domain] if domain else []
        _demand(subprocess.run([*command, *more, "--push", str(live)], capture_output=True, text=True, check=False))
    return "\n".join(found) or "Nothing has changed."


def own_domain(live: Path) -> str:
    """Return the domain under which the site in `live` was published, or nothing where it is one of GitHub's."""
    home = live / "index.html"
    match = _CANONICAL.search(home.read_text(encoding="utf-8")) if home.is_file() else None
    host = (match and urlsplit(match["root"]).hostname) or ""
    return "" if host.endswith(".github.io") else host


def contents(live: Path, domain: str) -> Mapping[str, str]:
    """Return what the branch will hold: git's name for the bytes of each file, by path."""
    files = {path.relative_to(live).as_posix(): path.read_bytes() for path in live.rglob("*") if path.is_file()}
    files |= {".nojekyll": b""} | ({"CNAME": domain.encode()} if domain else {})
    return {path: _blob(data) for path, data in files.items()}


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return how `after` differs from `before`, a line a file, by path."""
    changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    return [f"{_kind(path in before, path in after)} {path}" for path in changed]


def _kind(was: bool, will_be: bool) -> str:  # noqa: FBT001 - named where it is called
    return "changed" if was and will_be else "new    " if will_be else "gone   "


def _blob(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _sent(remote: str) -> Mapping[str, str]:
    """Fetch the branch, so that the next commit follows the last, and return its files; none if it is not there."""
    listed = _demand(_git("ls-remote", "--heads", remote, BRANCH))
    if not listed.strip():
        return {}
    _demand(_git("fetch", "--quiet", remote, f"+refs/heads/{BRANCH}:refs/heads/{BRANCH}"))
    lines = _demand(_git("ls-tree", "-r", "-z", BRANCH)).split("\0")
    return {path: fact.split()[2] for fact, _, path in (line.partition("\t") for line in lines if line)}


def _git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], capture_output=True, text=True, check=False)


def _demand(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode:
        raise RefusedError(f"git says: {done.stderr.strip()}")
    return done.stdout
