"""Twenty mistakes that authors make: what is said of each here, beside what Pelican alone says of the same files.

Both are really run. `tests/desk/mistakes.md` is the table of what they said; ``APPROVE=1`` writes it anew.
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
from builders import Build, SiteTest

pytestmark = pytest.mark.site

TABLE = Path(__file__).with_name("mistakes.md")
COST, BENEFIT, SERIES = "essays/letting-go.md", "essays/further.md", "series/turnings.md"
GOOD = {
    COST: """Title: Letting go
Date: 2009-04-02
Series: turnings
Side: cost
Entry: You no longer decide.
Tags: hands-off
Summary: What it costs.

First words.
""",
    BENEFIT: """Title: Further
Date: 2009-04-03
Series: turnings
Side: benefit
Entry: It carries further.
Tags: hands-off
Summary: What it buys.

Second words, and ![a match]({static}/images/match.svg).
""",
    SERIES: "Title: Turnings\nSummary: Two sides of one idea.\n\nWords on them.\n",
    "playbook/hands-off.md": "Title: Take your hands off\nSummary: A practice.\n\nWords on it.\n",
    "images/match.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
}
"""A small site without a mistake."""
PLAIN = """SITENAME = "Plain"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
ARTICLE_PATHS = ["essays"]
PLUGINS = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
"""Settings as pelican-quickstart writes them; only the folder of the articles is named."""
PREFACE = """# Twenty mistakes

Each was made in a small site that is otherwise good, and that site was really built twice: here, and with Pelican
{pelican} alone, under settings such as pelican-quickstart writes. The first thing that was said is shown.

Here all mistakes of a site are told at once, no page is written, and the exit code is 1; a warning, which `make check`
tells, leaves it at 0. Pelican does not know the keys of series, so it cannot know better where one of them is wrong.

`tests/desk/test_mistakes.py` holds this table against what is said now; with `APPROVE=1` it writes the table anew.
"""
DONE = "Done: Processed "
SAID = re.compile(r"^(\S+:\d+:\d+): (.*) \[([a-z0-9-]+)\]\. (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Mistake:
    """One mistake: how it is made in the good site, and where an author has to be sent."""

    what: str
    changes: Mapping[str, tuple[str, str]]
    """By file: what stands there, and what the author wrote instead."""
    place: str
    code: str
    only_advice: bool = False
    encoding: str = "utf-8"

    def files(self) -> dict[str, bytes]:
        """Return the files of the site with this mistake."""
        texts = dict(GOOD)
        for path, (good, bad) in self.changes.items():
            assert texts[path].count(good) == 1
            texts[path] = texts[path].replace(good, bad)
        return {path: text.encode(self.encoding) for path, text in texts.items()}


def in_the_text(what: str, words: str, code: str, column: int = 1, **more) -> Mistake:
    """Return a mistake in the text of the first essay."""
    return Mistake(what, {COST: ("First words.", words)}, f"{COST}:9:{column}", code, **more)


def in_the_header(what: str, good: str, bad: str, at: str, code: str) -> Mistake:
    """Return a mistake in the header of the first essay."""
    return Mistake(what, {COST: (good, bad)}, f"{COST}:{at}", code)


MISTAKES = [
    in_the_header("a misspelt key, `Sid: cost`", "Side: cost", "Sid: cost", "4:1", "unknown-key"),
    in_the_header("a missing colon, `Date 2009-04-02`", "Date: 2", "Date 2", "2:1", "unread-header"),
    in_the_header("no such side, `Side: costs`", "Side: cost", "Side: costs", "4:7", "unknown-side"),
    in_the_header("a misspelt series, `Series: turning`", "turnings", "turning", "3:9", "unknown-series"),
    in_the_header("an impossible day, `Date: 2009-02-30`", "04-02", "02-30", "2:7", "unreadable-date"),
    in_the_header("a date in doubt, `Date: 02/04/2009`", "2009-04-02", "02/04/2009", "2:7", "unreadable-date"),
    in_the_header("an empty title, `Title:`", "Title: Letting go", "Title:", "1:7", "missing-title"),
    in_the_header("a key written twice", "Tags: hands-off", "Tags: hands-off\nTags: calm", "7:1", "repeated-key"),
    in_the_header("a header that is never closed", "Title: Let", "---\nTitle: Let", "10:1", "yaml-header"),
    in_the_header(
        "an answer to nobody, `Answers: futher`", "Tags:", "Answers: futher\nTags:", "6:10", "unknown-answer"
    ),
    in_the_header("an address that is taken", "Tags:", "Slug: further\nTags:", "6:7", "repeated-slug"),
    in_the_header("a former address that is taken", "Tags:", "Aliases: further\nTags:", "6:10", "taken-alias"),
    Mistake(
        "two parts with one number",
        {COST: ("Tags:", "Part: 1\nTags:"), BENEFIT: ("Tags:", "Part: 1\nTags:")},
        f"{COST}:6:7",
        "repeated-part",
    ),
    in_the_text("a link to a file that is not there", "[On]({filename}futher.md).", "broken-link", 6),
    Mistake(
        "a link to a draft",
        {COST: ("First words.", "[On]({filename}further.md)."), BENEFIT: ("Tags:", "Status: draft\nTags:")},
        f"{COST}:9:6",
        "link-to-unpublished",
    ),
    in_the_text("a place that is not there", "[Below](#the-prise).\n\n## The price\n\nIt is.", "broken-anchor", 9),
    in_the_text("an image without a text", "![]({static}/images/match.svg)", "missing-alt"),
    in_the_text("a note without a text", "As he wrote[^source].", "unanswered-note", 12),
    in_the_text("a file that is not UTF-8", "Für alle.", "not-utf8", 2, encoding="latin-1"),
    Mistake(
        "a planned part that is overdue",
        {SERIES: ("Summary:", "Planned: The end | cost | 2009-05-01\nSummary:")},
        f"{SERIES}:2:10",
        "overdue-part",
        only_advice=True,
    ),
]


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
    return {mistake.what: look(mistake, folder / str(number)) for number, mistake in enumerate(MISTAKES)}


def table(seen: Mapping[str, Seen]) -> str:
    """Return the table of what was said of each mistake."""
    lines = [(mistake.what, seen[mistake.what]) for mistake in MISTAKES]
    rows = [
        f"| {number} | {what} | {as_code(each.our_line())} | {each.stock_line()} |"
        for number, (what, each) in enumerate(lines, 1)
    ]
    head = ["| | the mistake | here | Pelican alone |", "|---|---|---|---|"]
    return "\n".join([PREFACE.format(pelican=version("pelican")), *head, *rows, ""])


def as_code(text: str) -> str:
    """Return `text` as code in a table of Markdown."""
    return f"`` {text} ``".replace("|", "\\|")


def test_the_good_site_is_good(tmp_path):
    """Without a mistake there is nothing to tell, here or elsewhere."""
    found = look(Mistake("none", {}, "", "", only_advice=True), tmp_path)
    assert (found.ours.said, found.ours.code) == ("0 errors, 0 warnings.\n", 0)
    assert found.stock_line() == "nothing; processed 2 articles, 0 drafts, exit 0"
    assert len(MISTAKES) == len({each.what for each in MISTAKES}) == 20


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.what)
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


def test_the_table_is_what_was_just_said(seen):
    """`mistakes.md` is true of this Pelican and of this project."""
    if os.environ.get("APPROVE"):
        TABLE.write_text(table(seen), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table(seen)
