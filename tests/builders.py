"""Tiny universes: essays, series and plays with only what a test is about, and a real Pelican site to build."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

from markdown import Markdown

from essay_series.config import SiteConfig
from essay_series.frontmatter import Source, read
from essay_series.manuscript import Manuscript, manuscript
from essay_series.model import Address, Essay
from essay_series.routes import DEFAULTS, Routes

PROJECT = Path(__file__).resolve().parent.parent
PATTERNS = {
    **DEFAULTS,
    "INDEX_SAVE_AS": "index.html",
    "ARCHIVES_SAVE_AS": "archive/index.html",
    "ARCHIVES_URL": "archive/",
    "ARTICLE_SAVE_AS": "essays/{slug}/index.html",
    "ARTICLE_URL": "essays/{slug}/",
    "ARTICLE_LANG_SAVE_AS": "essays/{slug}/{lang}/index.html",
    "ARTICLE_LANG_URL": "essays/{slug}/{lang}/",
    "PAGE_SAVE_AS": "{slug}/index.html",
    "PAGE_URL": "{slug}/",
    "TAG_FEED_ATOM": "feeds/plays/{slug}.atom.xml",
}
KINDS = {"essays": "essay", "series": "series", "playbook": "play", "pages": "page"}


def slugify(name: str) -> str:
    """Make a slug as Pelican does, for plain ASCII names."""
    kept = "".join(c if c.isalnum() or c in " -_" else "" for c in name.lower())
    return "-".join(kept.replace("_", " ").replace("-", " ").split())


def an_essay(slug: str = "one", **facts) -> Essay:
    """Return a published essay; its title follows from its slug unless it is given."""
    facts = {"date": a_day(1), "title": slug.replace("-", " ").capitalize(), **facts}
    address = Address(f"essays/{slug}/index.html", f"essays/{slug}/")
    return Essay(source=f"essays/{slug}.md", slug=slug, **{"address": address, **facts})


def a_day(number: int) -> datetime:
    """Return midnight of a day of April 2009."""
    return datetime(2009, 4, number, tzinfo=UTC)


def a_config(**changes) -> SiteConfig:
    """Return the settings of a plain site, with `changes`."""
    plain = {
        "content": "content",
        "routes": Routes(PATTERNS),
        "default_lang": "en",
        "timezone": UTC,
        "now": datetime(2026, 1, 1, tzinfo=UTC),
        "needs_date": True,
        "slugify": slugify,
        "slug_from_file": True,
        "inherited": lambda _: {},
        "lenient_date": datetime.fromisoformat,
        "to_html": lambda text: Markdown(extensions=["extra", "toc"]).convert(text),
    }
    return SiteConfig(**{**plain, **changes})


def a_source(text: str | bytes, path: str = "essays/one.md") -> Source:
    """Return a source as it is read from the file `path`, whose folder tells its kind."""
    data = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
    kind = "playbook" if path == "playbook/index.md" else KINDS[path.split("/", maxsplit=1)[0]]
    return read(path, kind, data)


def a_manuscript(files: dict[str, str | bytes], **changes) -> Manuscript:
    """Return the manuscript of `files`, given by their paths; other files than Markdown just exist."""
    sources = [a_source(text, path) for path, text in files.items() if path.endswith(".md")]
    return manuscript(sources, files, a_config(**changes))


@dataclass
class Build:
    """What a build printed, and what it left."""

    code: int
    said: str
    output: Path

    def page(self, path: str) -> str:
        """Return the text of an output file."""
        return (self.output / path).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Return every output file by its path."""
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}

    def published(self) -> str:
        """Return all that the output says, and all of its file names."""
        return "\n".join(f"{p}\n{b.decode('utf-8', 'replace')}" for p, b in self.files().items())


@dataclass
class SiteTest:
    """A site in a folder of its own, built by the real Pelican in a process of its own.

    `settings` are lines of Python behind the project's settings; with ``ours=False`` they are all there is.
    """

    folder: Path
    settings: str = ""
    ours: bool = True
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, path: str, text: str | bytes) -> SiteTest:
        """Write a file of the site; text is dedented."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode())
        return self

    def essay(self, slug: str, body: str = "Text.", **keys) -> SiteTest:
        """Write an essay; `keys` are its front matter."""
        facts = {"Title": slug.replace("-", " ").capitalize(), "Date": "2009-04-01", **keys}
        header = "".join(f"{key}: {value}\n" for key, value in facts.items() if value is not None)
        return self.write(f"content/essays/{slug}.md", f"{header}\n{body}\n")

    def remove(self, path: str) -> SiteTest:
        """Remove a file of the site."""
        (self.folder / path).unlink()
        return self

    def build(self, *arguments: str) -> Build:
        """Build the site as an author does."""
        (self.folder / "content").mkdir(exist_ok=True)
        conf = self.folder / "pelicanconf.py"
        conf.write_text(self._conf(), encoding="utf-8")
        command = [sys.executable, "-m", "pelican", "content", "-s", str(conf), "--fatal=errors"]
        done = subprocess.run(
            [*command, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "COLUMNS": "200", **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return Build(done.returncode, done.stdout + done.stderr, self.folder / "output")

    def _conf(self) -> str:
        plugins = f"PLUGIN_PATHS = [{str(PROJECT / 'plugins')!r}]\n"
        if not self.ours:
            return f"PATH = 'content'\nOUTPUT_PATH = 'output'\n{plugins}{self.settings}"
        theme = (
            f"THEME = {str(PROJECT / 'theme')!r}\n"
            f"THEME_TEMPLATES_OVERRIDES = [{str(PROJECT / 'theme/static/css')!r}]\n"
        )
        return (
            f"exec(open({str(PROJECT / 'pelicanconf.py')!r}).read())\n"
            f"{plugins}{theme}{self.settings}"
        )
