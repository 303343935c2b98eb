"""Both sites of a tree, built by the tree's own ``make`` in a folder that is the same for all trees.

What a commit's commands are called inside, and where it keeps its locks, is its own affair: only what README tells
authors is relied on, which is ``make html``, ``make serve PORT=…`` and ``make publish SITEURL=…``, and the folders
``output/``, ``public/`` and ``deploy/`` that they fill.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from compare.preview import NoPreviewError, mirrored
from compare.trees import Repository, Tree, UnusableError

VERBS = ("html", "serve", "publish")
GIVEN = ("PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
"""What a build gets of the environment, besides what begins or ends as in `PREFIXES` and `ENDINGS`."""
PREFIXES, ENDINGS = ("LC_", "PIP_"), ("_proxy", "_PROXY")
_TARGET = re.compile(r"^(?P<name>[^\s#:=][^:=]*?)\s*::?(?!=)(?P<needs>[^=\n]*)$", re.MULTILINE)
_LOCK = re.compile(r"\.(txt|lock)$")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A site, and what is made of it."""

    name: str
    address: str
    """Where it is published."""
    previewed: bool = True
    content: Mapping[str, bytes] | None = None
    """What takes the place of the tree's own content."""
    settings: str = ""
    """Lines behind the tree's own settings."""
    when_published: str = ""
    """The same for publication."""

    @property
    def digest(self) -> str:
        """Stands for all of it."""
        facts = [self.name, self.address, self.previewed, self.settings, self.when_published]
        files = sorted((path, sha256(data).hexdigest()) for path, data in (self.content or {}).items())
        return sha256(json.dumps([facts, files]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where trees are built."""

    repository: Repository
    folder: Path
    """Below it everything is made."""

    @property
    def place(self) -> Path:
        """The one folder in which every tree is built, so that no path can differ."""
        return self.folder / "site"

    def build(self, tree: Tree, recipe: Recipe, into: Path) -> None:
        """Build the site of `recipe` with `tree`, and leave what comes of it in folders below `into`.

        Raises:
            UnusableError: the tree does not build it; the text has what was said.

        """
        self.repository.unpack(tree, self.place)
        if recipe.content is not None:
            shutil.rmtree(self.place / "content")
            write(recipe.content, self.place / "content")
        for name, more in (("pelicanconf.py", recipe.settings), ("publishconf.py", recipe.when_published)):
            with (self.place / name).open("a", encoding="utf-8") as settings:
                settings.write(more)
        shutil.rmtree(into, ignore_errors=True)
        with self._set_up(Make(self.place, tree, environment())) as make:
            self._make(make, recipe, into)

    def _make(self, make: Make, recipe: Recipe, into: Path) -> None:
        if recipe.previewed:
            make.run("html")
            self._take("output", into / "built", make.tree)
            known = [path.relative_to(into / "built").as_posix() for path in files_below(into / "built")]
            write(make.preview(known), into / "previewed")
        make.run("publish", f"SITEURL={recipe.address}")
        self._take("public", into / "published", make.tree)
        for beside in ("deploy", "content/published.toml"):
            if (self.place / beside).exists():
                _copy(self.place / beside, into / "beside" / beside)

    def _take(self, made: str, into: Path, tree: Tree) -> None:
        if not files_below(self.place / made):
            raise UnusableError(f"{tree.name}: the build left nothing in {made}/.")
        shutil.copytree(self.place / made, into)

    @contextmanager
    def _set_up(self, make: Make) -> Iterator[Make]:
        """Give the place an environment that has what the tree's locks say: ours if it does, else one of its own.

        Its own one is made by the tree's make, and moved aside for the next build that needs it: it may not be a link.
        """
        pins, there = make.pins(), self.place / ".venv"
        if pins and all(map(installed, pins)):
            there.symlink_to(sys.prefix)
            make.settled = True
            yield make
            return
        kept = self.folder / "venvs" / sha256("\n".join(pins).encode()).hexdigest()[:16]
        keep_newest(kept.parent, 1, but=kept)
        if kept.exists():
            kept.rename(there)
        else:
            make.run(*make.stamps)
        make.settled = True
        try:
            yield make
        finally:
            kept.parent.mkdir(exist_ok=True)
            there.rename(kept)
            os.utime(kept)


@dataclass(slots=True)
class Make:
    """The ``make`` of an unpacked tree."""

    place: Path
    tree: Tree
    environment: Mapping[str, str]
    settled: bool = False
    """Whether all that the tree would install is there."""
    _targets: dict[str, list[str]] | None = None

    def run(self, *words: str) -> None:
        """Make what `words` say.

        Raises:
            UnusableError: it failed.

        """
        done = subprocess.run(
            self._command(*words),
            cwd=self.place,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            raise _failed(self.tree, f"make {' '.join(words)}", done.stdout)

    def preview(self, known: Collection[str]) -> dict[str, bytes]:
        """Return every file of the preview, those that are `known` and those that are linked to.

        Raises:
            UnusableError: there is no preview.

        """
        try:
            return mirrored(self._command("serve"), self.place, self.environment, known)
        except NoPreviewError as none:
            raise _failed(self.tree, "make serve", str(none)) from none

    def pins(self) -> list[str]:
        """Return every package that the locks behind our verbs name, with its version, as they write it."""
        locks = sorted(each for each in self._needs() if _LOCK.search(each) and (self.place / each).is_file())
        return sorted({pin for lock in locks for pin in pinned((self.place / lock).read_text(encoding="utf-8"))})

    @property
    def stamps(self) -> list[str]:
        """What set-up makes for our verbs, below ``.venv``."""
        return sorted(each for each in self._needs() if each.startswith(".venv/"))

    def _needs(self) -> set[str]:
        """Return all that our verbs need, and what that needs."""
        if self._targets is None:
            listing = subprocess.run(
                ["make", "-pRrq"],
                cwd=self.place,
                env=dict(self.environment),
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
            self._targets = targets(listing.stdout)
        found: set[str] = set()
        waiting = list(VERBS)
        while waiting:
            new = set(self._targets.get(waiting.pop(), ())) - found
            found |= new
            waiting += new
        return found

    def _command(self, *words: str) -> list[str]:
        there = [word for stamp in self.stamps for word in ("-o", stamp)] if self.settled else []
        return ["make", "--silent", *there, *words, f"PYTHON={getattr(sys, '_base_executable', sys.executable)}"]


def targets(database: str) -> dict[str, list[str]]:
    """Return what each target needs, from what ``make -p`` prints."""
    found: dict[str, list[str]] = {}
    for match in _TARGET.finditer(database):
        needs = match["needs"].replace("|", " ").split()
        for name in match["name"].split():
            found.setdefault(name, []).extend(needs)
    return found


def pinned(lock: str) -> Iterator[str]:
    """Yield each requirement of a lock in pip's form, without its hashes."""
    for line in lock.splitlines():
        pin = line.split(" \\")[0].split(" --hash")[0].strip()
        if pin and not pin.startswith(("#", "-")):
            yield pin


def installed(pin: str) -> bool:
    """Tell whether this environment has just what `pin` asks for, or need not have it."""
    try:
        wanted = Requirement(pin)
    except InvalidRequirement:
        return False
    if wanted.marker and not wanted.marker.evaluate():
        return True
    try:
        return wanted.specifier.contains(version(wanted.name), prereleases=True)
    except PackageNotFoundError:
        return False


def environment() -> dict[str, str]:
    """Return what a build gets of this process's environment: nothing by which it could turn out another way."""
    given = {
        name: value
        for name, value in os.environ.items()
        if name in GIVEN or name.startswith(PREFIXES) or name.endswith(ENDINGS)
    }
    return {**given, "COLUMNS": "200"}


def files_below(folder: Path) -> list[Path]:
    """Return every file below `folder`, in the order of their paths."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write `files`, given by their paths, below `folder`."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def keep_newest(folder: Path, count: int, but: Path | None = None) -> None:
    """Remove all folders in `folder` but the `count` that were used last, and `but`."""
    there = [path for path in folder.iterdir() if path != but] if folder.is_dir() else []
    for old in sorted(there, key=lambda path: path.stat().st_mtime, reverse=True)[count:]:
        shutil.rmtree(old, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def _failed(tree: Tree, command: str, said: str) -> UnusableError:
    last = "\n".join(said.strip().splitlines()[-30:])
    return UnusableError(f"{tree.name}: `{command}` failed.\n{last}")
