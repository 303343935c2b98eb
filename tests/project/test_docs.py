"""The documentation, built as a site by this generator."""

from __future__ import annotations

import pytest
import stage

from builders import PROJECT
from essay_series import checks
from essay_series.adapter.reading.sources import open_manuscript
from essay_series.checks.advice import ADVICE

KNOWN = {
    page.path: page
    for page in (stage.Page("docs/a.md", "essays/a.md", "a/"), stage.Page("docs/b.md", "pages/b.md", "b/"))
}


def staged(text: str, page: str = "docs/a.md") -> str:
    """Return the source of a page with `text` below its title."""
    return stage.staged(KNOWN[page], f"# A page\n\n{text}\n", KNOWN, set())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[b](b.md)", "[b]({filename}/pages/b.md)"),
        ("[b](../docs/b.md#here)", "[b]({filename}/pages/b.md#here)"),
        ("[`b`](b.md)", "[`b`]({filename}/pages/b.md)"),
        ("[b.md](b.md)", "[b.md]({filename}/pages/b.md)"),
        ("[code](../plugins/x.py)", "code"),
        ("[Pelican](https://getpelican.com)", "[Pelican](https://getpelican.com)"),
        ("[below](#here)", "[below](#here)"),
        ("![bars](../tests/bars.png)", "![bars]({static}/images/bars.png)"),
        ("`[b](b.md)`", "`[b](b.md)`"),
        ("```\n[b](b.md)\n```", "```\n[b](b.md)\n```"),
    ],
)
def test_relative_links_become_pelicans(written, expected):
    """Links to pages and images become Pelican's; links to other files become text; code is unchanged."""
    assert staged(written).endswith(f"\n\n{expected}\n")


def test_a_page_has_a_title_and_a_summary():
    """The heading becomes the title, and the first sentence, as plain text, the summary."""
    text = staged("```\ncode\n```\n\nA *first* [sentence](b.md), with `code`. A second.")
    assert text.startswith("Title: A page\nSummary: A *first* sentence, with code.\n")


def test_pages_are_ordered_by_the_list_of_their_folder(tmp_path):
    """README.md of a folder gives the order of its pages; a missing or unlisted page is an error."""
    folder = tmp_path / "docs/write"
    folder.mkdir(parents=True)
    for name in ("one", "two"):
        (folder / f"{name}.md").touch()
    (folder / "README.md").write_text("# Write\n\n1. [Two](two.md)\n2. [One](one.md)\n")
    assert stage.parts("write", tmp_path) == ["docs/write/two.md", "docs/write/one.md"]
    (folder / "three.md").touch()
    with pytest.raises(stage.StageError, match=r"docs/write/three\.md"):
        stage.parts("write", tmp_path)


@pytest.mark.site  # it reads settings as a build does
def test_the_documentation_has_no_problems(tmp_path, monkeypatch):
    """The checks for an author's sources find nothing in docs/."""
    monkeypatch.chdir(PROJECT)
    assert len([*stage.stage(tmp_path)]) > 50
    sources = open_manuscript("tools/docs/pelicanconf.py", {"PATH": str(tmp_path)})
    of_essays = {"essay-without-play", "repeated-sentence"}
    advised = [found for code, advise in ADVICE.items() if code not in of_essays for found in advise(sources)]
    assert [*map(str, checks.run(sources)), *map(str, advised)] == []
