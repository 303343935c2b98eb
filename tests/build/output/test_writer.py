"""Pages that are collected are, byte for byte, the pages that Pelican writes, and its refusals are kept."""

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
    """A template that says its name and what it is given."""

    def __init__(self, name: str):
        self.name = name

    def render(self, context: dict) -> str:
        """Return a page."""
        return f"{self.name} {context['number']} {context['output_file']} é\n"


def a_writer(kind: type[Writer], folder: Path, *, alone: bool = True) -> Writer:
    """Return a writer into `folder`, for a build that keeps nothing."""
    build = Build(Store(folder / "cache.sqlite"), folder, folder, is_alone=alone)
    return kind(str(folder), read_settings(None) | {BUILD: build})


def made_by(kind: type[Writer], folder: Path, pages: list[tuple[str, str, int]], *, alone: bool = True) -> Writer:
    """Write `pages`, each a path, a template's name and a number, into `folder`."""
    made, templates = a_writer(kind, folder, alone=alone), {name: Template(name) for _, name, _ in pages}
    for path, name, number in pages:
        made.write_file(path, templates[name], {"localsiteurl": ""}, number=number)
    made.settings[BUILD].execute()
    return made


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder`."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


PAGES = [(f"{number % 7}/{number}.html", "abc"[number % 3], number) for number in range(70)]


def test_pages_that_are_collected_are_pelicans(tmp_path):
    """What a pool of processes writes is, file by file, what Pelican's own writer writes."""
    ours = made_by(CollectingWriter, tmp_path / "ours", PAGES)
    made_by(Writer, tmp_path / "theirs", PAGES)
    assert files(tmp_path / "ours") == files(tmp_path / "theirs")
    assert paths_of(ours) == files(tmp_path / "ours").keys()


def test_no_page_takes_the_place_of_another(tmp_path):
    """Two pages of one path are refused as Pelican refuses them."""
    twice = [*PAGES, (PAGES[40][0], "a", 99)]
    for kind in (Writer, CollectingWriter):
        with pytest.raises(FileOverwriteFailedError, match=r"already\s+written"):
            made_by(kind, tmp_path / kind.__name__, twice)


def test_where_others_may_look_each_page_is_written_at_once(tmp_path):
    """With another plugin a page is there as soon as it is asked for, and is no target of the build."""
    made = a_writer(CollectingWriter, tmp_path, alone=False)
    made.write_file("one.html", Template("a"), {"localsiteurl": ""}, number=1)
    assert files(tmp_path).keys() == {"one.html"} == paths_of(made)
    assert not made.settings[BUILD].targets


def test_a_page_may_override_another(tmp_path):
    """What is written with ``override_output`` stays, as with Pelican, whether it is asked for first or last."""
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


def test_a_list_of_several_pages_is_written_whole(tmp_path):
    """A list that is longer than a page has all of its pages, as Pelican writes them, and is never taken for one."""
    settings = {"PAGINATED_TEMPLATES": {"index": 2}, "DEFAULT_PAGINATION": 2}
    for kind in (Writer, CollectingWriter):
        made = a_writer(kind, tmp_path / kind.__name__)
        made.settings |= settings
        what = {"template_name": "index", "url": "", "articles": [1, 2, 3], "number": 1}
        made.write_file("index.html", Template("a"), {"localsiteurl": ""}, **what)
        made.settings[BUILD].execute()
    assert files(tmp_path / "CollectingWriter") == files(tmp_path / "Writer")
    assert len(files(tmp_path / "Writer")) == 2
