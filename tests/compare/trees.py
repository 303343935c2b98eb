"""What is compared: the files of a commit, or of the working tree as it is, each as a tree of git's."""

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
    """What was asked for cannot be compared; the text says why, for whoever asked."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Files that git knows by one id."""

    name: str
    """What a reader of the report knows it by."""
    id: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A clone, asked without changing anything in it."""

    folder: Path
    environment: dict[str, str]

    def commit(self, name: str) -> Tree:
        """Return the tree of the commit `name`.

        Raises:
            UnusableError: there is no such commit here.

        """
        done = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", check=False)
        if done.returncode:
            raise UnusableError(f'There is no commit "{name}" in this clone. `git log --oneline` lists what there is.')
        commit = done.stdout.decode().strip()
        subject = self._git("log", "-1", "--format=%h %s", commit).stdout.decode().strip()
        return Tree(f"{name} ({subject})", self._id(f"{commit}^{{tree}}"))

    def working_tree(self) -> Tree:
        """Return the working tree as it is: with what is not committed, and without what git ignores."""
        index = Path(self.environment["GIT_OBJECT_DIRECTORY"], "index")
        real = Path(self.folder, self._git("rev-parse", "--git-path", "index").stdout.decode().strip())
        if real.exists():
            shutil.copy(real, index)  # so that git need not read what has not changed
        own_index = {"GIT_INDEX_FILE": str(index)}
        self._git("add", "--all", environment=own_index)
        return Tree("the working tree", self._git("write-tree", environment=own_index).stdout.decode().strip())

    def read(self, tree: Tree, path: str) -> bytes | None:
        """Return a file of `tree`; None if it has none there."""
        done = self._git("cat-file", "blob", f"{tree.id}:{path}", check=False)
        return None if done.returncode else done.stdout

    def unpack(self, tree: Tree, folder: Path) -> None:
        """Write the files of `tree` into `folder`, which is made anew."""
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
def opened(folder: Path) -> Iterator[Repository]:
    """Open the clone that `folder` is the top of; what git has to note of the working tree is kept elsewhere.

    Raises:
        UnusableError: it is no clone.

    """
    with TemporaryDirectory() as objects:
        asked = Repository(folder, {})
        real = folder / asked._git("rev-parse", "--git-path", "objects").stdout.decode().strip()  # noqa: SLF001 - its own
        elsewhere = {"GIT_OBJECT_DIRECTORY": objects, "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(real)}
        yield Repository(folder, elsewhere)
