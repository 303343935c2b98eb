"""The files of a commit, or of the working tree with its uncommitted changes, as git trees."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory


class UnusableError(Exception):
    """A commit cannot be compared; the text says why."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A set of files with one git id."""

    name: str
    """The name in reports."""
    id: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A clone, which is only read."""

    folder: Path
    environment: dict[str, str]

    def commit(self, name: str) -> Tree:
        """Return the tree of the commit `name`.

        Raises:
            UnusableError: there is no such commit.

        """
        done = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", check=False)
        if done.returncode:
            raise UnusableError(f'There is no commit "{name}" in this clone. `git log --oneline` lists what there is.')
        commit = done.stdout.decode().strip()
        subject = self._git("log", "-1", "--format=%h %s", commit).stdout.decode().strip()
        return Tree(f"{name} ({subject})", self._id(f"{commit}^{{tree}}"))

    def working_tree(self) -> Tree:
        """Return the working tree with uncommitted changes, and without what git ignores."""
        index = Path(self.environment["GIT_OBJECT_DIRECTORY"], "index")
        real = Path(self.folder, self._git("rev-parse", "--git-path", "index").stdout.decode().strip())
        if real.exists():
            shutil.copy(real, index)  # so that git reads only changed files
        own_index = {"GIT_INDEX_FILE": str(index)}
        self._git("add", "--all", environment=own_index)
        return Tree("the working tree", self._git("write-tree", environment=own_index).stdout.decode().strip())

    def read(self, tree: Tree, path: str) -> bytes | None:
        """Return the content of a file of `tree`, or None if there is none."""
        done = self._git("cat-file", "blob", f"{tree.id}:{path}", check=False)
        return None if done.returncode else done.stdout

    def unpack(self, tree: Tree, folder: Path) -> None:
        """Write the files of `tree` into `folder`, which is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        archive = self._git("archive", "--format=tar", tree.id).stdout
        with tarfile.open(fileobj=BytesIO(archive)) as packed:
            packed.extractall(folder, filter="tar")

    def _id(self, name: str) -> str:
        return self._git("rev-parse", "--verify", name).stdout.decode().strip()

    def _git(self, *words: str, check: bool = True, environment: dict[str, str] | None = None) -> _Done:
        variables = {**os.environ, **self.environment, **(environment or {})}
        done = subprocess.run(["git", *words], cwd=self.folder, env=variables, capture_output=True, check=False)
        if check and done.returncode:
            raise UnusableError(f"git {words[0]} failed: {done.stderr.decode(errors='replace').strip()}")
        return done


_Done = subprocess.CompletedProcess[bytes]


@contextmanager
def open_repository(folder: Path) -> Iterator[Repository]:
    """Yield the clone at `folder`; objects that git writes go to a temporary folder.

    Raises:
        UnusableError: `folder` is no clone.

    """
    with TemporaryDirectory() as objects:
        plain = Repository(folder, {})
        real = folder / plain._git("rev-parse", "--git-path", "objects").stdout.decode().strip()  # noqa: SLF001 - its own
        elsewhere = {"GIT_OBJECT_DIRECTORY": objects, "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(real)}
        yield Repository(folder, elsewhere)
