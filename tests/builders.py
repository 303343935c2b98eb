"""Builders of essays, series and plays for tests, and of Pelican sites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from textwrap import dedent

from hypothesis import strategies as st
from markdown import Markdown

import forked
from essay_series import assemble, views
from essay_series.config import SiteConfig
from essay_series.feeds.topics import topics
from essay_series.l10n import ENGLISH
from essay_series.model import DRAFT, HIDDEN, PUBLISHED, SKIP, STANDINGS, Address, Essay, PlayPage, SeriesPage, Site
from essay_series.record.text import salvaged, text_of
from essay_series.routes import DEFAULTS, Routes, UnknownWordError
from essay_series.sources.frontmatter import Source, read
from essay_series.sources.manuscript import Manuscript, manuscript
from forked import Running

PROJECT = Path(__file__).resolve().parent.parent
SAMPLE = PROJECT / "tests/sample"
"""A small series with settings of its own, so that tests do not depend on the project's own site."""
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
    "PAGE_LANG_SAVE_AS": "{slug}/{lang}/index.html",
    "PAGE_LANG_URL": "{slug}/{lang}/",
}
KINDS = {"essays": "essay", "series": "series", "playbook": "play", "pages": "page"}


def slugify(name: str) -> str:
    """Return a slug as Pelican makes it, for ASCII names."""
    kept = "".join(c if c.isalnum() or c in " -_" else "" for c in name.lower())
    return "-".join(kept.replace("_", " ").replace("-", " ").split())


def an_essay(slug: str = "one", **facts) -> Essay:
    """Return a published essay; its title is made from its slug unless it is given."""
    facts = {"date": a_day(1), "title": slug.replace("-", " ").capitalize(), **facts}
    address = Address(f"essays/{slug}/index.html", f"essays/{slug}/")
    return Essay(source=f"essays/{slug}.md", slug=slug, **{"address": address, **facts})


def a_day(number: int) -> datetime:
    """Return midnight of a day of April 2009."""
    return datetime(2009, 4, number, tzinfo=UTC)


def an_address(kind: str, path: str, written: Mapping[str, str]) -> Address:
    """Return the address of a text under the `PATTERNS`, as Pelican gives it for plain front matter.

    A text in a folder ``letters`` has its recipient in the address.
    """
    if kind == "static":
        return Address(path, path)
    default = {"slug": slugify(PurePosixPath(path).stem), "lang": "en", "status": PUBLISHED}
    words = {**default, **written}
    prefix = {"essay": "DRAFT" if words["status"] == DRAFT else "ARTICLE", "page": "PAGE"}[kind]
    infix = "" if words["lang"] == "en" else "_LANG"
    patterns = (PATTERNS.get(f"{prefix}{infix}_{end}", "") for end in ("SAVE_AS", "URL"))
    try:
        whom = "{whom}/" if "/letters/" in path else ""
        save_as, url = (f"{whom}{pattern}".format(**words) for pattern in patterns)
    except KeyError as word:
        raise UnknownWordError(word.args[0]) from word
    own = words if words["status"] != DRAFT else {}
    return Address(own.get("save_as", save_as), own.get("url", url))


def a_config(**changes) -> SiteConfig:
    """Return the settings of a plain site, with `changes`."""
    plain = {
        "content": "content",
        "routes": Routes(PATTERNS),
        "default_lang": "en",
        "timezone": UTC,
        "now": datetime(2026, 1, 1, tzinfo=UTC),
        "needs_date": True,
        "allowed_hosts": frozenset(),
        "static_paths": ("images",),
        "slugify": slugify,
        "slug_from_file": True,
        "inherited": lambda _: {},
        "address": an_address,
        "lenient_date": datetime.fromisoformat,
        "to_html": lambda text: Markdown(extensions=["extra", "toc"]).convert(text),
        "to_html_with_comments": lambda text: Markdown(extensions=["extra", "toc"]).convert(text),
    }
    return SiteConfig(**{**plain, **changes})


def a_source(text: str | bytes, path: str = "essays/one.md") -> Source:
    """Return the source that is read from the file `path`, whose folder gives its kind."""
    data = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
    kind = "playbook" if path.startswith("playbook/index.") else KINDS[path.split("/", maxsplit=1)[0]]
    return read(path, kind, data)


def a_manuscript(files: dict[str, str | bytes], **changes) -> Manuscript:
    """Return the manuscript of `files`, by path; files other than Markdown and the record only exist.

    A record in bytes is used as it is; one in text gets an end mark. A text that begins with an arrow, such as
    ``-> /etc/passwd``, is a symbolic link out of the content folder.
    """
    strays = {path for path, text in files.items() if text[:2] in ("->", b"->")}
    sources = [a_source(text, path) for path, text in files.items() if path.endswith(".md") and path not in strays]
    record = files.get("published.toml")
    data = sealed(record) if isinstance(record, str) else record
    return manuscript(sources, files, a_config(**changes), data, strays)


def sealed(lines: str) -> bytes:
    """Return the published record with the given `lines` and an end mark."""
    return text_of(salvaged(dedent(lines).encode())).encode()


def a_part(slug: str = "one", day: int = 1, **facts) -> Essay:
    """Return a published essay of the series "turnings", dated on `day` of April 2009."""
    return an_essay(slug, **{"series": "turnings", "date": a_day(day), **facts})


def a_couple(cost: str = "price", benefit: str = "gain", **facts) -> list[Essay]:
    """Return a cost and the benefit that answers it, of the series "turnings"."""
    return [
        a_part(cost, side="cost", answers=benefit, entry=f"The {cost}.", **facts),
        a_part(benefit, day=2, side="benefit", answers=cost, entry=f"The {benefit}.", **facts),
    ]


def a_translation(essay: Essay, lang: str = "fr", **facts) -> Essay:
    """Return the version of `essay` in another language."""
    address = Address(f"essays/{essay.slug}/{lang}/index.html", f"essays/{essay.slug}/{lang}/")
    facts = {"title": f"{essay.title} ({lang})", "address": address, **facts}
    return replace(essay, source=f"essays/{essay.slug}-{lang}.md", lang=lang, **facts)


def a_series(slug: str = "turnings", **facts) -> SeriesPage:
    """Return the declaration of a series, announced unless `facts` say otherwise."""
    usual = {"source": f"series/{slug}.md", "slug": slug, "title": slug.capitalize(), "announced": True}
    return SeriesPage(**{**usual, **facts})


def a_play(slug: str = "let-go", **facts) -> PlayPage:
    """Return the declaration of a play, announced unless `facts` say otherwise."""
    title = slug.replace("-", " ").capitalize()
    return PlayPage(**{"source": f"playbook/{slug}.md", "slug": slug, "title": title, "announced": True, **facts})


def a_site(*essays: Essay, series=(), plays=()) -> Site:
    """Return the site of `essays` and declarations."""
    return assemble.site(essays, series, plays, slugify)


def views_of(*essays: Essay, series=(), plays=(), **page_context) -> dict[str, views.View]:
    """Return the views of the site of `essays`, by output path."""
    site = a_site(*essays, series=series, plays=plays)
    routes = Routes(PATTERNS)
    return views.pages(views.PageContext(site, routes, topics=topics(site, routes, ENGLISH), **page_context))


@st.composite
def universes(draw) -> list[Essay]:
    """Draw a few essays of every kind; every text that belongs only to unpublished ones contains "canary"."""
    statuses = {
        slug: draw(st.sampled_from((PUBLISHED, PUBLISHED, PUBLISHED, DRAFT, HIDDEN, SKIP)))
        for slug in draw(st.lists(st.sampled_from("abcdefgh"), unique=True))
    }
    names = [slug if status == PUBLISHED else f"canary-{slug}" for slug, status in statuses.items()]
    essays = [_drawn(draw, names, number, status) for number, status in enumerate(statuses.values())]
    french = [a_translation(essay) for essay in essays if draw(st.booleans())]
    hidden = {"title": "Canary", "entry": "Canary.", "status": DRAFT}
    return essays + [replace(e, **hidden) if draw(st.booleans()) else e for e in french]


def _drawn(draw, names: list[str], number: int, status: str) -> Essay:
    """Draw the essay `names[number]`; neighbours in `names` often answer each other."""
    canary = "" if status == PUBLISHED else "Canary "
    usual = min(number ^ 1, len(names) - 1)
    return an_essay(
        names[number],
        status=status,
        date=a_day(draw(st.integers(1, 4))),
        series=draw(st.sampled_from((None, f"{canary}turnings", "Turnings", "Two minds"))),
        side=draw(st.sampled_from((("cost", "benefit")[number % 2], "cost", "benefit", None))),
        entry=f"{canary}entry of {names[number]}.",
        answers=draw(st.sampled_from((names[usual], names[usual], *names, None))),
        standing=draw(st.sampled_from((None, *STANDINGS))),
        verdict=f"{canary}verdict of {names[number]}.",
        part=draw(st.none() | st.integers(0, 3)),
        plays=tuple(
            draw(st.lists(st.sampled_from((f"{canary}play", "Let go", "let-go", "Guard", "Name")), max_size=3))
        ),
        summary=f"{canary}summary",
    )


@dataclass
class Build:
    """The result of a build."""

    code: int
    said: str
    output: Path

    def page(self, path: str) -> str:
        """Return the text of an output file."""
        return (self.output / path).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Return the content of each output file, by path."""
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}

    def published(self) -> str:
        """Return all file names and texts of the output as one text."""
        return "\n".join(f"{p}\n{b.decode('utf-8', 'replace')}" for p, b in self.files().items())


@dataclass
class SiteTest:
    """A site in a folder of its own, built by Pelican in another process.

    `settings` are added to those of the sample, or are all there are with ``ours=False``.
    """

    folder: Path
    settings: str = ""
    ours: bool = True
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, path: str, text: str | bytes) -> SiteTest:
        """Write a file of the site; a text is dedented."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode())
        return self

    def essay(self, slug: str, body: str = "Text.", **keys) -> SiteTest:
        """Write an essay with the front matter `keys`."""
        facts = {"Title": slug.replace("-", " ").capitalize(), "Date": "2009-04-01", **keys}
        header = "".join(f"{key}: {value}\n" for key, value in facts.items() if value is not None)
        return self.write(f"content/essays/{slug}.md", f"{header}\n{body}\n")

    def sample(self) -> SiteTest:
        """Copy the essays of the sample into the site."""
        shutil.copytree(SAMPLE / "content", self.folder / "content", dirs_exist_ok=True)
        return self

    def remove(self, path: str) -> SiteTest:
        """Remove a file of the site."""
        (self.folder / path).unlink()
        return self

    def configure(self) -> Path:
        """Write the settings file, and return its path."""
        (self.folder / "content").mkdir(exist_ok=True)
        conf = self.folder / "pelicanconf.py"
        if not conf.exists() or conf.read_text(encoding="utf-8") != self._conf():  # else another build may read it
            conf.write_text(self._conf(), encoding="utf-8")
        return conf

    def build(self, *arguments: str, fresh: bool = False, by: str = forked.PROGRAM) -> Build:
        """Build the site as an author does; with `fresh`, in a new Python process."""
        if fresh:
            process = self.start(*arguments)
            said, _ = process.communicate()
            return Build(process.returncode, said, self.folder / "output")
        done = self.begin(*arguments, by=by).wait()
        return Build(done.code, done.said, self.folder / "output")

    def begin(self, *arguments: str, by: str = forked.PROGRAM) -> Running:
        """Start a build, and return it without waiting."""
        self.configure()
        command = ("content", "-s", "pelicanconf.py", "--fatal=errors", *arguments)
        return forked.start(self.folder, by, *command, variables=self._environment(), together=True)

    def start(self, *arguments: str, before: tuple[str, ...] = (), **process) -> subprocess.Popen:
        """Start a build in a new Python process, under the command `before` if given."""
        conf = self.configure()
        command = [*before, sys.executable, "-m", forked.PROGRAM, "content", "-s", str(conf), "--fatal=errors"]
        return subprocess.Popen(
            [*command, *arguments],
            cwd=self.folder,
            env=self._environment() | {"PYTHONPATH": str(PROJECT / "plugins")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **process,
        )

    def publish(self, root: str, *, command: str = "publish", **words: str) -> Build:
        """Publish the site at the address `root`, or run another of the author's commands."""
        (self.folder / "content").mkdir(exist_ok=True)
        settings = self.folder / "pelicanconf.py"
        if not settings.exists() or settings.read_text(encoding="utf-8") != self._conf():
            settings.write_text(self._conf(), encoding="utf-8")
        shutil.copy(SAMPLE / "publishconf.py", self.folder)
        variables = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), "SITEURL": root, "COLUMNS": "200", **words}
        done = forked.start(self.folder, "essay_series", command, variables=variables).wait()
        return Build(done.code, done.said, self.folder / "public")

    def essays(self, *arguments: str) -> Build:
        """Run the program `essays`, as an author without make does."""
        (self.folder / "content").mkdir(exist_ok=True)
        (self.folder / "pelicanconf.py").write_text(self._conf(), encoding="utf-8")
        variables = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), "COLUMNS": "200"}
        variables.pop("MAKELEVEL", None)
        done = forked.start(self.folder, "essay_series", *arguments, variables=variables, together=True).wait()
        return Build(done.code, done.said, self.folder / "output")

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(PROJECT), "COLUMNS": "200", **self.environment}

    def _conf(self) -> str:
        plugins = f"PLUGIN_PATHS = [{str(PROJECT / 'plugins')!r}]\n"
        if not self.ours:
            return f"PATH = 'content'\nOUTPUT_PATH = 'output'\n{plugins}{self.settings}"
        theme = (
            f"THEME = {str(PROJECT / 'theme')!r}\nTHEME_TEMPLATES_OVERRIDES = [{str(PROJECT / 'theme/static/css')!r}]\n"
        )
        sample = (
            f"from runpy import run_path\nsample = run_path({str(SAMPLE / 'pelicanconf.py')!r})\n"
            "globals().update({name: value for name, value in sample.items() if name.isupper()})\n"
        )
        return f"{sample}{plugins}{theme}{self.settings}"
