"""The output paths at which a guest writes nothing."""

from __future__ import annotations

import pytest
from jinja2 import Template
from pelican.contents import Article, Static
from pelican.settings import DEFAULT_CONFIG
from pelican.writers import Writer

from essay_series.adapter.guest.taken import Taken

SETTINGS = {**DEFAULT_CONFIG, "PATH": "/site/content", "OUTPUT_PATH": "/site/output"}


def a_file(path: str) -> Static:
    """Return a static file, which Pelican copies after it has written the pages."""
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
def test_paths_of_files_and_folders_are_taken(path, is_taken, tmp_path):
    """Files that are written or will be copied are taken, with their folders and any path below a file."""
    writer = Writer(str(tmp_path), SETTINGS)
    writer.write_file("series/one/index.html", Template("A page."), {})
    assert (path in Taken.of(writer, {"staticfiles": [a_file("images/dot.png")]})) is is_taken


def test_asking_for_a_path_does_not_fix_it():
    """A static file can still be attached to an article after its path was asked for."""
    file = a_file("notes/dot.png")
    Taken.of(Writer("/site/output", SETTINGS), {"staticfiles": [file]})
    facts = {"title": "A", "save_as": "a/index.html", "url": "a/"}
    file.attach_to(Article("", facts, SETTINGS, "/site/content/notes/a.md", {}))
    assert file.save_as == "a/dot.png"
