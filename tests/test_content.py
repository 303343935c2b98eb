"""The essays and plays themselves, held against the brief that they are written to."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from itertools import combinations, pairwise

import pytest

from builders import PROJECT, SiteTest, a_config
from essay_series.frontmatter import Source, read
from essay_series.manuscript import Manuscript, manuscript
from essay_series.markup import references

CONTENT = PROJECT / "content"
KINDS = {"essays": "essay", "series": "series", "playbook": "play", "pages": "page"}
FOREIGN = {"Auftragstaktik": "de", "Folk-Lore": None}
PHRASE = 6


def sources() -> list[Source]:
    """Return every source of the project's own site."""
    found = []
    for folder, kind in KINDS.items():
        for path in sorted((CONTENT / folder).glob("*.md")):
            own = "playbook" if (kind, path.stem) == ("play", "index") else kind
            found.append(read(f"{folder}/{path.name}", own, path.read_bytes()))
    return found


def ours() -> Manuscript:
    """Return the project's own manuscript."""
    return manuscript(sources(), [], a_config())


ESSAYS = [source for source in sources() if source.kind == "essay"]
PLAYS = [source for source in sources() if source.kind == "play"]


def each(kind: list[Source]):
    """Run a test once for each source, named after its file."""
    return pytest.mark.parametrize("source", kind, ids=lambda source: source.path)


def words(text: str) -> list[str]:
    """Return the words of a Markdown text, without the targets of its links and the marks of its notes."""
    text = re.sub(r"\]\([^)]*\)|\[\^[^\]]*\]:?|\{:[^}]*\}", " ", text)
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower())


@each(ESSAYS)
def test_an_essay_is_as_long_as_the_brief_asks(source):
    """An essay has 700 to 1,300 words, its notes included."""
    written = re.sub(r"\]\([^)]*\)", "]", source.body)
    assert 700 <= len(written.split()) <= 1300


@each([*ESSAYS, *PLAYS])
def test_a_summary_is_one_sentence_that_fits(source):
    """A summary has at most 160 characters."""
    assert 0 < len(source.text("summary")) <= 160


@each(ESSAYS)
def test_an_entry_is_one_sentence_that_fits(source):
    """An entry has at most 90 characters and ends with a full stop; only sided essays have one."""
    entry = source.text("entry")
    assert bool(entry) == bool(source.text("side"))
    assert len(entry) <= 90
    assert not entry or (entry.endswith(".") and ". " not in entry)


@each(ESSAYS)
def test_an_essay_links_to_the_essay_it_answers_and_to_its_plays(source):
    """Where the thought needs them, the prose leads to the counterpart and to every play that is taught."""
    targets = {reference.target for reference in references(source.body)}
    answers = source.text("answers")
    wanted = [f"{{filename}}/playbook/{play}.md" for play in source.text("tags").split(", ")]
    wanted += [f"{{filename}}/essays/{answers}.md"] if answers else []
    assert wanted
    assert [target for target in wanted if target not in targets] == []


@each(ESSAYS)
def test_an_essay_tells_a_real_case_and_names_its_source(source):
    """Each essay has at least one note, and a note names the year of what it cites."""
    notes = re.findall(r"^\[\^[^\]]+\]: (.+)$", source.body, re.MULTILINE)
    assert notes
    assert any(re.search(r"\b(1[5-9]|20)\d\d\b", note) for note in notes)


@each(PLAYS)
def test_a_play_has_the_parts_of_a_play_in_their_order(source):
    """A play says why, when and when not, what to do this week in three to six steps, and what to ask."""
    heads = re.findall(r"^(##+ .+)$", source.body, re.MULTILINE)
    assert heads == [
        "## Why it works",
        "## When to use it",
        "### When not to",
        "## Do this week",
        "## Ask before",
        "## Ask after",
    ]
    section = source.body.split("## Do this week")[1].split("## ")[0]
    assert 3 <= len(re.findall(r"^\d+\. ", section, re.MULTILINE)) <= 6
    for questions in re.split(r"## Ask (?:before|after)", source.body)[1:]:
        assert 3 <= len(re.findall(r"^[-*] .+\?$", questions, re.MULTILINE)) <= 4


def test_every_cost_is_paired_with_a_benefit():
    """The series has ten parts: an opening, four pairs and a closing."""
    series = ours().site.series[0]
    assert len(series.parts) == 10
    assert [len(group) for group in (series.ledger.opening, series.ledger.pairs, series.ledger.closing)] == [1, 4, 1]
    assert (series.ledger.costs, series.ledger.benefits, series.ledger.between) == ((), (), ())


def test_parts_follow_each_other_by_a_day_or_two():
    """The series runs from 1 April 2009, as its opening promises, over the next several days."""
    days = [part.date.date() for part in ours().site.series[0].parts]
    assert days[0].isoformat() == "2009-04-01"
    assert {(after - before).days for before, after in pairwise(days)} <= {1, 2}


def test_every_play_has_both_a_cost_and_a_benefit():
    """No row of the matrix is without both sides, and no column is empty."""
    site = ours().site
    for play in site.plays:
        assert {essay.side for essay in play.essays} >= {"cost", "benefit"}
    assert [essay.slug for essay in site.essays if not site.plays_of.get(essay.slug)] == []


def test_no_phrase_of_six_words_stands_in_two_essays():
    """Essays do not repeat each other; their titles and entries may be quoted."""
    quoted = [" ".join(words(source.text(key))) for source in ESSAYS for key in ("title", "entry")]
    phrases = {}
    for source in ESSAYS:
        text = " ".join(words(source.body))
        for quote in filter(None, quoted):
            text = text.replace(quote, "|")
        run = text.split()
        grams = (run[start : start + PHRASE] for start in range(len(run) - PHRASE + 1))
        phrases[source.path] = {" ".join(gram) for gram in grams if not any("|" in word for word in gram)}
    for one, other in combinations(phrases, 2):
        assert phrases[one] & phrases[other] == set(), (one, other)


class _Text(HTMLParser):
    """The text that readers see, piece by piece, each with the language it is marked with."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "path", "wbr"})

    def __init__(self):
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.pieces: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not {tag for tag, _ in self.open} & {"style", "script", "code", "pre"}:
            langs = [lang for _, lang in self.open if lang]
            self.pieces.append((data, langs[-1] if langs else None))


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> dict[str, list[tuple[str, str | None]]]:
    """Return the text of every built page."""
    site = SiteTest(tmp_path_factory.mktemp("site"))
    shutil.copytree(CONTENT, site.folder / "content")
    build = site.build()
    assert build.code == 0, build.said
    pages = {}
    for path, data in build.files().items():
        if path.endswith(".html"):
            parser = _Text()
            parser.feed(data.decode())
            pages[path] = parser.pieces
    return pages


@pytest.mark.site
def test_no_typewriter_marks_are_left_on_any_page(seen):
    """Straight quotes, double hyphens, three dots and hyphens between years are set as a typesetter would."""
    marks = re.compile(r"[\"']|--|\.\.\.|(?<![\w-])\d+-\d+(?![\w-])(?<!2004-00\d)")
    left = {(path, piece) for path, pieces in seen.items() for piece, _ in pieces if marks.search(piece)}
    assert left == set()


@pytest.mark.site
def test_foreign_words_say_their_language(seen):
    """A foreign word is marked with its language, so that it is spoken and hyphenated as such."""
    for pieces in seen.values():
        for piece, lang in pieces:
            for word, wanted in FOREIGN.items():
                assert word not in piece or wanted is None or lang == wanted
