"""Pages that wait until all are known are the pages that Pelican writes, and its refusals are kept."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from pelican import signals
from pelican.settings import DEFAULT_CONFIG
from pelican.writers import FileOverwriteFailedError, Writer

from essay_series.adapter import writer
from essay_series.adapter.writer import KEYS, MADE, MEMORY, KeepingWriter
from essay_series.build import crew

pytestmark = pytest.mark.site


class Template:
    """A template that says its name and what it is given."""

    def __init__(self, name: str):
        self.name = name

    def render(self, context: dict) -> str:
        """Return a page."""
        return f"{self.name} {context['number']} {context['output_file']}"


@pytest.fixture(autouse=True)
def many_workers(monkeypatch):
    """Let three processes write, however few the pages and the cores."""
    monkeypatch.setattr(crew, "workers", lambda: 3)
    monkeypatch.setattr(writer, "WORTH_A_FORK", 1)


def a_writer(kind: type[Writer], folder: Path, plugins: tuple[str, ...]) -> Writer:
    """Return a writer into `folder` that takes nothing over."""
    memory = SimpleNamespace(keep=lambda *_: False)
    return kind(str(folder), DEFAULT_CONFIG | {"PLUGINS": list(plugins), KEYS: {}, MADE: set(), MEMORY: memory})


def made_by(kind: type[Writer], folder: Path, pages: list[tuple[str, str, int]], plugins: tuple[str, ...]) -> Writer:
    """Write `pages`, each a path, a template's name and a number, into `folder`."""
    made, templates = a_writer(kind, folder, plugins), {name: Template(name) for _, name, _ in pages}
    for path, name, number in pages:
        made.write_file(path, templates[name], {"localsiteurl": ""}, number=number)
    if isinstance(made, KeepingWriter):
        made.finish()
    return made


def files(folder: Path) -> dict[str, str]:
    """Return every file below `folder`."""
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


PAGES = [(f"{number % 7}/{number}.html", "abc"[number % 3], number) for number in range(50)]


def test_pages_that_waited_are_pelicans(tmp_path):
    """What three processes write is, file by file, what Pelican's own writer writes, and all of it is noted."""
    ours = made_by(KeepingWriter, tmp_path / "ours", PAGES, ("essay_series",))
    made_by(Writer, tmp_path / "theirs", PAGES, ())
    assert files(tmp_path / "ours") == files(tmp_path / "theirs")
    noted = {path.relative_to(tmp_path / "ours").as_posix() for path in ours.settings[MADE]}
    first_of_each_template = {path for path, _, _ in PAGES[:3]}
    assert noted | first_of_each_template == files(tmp_path / "ours").keys()


def test_no_page_takes_the_place_of_another(tmp_path):
    """Two pages of one path are refused as Pelican refuses them, whichever processes wrote them."""
    twice = [*PAGES, (PAGES[40][0], "a", 99)]
    for kind in (Writer, KeepingWriter):
        with pytest.raises(FileOverwriteFailedError, match=r"already\s+written"):
            made_by(kind, tmp_path / kind.__name__, twice, ("essay_series",))


@pytest.mark.parametrize(("plugins", "listeners"), [(("essay_series", "another"), 1), (("essay_series",), 2)])
def test_where_others_may_look_nothing_waits(tmp_path, monkeypatch, plugins, listeners):
    """With a second plugin, or where something else is told of each page, each is written when it is asked for."""
    monkeypatch.setattr(KeepingWriter, "finish", lambda _: None)
    monkeypatch.setattr(signals.content_written, "receivers", dict.fromkeys(range(listeners)))
    made_by(KeepingWriter, tmp_path, PAGES, plugins)
    assert len(files(tmp_path)) == len(PAGES)


def test_a_page_of_another_plugin_may_override_one_that_waits(tmp_path):
    """What is written with ``override_output`` stays, as with Pelican, whether it is asked for first or last."""
    made = a_writer(KeepingWriter, tmp_path, ("essay_series",))
    template, context = Template("a"), {"localsiteurl": ""}
    made.write_file("first.html", template, context, override_output=True, number=1)
    for number, path in enumerate(("other.html", "first.html", "last.html"), start=2):
        made.write_file(path, template, context, number=number)
    made.write_file("last.html", template, context, override_output=True, number=9)
    made.finish()
    assert {path: text.split()[1] for path, text in files(tmp_path).items()} == {
        "first.html": "1",
        "other.html": "2",
        "last.html": "9",
    }
