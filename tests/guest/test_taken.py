"""Where a guest finds something of the site's own, it gives way."""

from __future__ import annotations

import pytest
from jinja2 import Template
from pelican.contents import Article, Static
from pelican.settings import DEFAULT_CONFIG
from pelican.writers import Writer

from essay_series.adapter.guest.taken import Taken

SETTINGS = {**DEFAULT_CONFIG, "PATH": "/site/content", "OUTPUT_PATH": "/site/output"}


def a_file(path: str) -> Static:
    """Return a file of the content folder that Pelican copies after the pages."""
    return Static("", {"title": path}, SETTINGS, f"/site/content/{path}", {})


@pytest.mark.parametrize(
    ("path", "is_taken"),
    [
        ("series/one/index.html", True),  # a page
        ("images/dot.png", True),  # a file that is yet to be copied
        ("images", True),  # a folder of such files
        ("series/one", True),
        ("images/dot.png/index.html", True),  # below a file
        ("images/other.png", False),
        ("series/two/index.html", False),
        ("index.html", False),
    ],
)
def test_no_file_can_be_written_where_the_site_has_a_file_or_a_folder_or_a_file_above(path, is_taken, tmp_path):
    """What Pelican has written or is yet to copy is taken, and so are its folders and all that would lie below it."""
    writer = Writer(str(tmp_path), SETTINGS)
    writer.write_file("series/one/index.html", Template("A page."), {})
    assert (path in Taken.of(writer, {"staticfiles": [a_file("images/dot.png")]})) is is_taken


def test_a_file_that_was_looked_at_can_still_be_attached():
    """Whoever asks where a file will lie does not fix it there: an article may take it along afterward."""
    file = a_file("notes/dot.png")
    Taken.of(Writer("/site/output", SETTINGS), {"staticfiles": [file]})
    facts = {"title": "A", "save_as": "a/index.html", "url": "a/"}
    file.attach_to(Article("", facts, SETTINGS, "/site/content/notes/a.md", {}))
    assert file.save_as == "a/dot.png"
