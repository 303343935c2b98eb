"""A build that takes over what it can gives the same bytes as a clean one, whatever happened in between."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from author import Author
from forked import build

pytestmark = pytest.mark.site

STEPS = int(os.environ.get("STEPS", "25"))
"""Steps in CI; thousands are walked by hand: ``STEPS=1000 WALKS=10 pytest tests/build/test_incremental.py``."""
WALKS = int(os.environ.get("WALKS", "2"))


Author.TestCase.settings = settings(
    max_examples=WALKS,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize="STEPS" not in os.environ,
)
TestIncremental = Author.TestCase
TestIncremental.__doc__ = "After every step of any author, what was built in haste is what is built from nothing."


AROUND = {
    "the address of what it links to": lambda author: author.rename("e0", "x"),
    "what keeps its promise": lambda author: author.restatus("e5", None),
    "the title of its neighbour": lambda author: author.retitle("e0", "Another"),
    "who links to it": lambda author: author.edit("e3", "[link]({filename}e0.md)"),
    "who answers it": lambda author: author.answer(),
    "how many parts there are": lambda author: author.reseries("e4", None),
    "a file that it shows": lambda author: author.show(),
    "the declaration of its series": lambda author: author.declare("Home"),
    "the name of the site": lambda author: author.resettle("Yours"),
    "the theme": lambda author: author.retheme("<!-- a -->"),
    "a feed's items": lambda author: author.change("e0", Modified="2009-05-01", Revision="A word."),
    "its translation": lambda author: author.translate(),
}


@pytest.mark.parametrize("what", AROUND)
def test_whatever_else_a_page_depends_on_is_noticed(what):
    """Pages and feeds that show something of another source, of a setting or of the theme are made again with it."""
    author = Author()
    try:
        author.begin()
        before = author.good
        AROUND[what](author)
        assert author.good != before
    finally:
        author.teardown()


def test_only_what_changed_is_made_again():
    """After an edit of one text, the files of other essays, lists and plays are the very files that they were."""
    author = Author()
    try:
        author.begin()
        author.build()
        before = {path: (author.folder / "output" / path).stat().st_ino for path in author.good}
        author.write_more("e3", "more")
        said = author.run().said
        assert "Done: other words in 1 source" in said
        fresh = {path for path in author.good if (author.folder / "output" / path).stat().st_ino != before[path]}
        assert "essays/e3/index.html" in fresh
        assert {path for path in fresh if path.endswith(".html")} == {
            "essays/e3/index.html",
            "series/turnings/book/index.html",
        }
        assert "feeds/sides/costs.atom.xml" not in fresh
        assert "Nothing has changed" in author.run().said
    finally:
        author.teardown()


def test_a_theme_that_asks_for_pelicans_own_lists_has_them_whole():
    """Where a template names `articles`, every essay is read in every build, so that its list is complete."""
    author = Author()
    try:
        file = author.folder / "theme/templates/archives.html"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("{% block content %}", "{% block content %}{{ articles|length }} in all"))
        author.begin()
        author.edit("e3", "more")
        assert build(author.folder).said.count("Processed 5 articles") == 1
        assert b"5 in all" in author.good["archive/index.html"]
    finally:
        author.teardown()
