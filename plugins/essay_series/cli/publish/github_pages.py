"""The branch ``gh-pages``, from which GitHub Pages serves a site, as a target of deployments."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from ...htmltext import canonical
from ...values import dataclass
from ..command import CommandError
from .targets import Plan, demand_command

BRANCH = "gh-pages"


@dataclass(frozen=True)
class Branch:
    """The branch of a repository."""

    remote: str
    """A remote of git's, or the address of a repository."""

    @cached_property
    def commit(self) -> str:
        """The commit at the tip of the branch, which is fetched; empty where there is no branch yet."""
        demand_command("git")
        if not _demand(_git("ls-remote", "--heads", "--", self.remote, f"refs/heads/{BRANCH}")).strip():
            return ""
        _demand(_git("fetch", "--quiet", "--no-tags", "--", self.remote, f"refs/heads/{BRANCH}"))
        return _demand(_git("rev-parse", "FETCH_HEAD")).strip()

    @cached_property
    def blobs(self) -> Mapping[str, str]:
        """Git's name for the bytes of each file, by path."""
        lines = _demand(_git("ls-tree", "-r", "-z", self.commit)).split("\0") if self.commit else []
        return {path: fact.split()[2] for fact, _, path in (line.partition("\t") for line in lines if line)}

    def paths(self) -> Collection[str]:
        """Return the path of every file on the branch."""
        return self.blobs.keys()

    def read(self, path: str) -> bytes | None:
        """Return what the file `path` on the branch holds; None if there is none."""
        return _git("cat-file", "blob", self.blobs[path]).stdout if path in self.blobs else None

    def bring(self, plan: Plan, *, apply: bool) -> None:
        """Put one commit on the branch that changes what `plan` names; all other files stay.

        The push is refused where the branch has moved meanwhile.
        """
        after = {**self.blobs, **contents(plan.live, plan.send, own_domain(plan.live))}
        after = {path: blob for path, blob in after.items() if path not in plan.delete}
        print("\n".join(differences(self.blobs, after)) or "Nothing has changed.")
        if apply and after != self.blobs:
            self._push(plan, after)

    def _push(self, plan: Plan, after: Mapping[str, str]) -> None:
        changed = {path: blob for path, blob in after.items() if self.blobs.get(path) != blob}
        for path in changed:
            _stored(_data(plan.live, path))
        gone = (f"0 {'0' * 40}\t{path}" for path in plan.delete)
        lines = [f"100644 {blob}\t{path}" for path, blob in changed.items()]
        with TemporaryDirectory() as folder:
            index = f"{folder}/index"
            _demand(_git("read-tree", self.commit or "--empty", index=index))
            update = ("update-index", "-z", "--add", "--index-info")
            _demand(_git(*update, given="\0".join([*gone, *lines, ""]).encode(), index=index))
            tree = _demand(_git("write-tree", index=index)).strip()
        parent = ("-p", self.commit) if self.commit else ()
        commit = _demand(_git("commit-tree", tree, *parent, "-m", "Deploy the published site")).strip()
        _demand(_git("push", "--quiet", "--", self.remote, f"{commit}:refs/heads/{BRANCH}"))


def branch(remote: str) -> Branch:
    """Return the branch of the repository that the author calls `remote`.

    Raises:
        CommandError: it can be none.

    """
    if remote.startswith("-") or not remote.strip() or "\n" in remote:
        raise CommandError("Give the repository: TO=origin, or its address.")
    return Branch(remote)


def own_domain(live: Path) -> str:
    """Return the domain that the site in `live` has to itself, or nothing.

    A site in a folder shares its domain with others, and those of GitHub's need no telling.
    """
    home = live / "index.html"
    address = urlsplit(canonical(home.read_text(encoding="utf-8")) if home.is_file() else "")
    host = address.hostname or ""
    return "" if address.path.strip("/") or host.endswith(".github.io") else host


def contents(live: Path, send: Collection[str], domain: str) -> Mapping[str, str]:
    """Return what is sent to the branch: git's name for the bytes of each file, by path."""
    named = {path: _blob((live / path).read_bytes()) for path in send}
    return named | {".nojekyll": _blob(b"")} | ({"CNAME": _blob(domain.encode())} if domain else {})


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return how `after` differs from `before`, a line a file, by path."""
    changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    return [f"{_kind(path in before, path in after)} {path}" for path in changed]


def _kind(was: bool, will_be: bool) -> str:  # noqa: FBT001 - named where it is called
    return "changed" if was and will_be else "new    " if will_be else "gone   "


def _blob(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _data(live: Path, path: str) -> bytes:
    """Return what is sent as the file `path`."""
    if path == ".nojekyll":
        return b""
    return own_domain(live).encode() if path == "CNAME" else (live / path).read_bytes()


def _stored(data: bytes) -> None:
    """Let git keep `data`."""
    _demand(_git("hash-object", "-w", "--stdin", "--no-filters", given=data))


def _git(*words: str, given: bytes = b"", index: str = "") -> subprocess.CompletedProcess[bytes]:
    surroundings = {**os.environ, "GIT_TERMINAL_PROMPT": "0", **({"GIT_INDEX_FILE": index} if index else {})}
    return subprocess.run(["git", *words], input=given, env=surroundings, capture_output=True, check=False)


def _demand(done: subprocess.CompletedProcess[bytes]) -> str:
    if done.returncode:
        raise CommandError(f"git says: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout.decode("utf-8", "surrogateescape")
