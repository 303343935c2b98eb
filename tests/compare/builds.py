"""Building a tree's sites with the tree's own ``make``, always in the same folder.

Only what README documents is relied on: ``make html``, ``make serve PORT=…`` and ``make publish SITEURL=…``, and the
folders ``output/``, ``public/`` and ``deploy/`` that they fill.
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

TARGETS = ("html", "serve", "publish")
INHERITED = ("PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
"""The environment variables that a build inherits, besides those with one of `PREFIXES` or `ENDINGS`."""
PREFIXES, ENDINGS = ("LC_", "PIP_"), ("_proxy", "_PROXY")
_TARGET = re.compile(r"^(?P<name>[^\s#:=][^:=]*?)\s*::?(?!=)(?P<needs>[^=\n]*)$", re.MULTILINE)
_LOCK = re.compile(r"\.(txt|lock)$")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A site to build."""

    name: str
    address: str
    """The address to publish at."""
    previewed: bool = True
    content: Mapping[str, bytes] | None = None
    """Files that replace the tree's content, by path; None to keep it."""
    settings: str = ""
    """Lines to append to ``pelicanconf.py``."""
    publish_settings: str = ""
    """Lines to append to ``publishconf.py``."""

    @property
    def digest(self) -> str:
        """The hex digest of all fields."""
        facts = [self.name, self.address, self.previewed, self.settings, self.publish_settings]
        files = sorted((path, sha256(data).hexdigest()) for path, data in (self.content or {}).items())
        return sha256(json.dumps([facts, files]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds trees below one folder."""

    repository: Repository
    folder: Path

    @property
    def site_folder(self) -> Path:
        """The folder in which every tree is built, so that paths cannot differ."""
        return self.folder / "site"

    def build(self, tree: Tree, recipe: Recipe, into: Path) -> None:
        """Build the site of `recipe` with `tree`, and put the output into subfolders of `into`.

        Raises:
            UnusableError: the build fails; the text has its output.

        """
        self.repository.unpack(tree, self.site_folder)
        if recipe.content is not None:
            shutil.rmtree(self.site_folder / "content")
            write(recipe.content, self.site_folder / "content")
        for name, more in (("pelicanconf.py", recipe.settings), ("publishconf.py", recipe.publish_settings)):
            with (self.site_folder / name).open("a", encoding="utf-8") as settings:
                settings.write(more)
        shutil.rmtree(into, ignore_errors=True)
        with self._set_up(Make(self.site_folder, tree, environment())) as make:
            self._make(make, recipe, into)

    def _make(self, make: Make, recipe: Recipe, into: Path) -> None:
        if recipe.previewed:
            make.run("html")
            self._copy_output("output", into / "built", make.tree)
            known = [path.relative_to(into / "built").as_posix() for path in files_below(into / "built")]
            write(make.preview(known), into / "previewed")
        make.run("publish", f"SITEURL={recipe.address}")
        self._copy_output("public", into / "published", make.tree)
        for beside in ("deploy", "content/published.toml"):
            if (self.site_folder / beside).exists():
                _copy(self.site_folder / beside, into / "beside" / beside)

    def _copy_output(self, name: str, into: Path, tree: Tree) -> None:
        if not files_below(self.site_folder / name):
            raise UnusableError(f"{tree.name}: the build left nothing in {name}/.")
        shutil.copytree(self.site_folder / name, into)

    @contextmanager
    def _set_up(self, make: Make) -> Iterator[Make]:
        """Give the site folder an environment with the locked packages: this process's own if it has them.

        Otherwise the tree's make installs one, which is kept for the next build. It is moved and not linked, since make
        refuses a linked environment.

        """
        pins, venv = make.pins(), self.site_folder / ".venv"
        if pins and all(map(installed, pins)):
            venv.symlink_to(sys.prefix)
            make.is_set_up = True
            yield make
            return
        cached = self.folder / "venvs" / sha256("\n".join(pins).encode()).hexdigest()[:16]
        keep_newest(cached.parent, 1, but=cached)
        if cached.exists():
            cached.rename(venv)
        else:
            make.run(*make.stamps)
        make.is_set_up = True
        try:
            yield make
        finally:
            cached.parent.mkdir(exist_ok=True)
            venv.rename(cached)
            os.utime(cached)


@dataclass(slots=True)
class Make:
    """Runs the ``make`` of an unpacked tree."""

    site_folder: Path
    tree: Tree
    environment: Mapping[str, str]
    is_set_up: bool = False
    """Whether the environment is complete, so that make must not install anything."""
    _targets: dict[str, list[str]] | None = None

    def run(self, *words: str) -> None:
        """Run make with `words` as arguments.

        Raises:
            UnusableError: it fails.

        """
        done = subprocess.run(
            self._command(*words),
            cwd=self.site_folder,
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
        """Return the files that the preview serves: those in `known` and all that pages link to.

        Raises:
            UnusableError: the preview does not start.

        """
        try:
            return mirrored(self._command("serve"), self.site_folder, self.environment, known)
        except NoPreviewError as none:
            raise _failed(self.tree, "make serve", str(none)) from none

    def pins(self) -> list[str]:
        """Return each requirement in the locks of our targets, as the locks write it."""
        locks = sorted(each for each in self._needs() if _LOCK.search(each) and (self.site_folder / each).is_file())
        return sorted({pin for lock in locks for pin in pinned((self.site_folder / lock).read_text(encoding="utf-8"))})

    @property
    def stamps(self) -> list[str]:
        """The files below ``.venv`` that set-up makes for our targets."""
        return sorted(each for each in self._needs() if each.startswith(".venv/"))

    def _needs(self) -> set[str]:
        """Return all prerequisites of our targets, direct and indirect."""
        if self._targets is None:
            listing = subprocess.run(
                ["make", "-pRrq"],
                cwd=self.site_folder,
                env=dict(self.environment),
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
            self._targets = targets(listing.stdout)
        found: set[str] = set()
        queue = list(TARGETS)
        while queue:
            new = set(self._targets.get(queue.pop(), ())) - found
            found |= new
            queue += new
        return found

    def _command(self, *words: str) -> list[str]:
        up_to_date = [word for stamp in self.stamps for word in ("-o", stamp)] if self.is_set_up else []
        return ["make", "--silent", *up_to_date, *words, f"PYTHON={getattr(sys, '_base_executable', sys.executable)}"]


def targets(database: str) -> dict[str, list[str]]:
    """Return the prerequisites of each target, from the output of ``make -p``."""
    found: dict[str, list[str]] = {}
    for match in _TARGET.finditer(database):
        needs = match["needs"].replace("|", " ").split()
        for name in match["name"].split():
            found.setdefault(name, []).extend(needs)
    return found


def pinned(lock: str) -> Iterator[str]:
    """Yield each requirement of a pip lock, without its hashes."""
    for line in lock.splitlines():
        pin = line.split(" \\")[0].split(" --hash")[0].strip()
        if pin and not pin.startswith(("#", "-")):
            yield pin


def installed(pin: str) -> bool:
    """Return whether this environment meets the requirement `pin`, or `pin` does not apply to it."""
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
    """Return the environment of a build: only those variables that cannot change its output."""
    given = {
        name: value
        for name, value in os.environ.items()
        if name in INHERITED or name.startswith(PREFIXES) or name.endswith(ENDINGS)
    }
    return {**given, "COLUMNS": "200"}


def files_below(folder: Path) -> list[Path]:
    """Return every file below `folder`, sorted by path."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write `files`, given by their paths, below `folder`."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def keep_newest(folder: Path, count: int, but: Path | None = None) -> None:
    """Remove all folders in `folder` except the `count` most recently used ones and `but`."""
    folders = [path for path in folder.iterdir() if path != but] if folder.is_dir() else []
    for old in sorted(folders, key=lambda path: path.stat().st_mtime, reverse=True)[count:]:
        shutil.rmtree(old, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def _failed(tree: Tree, command: str, output: str) -> UnusableError:
    last = "\n".join(output.strip().splitlines()[-30:])
    return UnusableError(f"{tree.name}: `{command}` failed.\n{last}")
