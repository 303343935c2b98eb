"""Every check against its fixture, and what all checks have in common."""

from __future__ import annotations

import re

import pytest

from builders import a_manuscript
from checks.fixture import FIXTURES, trees
from essay_series import checks

ALL = checks.CHECKS | checks.CHECKS_WHEN_CLOSED
NAMES = sorted(path.stem for path in FIXTURES.glob("*.md"))
SERIES = {"series/turnings.md": "Title: Turnings\n\nText.\n"}
PROBLEM = re.compile(r"(?P<path>\S+?):(?P<line>\d+):(?P<column>\d+): .*[^.] \[(?P<code>[a-z0-9-]+)\]\. .+[.?]$")


def told(files) -> list[str]:
    """Return the problems of `files` as an author reads them."""
    return [str(problem) for problem in checks.run(a_manuscript(files))]


def test_every_check_has_a_fixture_and_every_fixture_a_check():
    """No check goes without an example, and no example without a check."""
    assert sorted(ALL) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_tree_gives_exactly_the_problems_it_names(name):
    """Each bad tree gives its problems, word for word, and no other; one of them is of the fixture's own code."""
    bad, _ = trees(FIXTURES / f"{name}.md")
    assert bad
    for tree in bad:
        assert told(tree.files) == tree.expected
        assert any(f"[{name}]" in line for line in tree.expected)


@pytest.mark.parametrize("name", NAMES)
def test_a_good_tree_gives_no_problem_at_all(name):
    """The cure that a fixture shows is a cure: no check objects to it."""
    _, good = trees(FIXTURES / f"{name}.md")
    assert good.files
    assert told(good.files) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_points_into_its_file_and_offers_a_cure(name):
    """Line and column lie inside the file that is named, and the hint is a sentence."""
    bad, _ = trees(FIXTURES / f"{name}.md")
    for tree in bad:
        for line in tree.expected:
            found = PROBLEM.match(line)
            assert found, line
            lines = tree.files[found["path"]].decode("utf-8-sig", "replace").split("\n")
            assert 1 <= int(found["line"]) <= len(lines)
            assert 1 <= int(found["column"]) <= len(lines[int(found["line"]) - 1]) + 1


@pytest.mark.parametrize("code", sorted(ALL))
def test_every_check_explains_itself(code):
    """A check's docstring says what is wrong, and shows a bad and a good form."""
    text = ALL[code].__doc__
    assert text.split("\n")[0].endswith(".")
    assert "    Bad: " in text
    assert "    Good: " in text


def test_problems_come_in_the_order_of_files_and_lines():
    """An author works through a list from top to bottom, whatever check found what."""
    files = {f"essays/{name}.md": "Title: A\nDate: x\nSide: y\n" for name in "cab"}
    places = [(problem.path, problem.line) for problem in checks.run(a_manuscript(files | SERIES))]
    assert places == sorted(places)
    assert len({path for path, _ in places}) == 3


def test_what_is_not_declared_is_open():
    """Without series and play files, keys, names, mixed parts and bare images are the author's own affair."""
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
def test_not_being_published_is_no_mistake(header):
    """Drafts, also without a date, hidden, future and skipped essays are nobody's fault."""
    assert told({"essays/one.md": f"{header}\nText.\n", **SERIES}) == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_byte_order_marks_and_all_line_endings_are_accepted(ending, mark):
    """A file from any editor reads the same."""
    text = "Title: One\nDate: 2009-04-01\nSeries: Turnings\n\nText.\n".replace("\n", ending)
    assert told({"essays/one.md": mark + text.encode(), **SERIES}) == []


def test_a_yaml_header_with_plain_values_is_read():
    """A header between three hyphens is read if it holds one plain value a line."""
    text = "---\ntitle: One\ndate: 2009-04-01\nside: costs\nseries: turnings\n---\n\nText.\n"
    found = told({"essays/one.md": text, **SERIES})
    assert [line.split(": ")[0] for line in found] == ["essays/one.md:4:7"]
