"""An author who changes a site, and after each change compares an incremental build with one from nothing."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PIL import Image

from builders import PROJECT, SiteTest
from essay_series.cli.preview import serve
from forked import Built, build

SLUGS = tuple(f"e{number}" for number in range(8))
"""The essays that there may be; the first six are there from the beginning."""
PLAYS = ("Let go", "Guard", "Name it")


@cache
def a_picture(shade: int, width: int = 24) -> bytes:
    """Return a PNG image of one shade of grey."""
    data = BytesIO()
    Image.new("L", (width, 16), shade).save(data, "PNG")
    return data.getvalue()


OWN = {
    "THEME": "theme",
    "THEME_TEMPLATES_OVERRIDES": ["theme/static/css"],
    "AUTHOR": "A",
    "JINJA_ENVIRONMENT": {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "bytecode_cache": None},
}
"""Settings of a site with a theme of its own, so that an author can change that too; its builds cache templates."""
BEGINNING = {
    "content/series/turnings.md": "Title: Turnings\nSummary: A series.\nPlanned: The last word | benefit | 2009-05-01\n"
    "Planned: An afterthought\n\nBegin with [the first]({filename}/essays/e0.md).\n",
    "content/series/two-minds.md": "Title: Two minds\nSummary: Another.\n\nText.\n",
    "content/playbook/index.md": "Title: The playbook\nSummary: Plays.\n\nPick one.\n",
    "content/playbook/let-go.md": "Title: Let go\nSummary: Hand it over.\nOrder: 1\n\n1. Hand it over.\n",
    "content/playbook/guard.md": "Title: Guard\nSummary: Be there.\nRelated: let-go\nOrder: 2\n\n1. Be.\n",
    "content/playbook/name-it.md": "Title: Name it\nSummary: Say it.\nOrder: 3\n\nSee [it]({filename}/essays/e1.md).\n",
    "content/pages/about.md": "Title: About\nSummary: What this is.\n\nSee [one]({filename}/essays/e2.md).\n",
    "content/pages/gallery.md": "Title: Gallery\nSummary: Images.\n\n![One]({static}/images/a.png)\n\n"
    "![Two]({static}/images/b.png)\n",
    "content/images/a.png": a_picture(0),
    "content/images/b.png": a_picture(9),
}
"""What the site has beside its essays in the beginning, by path."""


class DifferenceError(AssertionError):
    """An incremental build differs from one from nothing."""

    steps: Sequence[object] = ()
    """What an author did up to it, where that was a walk."""


class Code(str):
    """A setting that is written as an expression."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the expression itself."""
        return str(self)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Author:
    """Changes a site, and builds after each change."""

    output = "output"
    """The folder of the incremental builds."""
    extra: tuple[str, ...] = ()
    """Settings of every build, as words of the command line."""
    here = False
    """Whether builds are forks of this process, and so have what a test changes in the code."""

    def __init__(self, **settings: object) -> None:
        """Make a folder of the author's own, with a copy of the theme; `settings` are those of the site."""
        self.folder = Path(tempfile.mkdtemp(prefix="site-"))
        self._templates = Path(tempfile.mkdtemp(prefix="templates-"))
        shutil.copytree(PROJECT / "theme", self.folder / "theme")
        self.essays: dict[str, dict[str, str]] = {}
        self.bodies: dict[str, str] = {}
        self.files: dict[str, str | bytes] = dict(BEGINNING)
        self.settings: dict[str, object] = {**OWN, **settings}
        self.variables: dict[str, str] = {}
        self.good: dict[str, bytes] = {}
        self.said = ""
        self.builds = self.changes = self.refusals = self.kills = 0
        self._sound: tuple[object, ...] | None = None
        self._written: dict[str, bytes] = {}
        self._writes = 0

    def teardown(self) -> None:
        """Remove all folders."""
        for folder in (self.folder, self._templates):
            shutil.rmtree(folder, ignore_errors=True)

    def begin(self) -> None:
        """Build a first site of a few essays that link to each other."""
        for number, slug in enumerate(SLUGS[:6]):
            self.essays[slug] = {
                "Title": slug,
                "Date": f"2009-04-0{number + 1}",
                "Tags": PLAYS[number % 3],
                "Series": "Turnings",
                "Side": ("cost", "benefit")[number % 2],
                "Entry": f"Entry {slug}.",
            }
            self.bodies[slug] = f"See [the last]({{filename}}{SLUGS[number - 1]}.md)." if number else "Some text."
        self.essays["e5"]["Status"] = "draft"
        self.bodies["e1"] = (
            "See [the first]({filename}e0.md), and <span data-promise='e5'>one day</span> more.[^1]\n\n[^1]: A note."
        )
        self.build()

    def build(self) -> None:
        """Build incrementally and from nothing, and compare; if sources have mistakes, undo the change and rebuild.

        Raises:
            DifferenceError: the two differ.

        """
        self.write()
        usual = self.run()
        self.said = usual.said
        self.builds += 1
        sources = self._sources()
        if sources != self._sound:  # else what a build from nothing makes of them is known
            clean = self.from_nothing()
            _same_end(usual, clean)
            if clean.code == 0:
                before, self.good = self.good, files_of(self.folder / "clean")
                self.changes += self.good != before
                self._sound = sources
        elif usual.code:
            raise DifferenceError(f"What was built before is refused:\n{usual.said}")
        _same_files(files_of(self.folder / self.output), self.good)
        if usual.code:
            self.refusals += 1
            self._take_back()

    def run(self) -> Built:
        """Build incrementally, with three processes and one in turn."""
        workers = 1 if self.builds % 2 else 3
        return build(self.folder, quick=True, workers=workers, here=self.here, variables=self.variables)

    def from_nothing(self) -> Built:
        """Build into the folder `clean` without any cache but compiled templates."""
        for left in ("cache-clean", "clean", ".clean.standby"):
            shutil.rmtree(self.folder / left, ignore_errors=True)
        extra = ("--extra-settings", 'CACHE_PATH="cache-clean"', *self.extra)
        how = {"workers": 1, "templates": self._own_templates(), "here": self.here, "variables": self.variables}
        return build(self.folder, "--output", "clean", *extra, **how)

    def _own_templates(self) -> Path:
        """Return the folder for compiled templates of this site with its present filters.

        The code of a template may depend on those, since Jinja evaluates constant expressions when it compiles it.
        """
        others = {path: text for path, text in self.files.items() if not path.startswith("content/")}
        known = repr((self.settings.get("JINJA_FILTERS"), others))
        folder = self._templates / hashlib.sha256(known.encode()).hexdigest()
        folder.mkdir(exist_ok=True)
        return folder

    def write(self) -> None:
        """Write all changed files, and remove those that are gone."""
        wanted = dict(self._texts())
        for path in self._written.keys() - wanted.keys():
            (self.folder / path).unlink(missing_ok=True)
        for path, data in wanted.items():
            if self._written.get(path) != data:
                self._write_file(self.folder / path, data)
        self._written = wanted

    def change(self, slug: str, **keys: str | None) -> None:
        """Change keys of an essay, and build; a key that is None is removed."""
        known = {**self.essays[slug], **keys}
        self.essays[slug] = {key: value for key, value in known.items() if value is not None}
        self.build()

    def edit(self, slug: str, word: str) -> None:
        """Add a word to an essay, and build."""
        self.bodies[slug] += f" {word}"
        self.build()

    def put(self, path: str, text: str | bytes | None) -> None:
        """Write the file `path`, or remove it if `text` is None, and build."""
        if text is None:
            self.files.pop(path, None)
        else:
            self.files[path] = text
        self.build()

    def set(self, **settings: object) -> None:
        """Change settings, and build."""
        self.settings |= settings
        self.build()

    def _sources(self) -> tuple[object, ...]:
        return deepcopy((self.essays, self.bodies, self.files, self.settings, self.variables))

    def _take_back(self) -> None:
        if self._sound is None:
            raise DifferenceError(f"The first site is refused:\n{self.said}")
        essays, bodies, files, settings, variables = deepcopy(self._sound)
        self.essays, self.bodies, self.files = essays, bodies, files
        self.settings, self.variables = settings, variables
        said = self.said
        self.build()
        self.said = said

    def _texts(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path and content of every file of the site."""
        for slug, keys in self.essays.items():
            header = "".join(f"{key}: {value}\n" for key, value in keys.items())
            yield f"content/essays/{slug}.md", f"{header}\n{self.bodies[slug]}\n".encode()
        for path, text in self.files.items():
            yield path, text if isinstance(text, bytes) else text.encode()
        lines = "".join(f"{name} = {value!r}\n" for name, value in self.settings.items())
        yield "pelicanconf.py", SiteTest(self.folder, lines)._conf().encode()  # noqa: SLF001 - as `configure` does

    def _write_file(self, file: Path, data: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        if file.suffix == ".py":  # Python takes a module of the same second and size for the one that it has compiled
            self._writes += 1
            os.utime(file, (10**9 + self._writes,) * 2)


class Previewer(Author):
    """An author whose incremental builds are made by the preview's process."""

    output = serve.FOLDER.as_posix()
    open = ("index.html", "essays/e1/index.html", "series/turnings/index.html", "playbook/let-go/index.html")
    """The pages that the author looks at."""
    extra = tuple(f"{name}={json.dumps(value)}" for name, value in serve.SETTINGS.items())

    def __init__(self, **settings: object) -> None:
        """Start as any author; the preview's process starts with the first build."""
        super().__init__(**settings)
        self._builder = serve.builder_of()

    def teardown(self) -> None:
        """End the preview's process too."""
        self._builder.end()
        super().teardown()

    def run(self) -> Built:
        """Build the preview while pages are open; those that are shown early must be right.

        Raises:
            DifferenceError: they differ in the end.

        """
        shown: dict[str, bytes] = {}
        with chdir(self.folder), patch.dict(os.environ, PYTHONPATH=str(PROJECT / "plugins")):
            outcome = self._builder.build(self.open, shown.update)
        made = files_of(self.folder / self.output) if outcome.good else shown
        if wrong := sorted(path for path, data in shown.items() if made.get(path) != data):
            raise DifferenceError(f"Pages were shown that are others in the end: {', '.join(wrong)}")
        return Built(0 if outcome.good else 1, outcome.said)


def _same_end(usual: Built, clean: Built) -> None:
    """Raise `DifferenceError` if two builds do not end with the same code and mistakes, or print a traceback."""
    for each in (usual, clean):
        if "Traceback" in each.said:
            raise DifferenceError(each.said)
    if (usual.code, _mistakes(usual)) != (clean.code, _mistakes(clean)):
        raise DifferenceError(f"Incrementally:\n{usual.said}\nFrom nothing:\n{clean.said}")


def _mistakes(built: Built) -> list[str]:
    return sorted(line for line in built.said.splitlines() if line.startswith("content/"))


def _same_files(left: Mapping[str, bytes], right: Mapping[str, bytes]) -> None:
    """Raise `DifferenceError` if two outputs, the incremental one first, differ."""
    lines = [f"{path} is missing" for path in sorted(right.keys() - left.keys())]
    lines += [f"{path} should not be there" for path in sorted(left.keys() - right.keys())]
    for path in sorted(left.keys() & right.keys()):
        if left[path] != right[path]:
            lines.append("\n".join([path, *_first_lines(left[path], right[path])]))
    if lines:
        raise DifferenceError("\n".join(lines))


def _first_lines(left: bytes, right: bytes) -> list[str]:
    """Return the first lines in which two files differ, truncated."""
    texts: list[Any] = [each.decode("utf-8", "replace").splitlines() for each in (left, right)]
    found = difflib.unified_diff(*texts, "incrementally", "from nothing", n=0, lineterm="")
    return [f"  {line[:300]}" for line, _ in zip(found, range(8), strict=False)]
