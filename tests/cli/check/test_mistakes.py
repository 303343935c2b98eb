"""Sixty mistakes that authors make: what is said of each, and that its cure works when it is followed.

Sites with the first twenty are really built, beside the same files with Pelican alone. The table of what was said is
`tests/cli/check/mistakes.md`; ``APPROVE=1`` writes it again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import pytest

import forked
from builders import Build, SiteTest, a_manuscript
from cli.mistakes import BUILT, MORE, Mistake, edited
from essay_series import checks
from essay_series.checks import Problem
from essay_series.checks.advice import advice

TABLE = Path(__file__).with_name("mistakes.md")
PLAIN = """SITENAME = "Plain"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
ARTICLE_PATHS = ["essays"]
PLUGINS = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
"""Settings as pelican-quickstart writes them; only the folder of the articles is named."""
PREFACE = """# Sixty mistakes

Each was made in a small site that is otherwise good. The cure that its message names was then followed, and nothing
more was told. All mistakes of a site are told at once, no page is written, and the exit code is 1; a warning, which
`make check` tells, leaves it at 0.

`tests/cli/check/test_mistakes.py` holds these tables against what is said now; with `APPROVE=1` it writes them anew.

## Beside Pelican alone

The sites with these mistakes were really built twice: here, and with Pelican {pelican} alone, under settings such as
pelican-quickstart writes. The first thing that was said is shown. Pelican does not know the keys of series, so it
cannot know better where one of them is wrong.

"""
MORE_HEAD = """
## Forty more

| | the mistake | what is said |
|---|---|---|
"""
DONE = "Done: Processed "
SAID = re.compile(r"^(\S+:\d+:\d+): (.*) \[([a-z0-9-]+)\]\. (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Seen:
    """What came of a mistake, here and with Pelican alone."""

    ours: Build
    stock: Build

    def our_line(self) -> str:
        """Return the first message of ours."""
        found = SAID.search(self.ours.said)
        return found[0] if found else "nothing"

    def stock_line(self) -> str:
        """Return what Pelican alone said of the mistake, and what it did then."""
        told, _, done = self.stock.said.partition(DONE)
        counted = re.match(r"[0-9]+ articles?, [0-9]+ drafts?", done)
        processed = f"processed {counted[0]}" if counted else "no site"
        lines = told.strip().splitlines()
        first = as_code(lines[0].strip() + " …" * (len(lines) > 1)) if lines else "nothing"
        return f"{first}; {processed}, exit {self.stock.code}"


def look(mistake: Mistake, folder: Path) -> Seen:
    """Make `mistake` in a site of ours and in a plain one, and build both."""
    ours, plain = SiteTest(folder / "ours"), SiteTest(folder / "plain")
    for path, data in mistake.files().items():
        ours.write(f"content/{path}", data)
        plain.write(f"content/{path}", data)
    checked = ours.publish("", command="check") if mistake.only_advice else ours.build()
    return Seen(replace(checked, output=ours.folder / "output"), by_pelican_alone(plain.write("pelicanconf.py", PLAIN)))


def by_pelican_alone(site: SiteTest) -> Build:
    """Build `site` with nothing but Pelican, as its own documentation says."""
    command = ("content", "--log-handler", "plain")
    done = forked.start(site.folder, "pelican", *command, variables=dict(os.environ), together=True).wait()
    return Build(done.code, done.said.replace(f"{site.folder.resolve()}/", ""), site.folder / "output")


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> dict[str, Seen]:
    """Return what came of each mistake."""
    folder = tmp_path_factory.mktemp("mistakes")
    return {mistake.what: look(mistake, folder / str(number)) for number, mistake in enumerate(BUILT)}


def table(seen: Mapping[str, Seen]) -> str:
    """Return the tables of what was said of each mistake."""
    lines = [(mistake.what, seen[mistake.what]) for mistake in BUILT]
    rows = [
        f"| {number} | {what} | {as_code(each.our_line())} | {each.stock_line()} |"
        for number, (what, each) in enumerate(lines, 1)
    ]
    head = ["| | the mistake | here | Pelican alone |", "|---|---|---|---|"]
    more = [
        f"| {number} | {mistake.what} | {as_code(line(mistake))} |"
        for number, mistake in enumerate(MORE, len(BUILT) + 1)
    ]
    return (
        PREFACE.format(pelican=version("pelican")) + "\n".join([*head, *rows, ""]) + MORE_HEAD + "\n".join([*more, ""])
    )


def told(files: Mapping[str, str | bytes]) -> list[Problem]:
    """Return all that checks and advisers say of a site, or the checks alone where they say something."""
    manuscript = a_manuscript(dict(files))
    return checks.run(manuscript) or advice(manuscript)


def line(mistake: Mistake) -> str:
    """Return what is said of a mistake, as an author reads it."""
    (problem,) = told(mistake.files())
    place, _, rest = str(problem).partition(": ")
    return f"content/{place}: {'warning: ' * mistake.only_advice}{rest}"


def as_code(text: str) -> str:
    """Return `text` as code in a table of Markdown."""
    return f"`` {text} ``".replace("|", "\\|")


@pytest.mark.site
def test_the_site_without_mistakes_has_no_findings(tmp_path):
    """Without a mistake there is nothing to tell, here or elsewhere."""
    found = look(Mistake("none", {}, "", "", only_advice=True), tmp_path)
    assert (found.ours.said, found.ours.code) == ("0 errors, 0 warnings.\n", 0)
    assert found.stock_line() == "nothing; processed 2 articles, 0 drafts, exit 0"


def test_there_are_sixty():
    """Twenty mistakes are really built, and forty more are asked about."""
    assert (len(BUILT), len(MORE), len({each.what for each in (*BUILT, *MORE)})) == (20, 40, 60)


@pytest.mark.parametrize("mistake", [*BUILT, *MORE], ids=lambda each: each.what)
def test_each_mistake_is_told_once_and_its_cure_works(mistake):
    """One problem is told, at its place; where its author does what the message says, nothing is told any more."""
    (problem,) = told(mistake.files())
    assert (f"{problem.path}:{problem.line}:{problem.column}", problem.code) == (mistake.place, mistake.code)
    assert problem.hint.endswith((".", "?"))
    assert told(edited(mistake.cured)) == []


@pytest.mark.site
@pytest.mark.parametrize("mistake", BUILT, ids=lambda each: each.what)
def test_each_mistake_is_told_at_its_place_with_its_cure(seen, mistake):
    """The first message names the file, the line and the column, and what to do; nothing is written."""
    build = seen[mistake.what].ours
    place, message, code, cure = SAID.search(build.said).groups()
    assert (place, code) == (f"content/{mistake.place}", mistake.code)
    assert message
    assert cure.endswith((".", "?"))
    assert build.code == (0 if mistake.only_advice else 1)
    assert not build.output.exists()
    assert "Traceback" not in build.said


@pytest.mark.site
def test_the_table_of_mistakes_is_current(seen):
    """`mistakes.md` is true of this Pelican and of this project."""
    if os.environ.get("APPROVE"):
        TABLE.write_text(table(seen), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table(seen)
