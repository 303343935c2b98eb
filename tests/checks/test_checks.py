"""Every check against its fixture, and what all checks have in common."""

from __future__ import annotations

import re
from inspect import cleandoc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_manuscript
from checks.fixture import FIXTURES, trees
from essay_series import checks
from essay_series.checks.advice import ADVICE

ALL = checks.CHECKS | checks.CHECKS_WHEN_CLOSED
NAMES = sorted(path.stem for path in FIXTURES.glob("*.md"))
SERIES = {"series/turnings.md": "Title: Turnings\n\nText.\n"}
PROBLEM = re.compile(r"(?P<path>\S+?):(?P<line>\d+):(?P<column>\d+): .*[^.] \[(?P<code>[a-z0-9-]+)\]\. .+[.?]$")


def told(files) -> list[str]:
    """Return the problems of `files` as an author reads them."""
    return [str(problem) for problem in checks.run(a_manuscript(files))]


def lies_inside(data: bytes, line: int, column: int) -> bool:
    """Tell whether a line and a column, counted from 1, lead into a file or right behind one of its lines."""
    lines = re.split(r"\r\n|\r|\n", data.decode("utf-8-sig", "replace"))
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


def all_lines() -> list[str]:
    """Return every different line that stands in any bad tree."""
    bad = (tree for name in NAMES for tree in trees(FIXTURES / f"{name}.md")[0])
    texts = (data.decode("utf-8", "replace") for tree in bad for data in tree.files.values())
    return sorted({line for text in texts for line in text.split("\n")})


def test_every_check_has_a_fixture_and_every_fixture_a_check():
    """Every check has an example, and every example belongs to a check."""
    assert sorted(ALL) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_tree_gives_exactly_the_problems_it_names(name):
    """Each bad tree gives exactly its problems, word for word; one of them has the fixture's own code."""
    bad, _ = trees(FIXTURES / f"{name}.md")
    assert bad
    for tree in bad:
        assert told(tree.files) == tree.expected
        assert any(f"[{name}]" in line for line in tree.expected)


@pytest.mark.parametrize("name", NAMES)
def test_a_good_tree_gives_no_problem_at_all(name):
    """No check reports the corrected form."""
    _, good = trees(FIXTURES / f"{name}.md")
    assert good.files
    assert told(good.files) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_has_a_place_in_its_file_and_a_hint(name):
    """Line and column are inside the named file, and the hint is a sentence."""
    bad, _ = trees(FIXTURES / f"{name}.md")
    for tree in bad:
        for line in tree.expected:
            found = PROBLEM.match(line)
            assert found, line
            assert lies_inside(tree.files[found["path"]], int(found["line"]), int(found["column"]))


@pytest.mark.parametrize("code", sorted(ALL))
def test_every_check_has_a_docstring_with_examples(code):
    """The docstring says what is wrong, with a bad and a good form."""
    text = cleandoc(ALL[code].__doc__)
    assert text.split("\n")[0].endswith(".")
    assert "\nBad: " in text
    assert "\nGood: " in text


def test_problems_are_sorted_by_file_and_line():
    """The order does not depend on the check."""
    files = {f"essays/{name}.md": "Title: A\nDate: x\nSide: y\n" for name in "cab"}
    places = [(problem.path, problem.line) for problem in checks.run(a_manuscript(files | SERIES))]
    assert places == sorted(places)
    assert len({path for path, _ in places}) == 3


def test_ten_mistakes_in_six_files_are_reported_at_once():
    """Each mistake is reported once."""
    files = {
        "essays/a.md": "Title: A\nDate: 2009-04-31\nSide: costs\n\n[b]({filename}bee.md)\n",
        "essays/b.md": "Title: B\nDate: 2009-04-02\nTags: let-goo\n\nText[^n].\n",
        "essays/c.md": "Titel: C\nDate: 2009-04-03\nSeries: turning\n\n![]({static}/c.png)\n",
        "pages/about.md": "",
        "playbook/let-go.md": "Title: Let go\nOrder: first\n\nText.\n",
        "series/turnings.md": "Title: Turnings\n\nText.\n",
        "c.png": "",
    }
    assert [line.split(": ")[0] + line[line.index(" [") : line.index("]. ") + 1] for line in told(files)] == [
        "essays/a.md:2:7 [unreadable-date]",
        "essays/a.md:3:7 [unknown-side]",
        "essays/a.md:5:5 [broken-link]",
        "essays/b.md:3:7 [unknown-play]",
        "essays/b.md:5:5 [unanswered-note]",
        "essays/c.md:1:1 [unknown-key]",
        "essays/c.md:3:9 [unknown-series]",
        "essays/c.md:5:1 [missing-alt]",
        "pages/about.md:1:1 [empty-file]",
        "playbook/let-go.md:2:8 [unreadable-number]",
    ]


PATHS = [
    "essays/one.md",
    "essays/two.md",
    "series/turnings.md",
    "playbook/let-go.md",
    "playbook/index.md",
    "pages/a.md",
    "published.toml",
]
SOURCES = st.lists(st.sampled_from(all_lines()), max_size=10).map("\n".join).map(str.encode) | st.binary(max_size=40)


def test_a_link_without_the_folder_of_the_site_is_reported():
    """It is reported if it would be right with the folder; other addresses of the host belong to other sites."""
    links = "[a](/essays/one/) [b](/in/essays/one/) [c](/other/) [d](../one/) [e](/in/nowhere/)"
    files = {"essays/one.md": f"Title: One\nDate: 2009-04-01\n\n{links}\n", "series/x.md": "Title: X\n\nText.\n"}
    found = checks.run(a_manuscript(files, root="https://e.example/in"))
    assert [(each.column, each.message) for each in found if each.code == "bare-link"] == [
        (5, '"/essays/one/" is outside the site, which is in "/in"'),
        (70, 'no page has the address "/in/nowhere/"'),
    ]


@given(st.dictionaries(st.sampled_from(PATHS), SOURCES))
def test_every_problem_of_any_files_has_a_place_in_one_of_them(files):
    """No mix of mistakes and no bytes stop the checks."""
    for problem in checks.run(a_manuscript(files)):
        assert lies_inside(files[problem.path], problem.line, problem.column), problem
        assert PROBLEM.match(str(problem).replace("\n", " ")), problem


def test_without_declared_series_and_plays_names_and_keys_are_free():
    """Keys, names, mixed parts and images without alternative text are not reported."""
    head = "Title: {0}\nDate: 2009-04-01\nFoo: bar\nSeries: any\nTags: any, {0}\n"
    one = head.format("One") + "Part: 1\n\n![]({static}/x.png) [x](/y.html)\n"
    files = {"essays/one.md": one, "essays/two.md": head.format("Two") + "\nText.\n", "x.png": ""}
    assert told(files) == []


@pytest.mark.parametrize(
    "header",
    [
        "Title: One\nStatus: draft\n",
        "Title: One\nDate: 2009-04-01\nStatus: hidden\n",
        "Title: One\nDate: 2999-01-01\n",
        "Title: One\nStatus: skip\n",
    ],
    ids=["draft-without-date", "hidden", "future", "skip"],
)
def test_unpublished_essays_are_not_reported(header):
    """Drafts, also without a date, hidden, future and skipped essays have no problem."""
    assert told({"essays/one.md": f"{header}\nText.\n", **SERIES}) == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_byte_order_marks_and_all_line_endings_are_accepted(ending, mark):
    """A file from any editor is read."""
    text = "Title: One\nDate: 2009-04-01\nSeries: Turnings\n\nText.\n".replace("\n", ending)
    assert told({"essays/one.md": mark + text.encode(), **SERIES}) == []


def test_a_yaml_header_with_plain_values_is_read():
    """A header between ``---`` lines is read if each line is a plain value."""
    text = "---\ntitle: One\ndate: 2009-04-01\nside: costs\nseries: turnings\n---\n\nText.\n"
    found = told({"essays/one.md": text, **SERIES})
    assert [line.split(": ")[0] for line in found] == ["essays/one.md:4:7"]


@pytest.mark.parametrize("line", ["date: '2009-04-01'", 'series: "turnings"', "tags: [let-go, stay]", 'side: "cost"'])
def test_a_quoted_value_is_reported_once(line):
    """Only the quotes are reported, not that the value is then no date or no name."""
    key = line.partition(":")[0]
    facts = {
        "title": "One",
        "date": "2009-04-01",
        "series": "turnings",
        "side": "cost",
        "entry": "So.",
        "tags": "let-go",
    }
    header = "\n".join([*(f"{name}: {value}" for name, value in facts.items() if name != key), line])
    files = {
        "essays/one.md": f"---\n{header}\n---\n\nText.\n",
        "series/turnings.md": "Title: Turnings\n\nText.\n",
        "playbook/let-go.md": "Title: Let go\n\nText.\n",
    }
    assert [each.code for each in checks.run(a_manuscript(files))] == ["yaml-header"]


@pytest.mark.parametrize(("known", "word"), [(ALL, "check"), (ADVICE, "advise")])
def test_every_check_and_all_advice_is_registered(known, word):
    """Every function with the name of a check or of advice runs, in whatever module it is."""
    named = re.compile(rf"^def {word}_(?!when_closed)(\w+)", re.MULTILINE)
    texts = (path.read_text(encoding="utf-8") for path in Path(checks.__file__).parent.rglob("*.py"))
    assert {name.replace("_", "-") for text in texts for name in named.findall(text)} == known.keys()
