"""Collected pages have the bytes that Pelican writes, and Pelican's errors are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from pelican.settings import read_settings
from pelican.writers import FileOverwriteFailedError, Writer

from essay_series.adapter.outputs.writer import CollectingWriter, paths_of
from essay_series.adapter.settings.config import BUILD
from essay_series.build.build import Build
from essay_series.build.cache.store import Store

pytestmark = pytest.mark.site


class Template:
    """A template that renders its name and arguments."""

    def __init__(self, name: str):
        self.name = name

    def render(self, context: dict) -> str:
        """Return a page."""
        return f"{self.name} {context['number']} {context['output_file']} é\n"


def a_writer(kind: type[Writer], folder: Path, *, alone: bool = True) -> Writer:
    """Return a writer into `folder` for a build that keeps nothing."""
    build = Build(Store(folder / "cache.sqlite"), folder, folder, is_alone=alone)
    return kind(str(folder), read_settings(None) | {BUILD: build})


def made_by(kind: type[Writer], folder: Path, pages: list[tuple[str, str, int]], *, alone: bool = True) -> Writer:
    """Write `pages`, each a path, the name of a template and a number, into `folder`."""
    made, templates = a_writer(kind, folder, alone=alone), {name: Template(name) for _, name, _ in pages}
    for path, name, number in pages:
        made.write_file(path, templates[name], {"localsiteurl": ""}, number=number)
    made.settings[BUILD].execute()
    return made


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder`."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


PAGES = [(f"{number % 7}/{number}.html", "abc"[number % 3], number) for number in range(70)]


def test_collected_pages_have_the_bytes_of_pelicans_writer(tmp_path):
    """A pool writes the same files as Pelican's own writer."""
    ours = made_by(CollectingWriter, tmp_path / "ours", PAGES)
    made_by(Writer, tmp_path / "theirs", PAGES)
    assert files(tmp_path / "ours") == files(tmp_path / "theirs")
    assert paths_of(ours) == files(tmp_path / "ours").keys()


def test_two_pages_at_one_path_are_an_error(tmp_path):
    """Two pages at one path are an error, as in Pelican."""
    twice = [*PAGES, (PAGES[40][0], "a", 99)]
    for kind in (Writer, CollectingWriter):
        with pytest.raises(FileOverwriteFailedError, match=r"already\s+written"):
            made_by(kind, tmp_path / kind.__name__, twice)


def test_with_other_plugins_each_page_is_written_at_once(tmp_path):
    """With another plugin a page is written when Pelican asks for it, and is not a target of the build."""
    made = a_writer(CollectingWriter, tmp_path, alone=False)
    made.write_file("one.html", Template("a"), {"localsiteurl": ""}, number=1)
    assert files(tmp_path).keys() == {"one.html"} == paths_of(made)
    assert not made.settings[BUILD].targets


def test_a_page_may_override_another(tmp_path):
    """A page written with ``override_output`` stays, as in Pelican, whether it comes first or last."""
    made, context = a_writer(CollectingWriter, tmp_path), {"localsiteurl": ""}
    made.write_file("first.html", Template("a"), context, override_output=True, number=1)
    for number, path in enumerate(("other.html", "first.html", "last.html"), start=2):
        made.write_file(path, Template("a"), context, number=number)
    made.write_file("last.html", Template("a"), context, override_output=True, number=9)
    made.settings[BUILD].execute()
    assert {path: text.split()[1] for path, text in files(tmp_path).items()} == {
        "first.html": b"1",
        "other.html": b"2",
        "last.html": b"9",
    }


def test_a_paginated_list_is_written_whole(tmp_path):
    """A paginated list has all of its pages, and is never collected."""
    settings = {"PAGINATED_TEMPLATES": {"index": 2}, "DEFAULT_PAGINATION": 2}
    for kind in (Writer, CollectingWriter):
        made = a_writer(kind, tmp_path / kind.__name__)
        made.settings |= settings
        what = {"template_name": "index", "url": "", "articles": [1, 2, 3], "number": 1}
        made.write_file("index.html", Template("a"), {"localsiteurl": ""}, **what)
        made.settings[BUILD].execute()
    assert files(tmp_path / "CollectingWriter") == files(tmp_path / "Writer")
    assert len(files(tmp_path / "Writer")) == 2
