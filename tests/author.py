"""An author who changes a site in every way, and after each change builds in haste and from nothing."""

from __future__ import annotations

import shutil
import tempfile
from copy import deepcopy
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from builders import PROJECT, SiteTest
from forked import Built, build

SLUGS = [f"e{number}" for number in range(6)]
PLAYS = ("Let go", "Guard", "Name it")
TITLES = ("One", "A & B", "The “other” side", "Über <b>", "Numbers 1 -- 2")

some_slug = st.sampled_from(SLUGS)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Author(RuleBasedStateMachine):
    """Somebody who changes a site in every way, and builds after each."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="site-"))
        theme = self.folder / "theme"
        shutil.copytree(PROJECT / "theme", theme)
        own = "THEME = 'theme'\nTHEME_TEMPLATES_OVERRIDES = ['theme/static/css']\nAUTHOR = 'A'\n"
        self.site = SiteTest(self.folder, settings=own)
        self.essays: dict[str, dict[str, str]] = {}
        self.bodies: dict[str, str] = {}
        self.good: dict[str, bytes] = {}
        self.said = ""
        self.mended = (self.essays, self.bodies)
        self.site.configure()

    def teardown(self):
        """Leave nothing behind."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @initialize()
    def begin(self):
        """A first site of a few essays that link to each other."""
        for number, slug in enumerate(SLUGS):
            self.essays[slug] = {"Title": slug, "Date": f"2009-04-0{number + 1}", "Tags": PLAYS[number % 3]}
            self.essays[slug] |= {
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

    def write(self, slug: str):
        """Write one essay as it is now, if that is not what its file says."""
        file = self.folder / f"content/essays/{slug}.md"
        header = "".join(f"{key}: {value}\n" for key, value in self.essays[slug].items())
        text = f"{header}\n{self.bodies[slug]}\n"
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            self.site.write(f"content/essays/{slug}.md", text.encode())

    def build(self):
        """Build as an author does and from nothing, and compare; then mend what was refused, and build again."""
        for slug in self.essays:
            self.write(slug)
        usual = self.run()
        self.said = usual.said
        for left in ("cache-clean", "clean"):
            shutil.rmtree(self.folder / left, ignore_errors=True)
        clean = self.run("--output", "clean", "--extra-settings", 'CACHE_PATH="cache-clean"')
        assert usual.code == clean.code, f"{usual.said}\n{clean.said}"
        assert "Traceback" not in usual.said, usual.said
        if usual.code == 0:
            self.good = files_of(self.folder / "clean")
            self.mended = (deepcopy(self.essays), dict(self.bodies))
        left = files_of(self.folder / "output")
        assert left.keys() == self.good.keys()
        assert [path for path in left if left[path] != self.good[path]] == []
        if usual.code:
            self.mend()

    def mend(self):
        """Take back what was refused."""
        for slug in self.essays.keys() - self.mended[0].keys():
            self.site.remove(f"content/essays/{slug}.md")
        self.essays, self.bodies = deepcopy(self.mended[0]), dict(self.mended[1])
        (self.folder / "content/series/turnings.md").unlink(missing_ok=True)
        self.build()

    def run(self, *arguments: str) -> Built:
        """Build once: alone if something is asked for, else by three processes, or without Pelican where that does."""
        return build(self.folder, *arguments, quick=not arguments, hands=1 if arguments else 3)

    def change(self, slug: str, **keys: str | None):
        """Change keys of an essay if it is there, and build."""
        if slug in self.essays:
            known = {**self.essays[slug], **keys}
            self.essays[slug] = {key: value for key, value in known.items() if value is not None}
            self.build()

    @rule(slug=some_slug, word=st.sampled_from(("more", 'NASA -- "so"', "`code`", "[link]({filename}e2.md)")))
    def edit(self, slug, word):
        """A word more, which may be a link."""
        if slug in self.essays:
            self.bodies[slug] += f" {word}"
            self.build()

    def write_more(self, slug, word):
        """A word more, and nothing is built yet."""
        self.bodies[slug] += f" {word}"
        self.write(slug)

    @rule(slug=some_slug, title=st.sampled_from(TITLES))
    def retitle(self, slug, title):
        """Another title."""
        self.change(slug, Title=title)

    @rule(slug=some_slug, plays=st.lists(st.sampled_from(PLAYS), unique=True))
    def retag(self, slug, plays):
        """Other plays, or none."""
        self.change(slug, Tags=", ".join(plays) or None)

    @rule(slug=some_slug, day=st.integers(1, 28))
    def redate(self, slug, day):
        """Another day, and so perhaps another place in the series."""
        self.change(slug, Date=f"2009-04-{day:02}")

    @rule(slug=some_slug, side=st.sampled_from(("cost", "benefit", None)))
    def reside(self, slug, side):
        """The other side, or none."""
        self.change(slug, Side=side, Entry="An entry." if side else None)

    @rule(slug=some_slug, series=st.sampled_from(("Turnings", "Two minds", None)))
    def reseries(self, slug, series):
        """Another series, or none."""
        self.change(slug, Series=series, Side=None, Entry=None)

    @rule(slug=some_slug, status=st.sampled_from(("draft", "hidden", "published", "skip")))
    def restatus(self, slug, status):
        """A draft, a hidden essay, or published again."""
        self.change(slug, Status=status)

    @rule(slug=some_slug, name=st.sampled_from(("x", "y", None)))
    def rename(self, slug, name):
        """Another slug; what links to its file follows."""
        self.change(slug, Slug=name)

    @rule(slug=some_slug)
    def add(self, slug):
        """One more essay, which may keep a promise."""
        if slug not in self.essays:
            self.essays[slug] = {"Title": f"New {slug}", "Date": "2009-04-20", "Series": "Turnings"}
            self.bodies[slug] = "New text."
            self.build()

    @rule(slug=some_slug)
    def delete(self, slug):
        """One essay less; links to it are mistakes then."""
        if slug in self.essays:
            del self.essays[slug], self.bodies[slug]
            self.site.remove(f"content/essays/{slug}.md")
            self.build()

    @rule(text=st.sampled_from(("Home", "About <us>", "")))
    def declare(self, text):
        """A file that declares the series comes, changes or goes; the list of series is closed by it."""
        file = self.folder / "content/series/turnings.md"
        if text:
            self.site.write("content/series/turnings.md", f"Title: Turnings\nSummary: {text}\n\n{text} text.\n")
        elif file.exists():
            file.unlink()
        self.build()

    def answer(self):
        """Two essays that are weighed against each other."""
        self.essays["e0"]["Answers"] = "e1"
        self.change("e1", Answers="e0")

    def show(self):
        """An image in a text, and then another under its name."""
        for data in (b"one", b"another"):
            self.site.write("content/images/a.png", data)
            self.bodies["e0"] = "![A dot]({static}/images/a.png)"
            self.build()

    def translate(self):
        """A version in another language, and then another title of it."""
        self.essays["e6"] = {"Title": "Eins", "Date": "2009-04-01", "Slug": "e0", "Lang": "de", "Series": "Turnings"}
        self.bodies["e6"] = "Text."
        self.build()
        self.change("e6", Title="Zwei")

    @rule(name=st.sampled_from(("Mine", "Yours")))
    def resettle(self, name):
        """Another name of the site."""
        self.site.settings = self.site.settings.split("SITENAME")[0] + f"SITENAME = {name!r}\n"
        self.site.configure()
        self.build()

    @rule(word=st.sampled_from(("<!-- a -->", "<!-- b -->")))
    def retheme(self, word):
        """Another template."""
        file = self.folder / "theme/templates/components/site-footer.html"
        text = file.read_text(encoding="utf-8").replace("<!-- a -->", "").replace("<!-- b -->", "")
        file.write_text(text.replace("<footer", f"{word}<footer"), encoding="utf-8")
        self.build()

    @rule(moment=st.floats(0.01, 0.4))
    def interrupt(self, moment):
        """A build that is killed at some moment; the next one is right all the same."""
        if "e0" in self.essays:
            self.bodies["e0"] += " Cut."
            self.write("e0")
        build(self.folder, kill_after=moment, quick=True, hands=3)
        self.build()

    @precondition(lambda self: self.good)
    @rule(data=st.data())
    def tamper(self, data):
        """Somebody changes or removes a file of the output; the next build makes it again."""
        path = data.draw(st.sampled_from(sorted(self.good)))
        file = self.folder / "output" / path
        if data.draw(st.booleans()):
            file.unlink()
        else:
            file.write_bytes(b"not ours")
        self.build()

    @rule(where=st.integers(0, 5000))
    def damage(self, where):
        """A bit of what builds remember is turned over; it is noticed, and made again."""
        for file in (self.folder / "cache").glob("*.sqlite"):
            data = bytearray(file.read_bytes())
            data[where % len(data)] ^= 0x10
            file.write_bytes(bytes(data))
        self.build()
