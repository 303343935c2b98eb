"""The branch ``gh-pages``, which GitHub Pages serves, as a target of deployments."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from ...htmltext import canonical
from ...publish.changed import changed_paths
from ...values import dataclass
from ..command import CommandError
from .git import run_git
from .targets import Plan, failure, require_command

BRANCH = "gh-pages"


@dataclass(frozen=True)
class Branch:
    """The branch `BRANCH` of a repository."""

    remote: str
    """The name of a git remote, or the address of a repository."""

    @cached_property
    def commit(self) -> str:
        """The hash of the commit at the tip of the branch, after a fetch; empty if there is no branch yet."""
        require_command("git")
        if not _output("ls-remote", "--heads", "--", self.remote, f"refs/heads/{BRANCH}").strip():
            return ""
        _output("fetch", "--quiet", "--no-tags", "--", self.remote, f"refs/heads/{BRANCH}")
        return _output("rev-parse", "FETCH_HEAD").strip()

    @cached_property
    def blobs(self) -> Mapping[str, str]:
        """The hash of each file on the branch, by path."""
        lines = _output("ls-tree", "-r", "-z", self.commit).split("\0") if self.commit else []
        return {path: fact.split()[2] for fact, _, path in (line.partition("\t") for line in lines if line)}

    def paths(self) -> Collection[str]:
        """Return the path of every file on the branch."""
        return self.blobs.keys()

    def read(self, path: str) -> bytes | None:
        """Return the content of the file `path` on the branch; None if there is none."""
        return run_git("cat-file", "blob", self.blobs[path]).stdout if path in self.blobs else None

    def update(self, plan: Plan, *, apply: bool) -> None:
        """Push one commit that carries out `plan`; without `apply` only print the changes."""
        after = {**self.blobs, **_blobs_of(plan, store=apply)}
        after = {path: blob for path, blob in after.items() if path not in plan.delete}
        print("\n".join(differences(self.blobs, after)) or "Nothing has changed.")
        if apply and after != self.blobs:
            self._push(plan, after)

    def _push(self, plan: Plan, after: Mapping[str, str]) -> None:
        lines = [f"0 {'0' * 40}\t{path}" for path in plan.delete]
        lines += [f"100644 {blob}\t{path}" for path, blob in after.items() if self.blobs.get(path) != blob]
        with TemporaryDirectory() as folder:
            index = f"{folder}/index"
            _output("read-tree", self.commit or "--empty", index=index)
            changes = os.fsencode("\0".join([*lines, ""]))
            _output("update-index", "-z", "--add", "--index-info", stdin=changes, index=index)
            tree = _output("write-tree", index=index).strip()
        parent = ("-p", self.commit) if self.commit else ()
        commit = _output("commit-tree", tree, *parent, "-m", "Deploy the published site").strip()
        _output("push", "--quiet", "--", self.remote, f"{commit}:refs/heads/{BRANCH}")


def branch(remote: str) -> Branch:
    """Return the branch of `remote`, as given by the author."""
    if remote.startswith("-") or not remote.strip() or "\n" in remote:
        raise CommandError("Give the repository: TO=origin, or its address.")
    return Branch(remote)


def own_domain(live: Path) -> str:
    """Return the domain for the file CNAME; empty if the site in `live` is in a folder, or below github.io."""
    home = live / "index.html"
    address = urlsplit(canonical(home.read_text(encoding="utf-8")) if home.is_file() else "")
    host = address.hostname or ""
    return "" if address.path.strip("/") or host.endswith(".github.io") else host


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return a line for each path at which `before` and `after`, hashes by path, differ."""
    changed = sorted((path, kind) for kind, paths in changed_paths(before, after).items() for path in paths)
    return [f"{kind:7} {path}" for path, kind in changed]


def _blobs_of(plan: Plan, *, store: bool) -> Mapping[str, str]:
    """Return the hash of each file that the branch is to have, by path; with `store` git keeps their contents."""
    with TemporaryDirectory() as folder:
        Path(folder, ".nojekyll").touch()
        if domain := own_domain(plan.live):
            Path(folder, "CNAME").write_text(domain, encoding="utf-8")
        files = {path: plan.live.resolve() / path for path in plan.send}
        files |= {file.name: file for file in Path(folder).iterdir()}
        names = b"".join(os.fsencode(file) + b"\n" for file in files.values())
        hashes = _output("hash-object", *(["-w"] if store else []), "--no-filters", "--stdin-paths", stdin=names)
        return dict(zip(files, hashes.split(), strict=True))


def _output(*words: str, stdin: bytes = b"", index: str = "") -> str:
    """Return what git prints; raise `CommandError` if it fails."""
    done = run_git(*words, stdin=stdin, index=index)
    if done.returncode:
        raise failure("git", done)
    return done.stdout.decode("utf-8", "surrogateescape")
