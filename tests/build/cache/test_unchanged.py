"""Nothing is built if nothing has changed, and every change is detected."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

import forked
from builders import PROJECT, SiteTest
from essay_series.adapter.inputs import common_key
from essay_series.build.build import Build
from essay_series.build.cache.store import Store
from essay_series.build.cache.unchanged import Inputs, forget, is_unchanged, note

COMMAND = ("content", "-s", "pelicanconf.py", "--fatal=errors")
NOW = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


def unchanged(site: SiteTest) -> bool:
    """Tell whether the check before a build finds the last build of `site` up to date."""
    said = "print(is_unchanged('cache', 'output', sys.argv[1:]))"
    program = f"import sys; from essay_series.build.cache.unchanged import is_unchanged; {said}"
    command = [sys.executable, "-c", program, *COMMAND]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), **site.environment}
    done = subprocess.run(command, cwd=site.folder, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout == "True\n"


@pytest.fixture
def built(site) -> SiteTest:
    """Return a site that is built, with a scheduled essay, an image and a setting from the environment."""
    site.settings = "import os\nSITESUBTITLE = os.environ.get('LINE', 'A line')\n"
    site.write("content/images/a.png", b"x")
    site.essay("one").essay("later", Date="2999-01-01")
    assert site.build().code == 0
    return site


def edit(path: str) -> Callable[[SiteTest], object]:
    """Return a function that changes a file of a site and keeps its size."""

    def change(site: SiteTest) -> None:
        data = (site.folder / path).read_bytes()
        (site.folder / path).write_bytes(data[:-2] + b".\n")

    return change


def rename(file: Path) -> None:
    """Rename `file` without changing it."""
    file.rename(file.with_name("uno.md"))


def half_a_note(site: SiteTest) -> None:
    """Cut the note of the last build."""
    note = (site.folder / "cache/unchanged-output").read_bytes()
    site.write("cache/unchanged-output", note[: len(note) // 2])


CHANGES = {
    "a text": edit("content/essays/one.md"),
    "a draft": lambda site: site.essay("later", Date="2998-01-01"),
    "a new essay": lambda site: site.essay("two"),
    "a removed essay": lambda site: site.remove("content/essays/later.md"),
    "a renamed essay": lambda site: (site.folder / "content/essays/one.md").rename(
        site.folder / "content/essays/uno.md"
    ),
    "an image": lambda site: site.write("content/images/a.png", b"y"),
    "a setting": edit("pelicanconf.py"),
    "the environment": lambda site: site.environment.update(LINE="Another"),
    "a page by hand": edit("output/index.html"),
    "a page that is gone": lambda site: site.remove("output/feeds/all.atom.xml"),
    "a damaged note": edit("cache/unchanged-output"),
    "half a note": half_a_note,
    "a foreign note": lambda site: site.write("cache/unchanged-output", '{"output": 7}'),
    "another place's note": lambda site: note(site.folder / "cache", "/elsewhere/output", Inputs(()), (), None),
    "no note": lambda site: site.remove("cache/unchanged-output"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_change_is_detected(built, what):
    """A change of any input, any output or the note is detected; after the next build all is up to date."""
    assert unchanged(built)
    CHANGES[what](built)
    assert not unchanged(built)
    assert built.build().code == 0
    assert unchanged(built)


def test_unread_variables_and_the_authors_own_files_do_not_matter(built):
    """A variable that no setting reads, and an author's own file in the output, cause no build."""
    built.environment["UNRELATED"] = "1"
    built.write("output/CNAME", "e.example")
    assert unchanged(built)


def test_a_failed_build_is_not_up_to_date(built):
    """After a failed build the next one runs, although the output is unchanged."""
    built.essay("one", Date="never")
    assert built.build().code == 1
    assert not unchanged(built)


def test_an_essay_that_is_due_is_a_change(tmp_path):
    """When a scheduled essay is due, there is something to build."""
    note(tmp_path / "cache", tmp_path / "output", Inputs([]), [], due=NOW)
    assert is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW - 1)
    assert not is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW)


def test_another_command_line_is_a_change(tmp_path):
    """A build with other arguments is not up to date."""
    note(tmp_path / "cache", tmp_path / "output", Inputs([], arguments=("-e", "A=1")), [], due=None)
    assert is_unchanged(tmp_path / "cache", tmp_path / "output", ("-e", "A=1"), NOW)
    assert not is_unchanged(tmp_path / "cache", tmp_path / "output", ("-e", "A=2"), NOW)
    forget(tmp_path / "cache", tmp_path / "output")
    forget(tmp_path / "cache", tmp_path / "output")
    assert not is_unchanged(tmp_path / "cache", tmp_path / "output", ("-e", "A=1"), NOW)


def test_any_damage_of_the_note_is_detected(tmp_path):
    """A note with any bit flipped, or truncated anywhere, is ignored."""
    (tmp_path / "a").write_text("a")
    note(tmp_path / "cache", tmp_path / "output", Inputs([tmp_path / "a"], environment={"HOME": "x"}), [], due=NOW)
    file = tmp_path / "cache/unchanged-output"
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW - 1)
        file.write_bytes(whole[:at])
        assert not is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW - 1)


def test_the_note_contains_no_value_of_a_variable(tmp_path, monkeypatch):
    """The note holds only digests of variables, since a value may be a password."""
    monkeypatch.setenv("TOKEN", "secret")
    before = Inputs([], environment={"TOKEN": "secret", "HOST": None})
    note(tmp_path / "cache", tmp_path / "output", before, [], due=None)
    assert is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW)
    assert b"secret" not in (tmp_path / "cache/unchanged-output").read_bytes()
    monkeypatch.setenv("TOKEN", "other")
    assert not is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW)


def test_fresh_files_are_read_only_once(tmp_path, monkeypatch):
    """The first check reads files that were fresh when they were noted; the updated note spares the next one."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output/a").write_text("a")
    note(tmp_path / "cache", tmp_path / "output", Inputs([]), ["a"], due=None)
    file = tmp_path / "cache/unchanged-output"
    fresh = file.read_bytes()
    moment = time.time_ns() + 10**10
    monkeypatch.setattr(time, "time_ns", lambda: moment)
    assert is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW)
    assert len(file.read_bytes()) < len(fresh)
    assert is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW)
    (tmp_path / "output/a").write_text("b")
    assert not is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW)


def test_another_theme_plugin_or_package_is_a_change(tmp_path, monkeypatch):
    """A change below any root, and of any package's version, is detected."""
    theme = tmp_path / "theme"
    (theme / "templates").mkdir(parents=True)
    (theme / "templates/a.html").write_text("a")
    packages = tmp_path / "site-packages"
    (packages / "markdown-3.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])

    def changed(change: Callable[[], object]) -> bool:
        note(tmp_path / "cache", tmp_path / "output", Inputs([theme]), [], due=None)
        assert is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW)
        change()
        return not is_unchanged(tmp_path / "cache", tmp_path / "output", (), NOW)

    assert changed(lambda: (theme / "templates/b.html").write_text("b"))
    assert changed((theme / "templates/b.html").unlink)
    assert changed(lambda: (packages / "markdown-3.0.dist-info").rename(packages / "markdown-3.1.dist-info"))


READ = """
import json, os, sys
from pathlib import Path
sys.path.append("conf")
import helper
SITESUBTITLE = f"{os.getenv('LINE')} {helper.LINE} {json.loads(Path('data.json').read_text())}"
try:
    from local_settings import SITENAME
except ImportError:
    pass
JINJA_FILTERS = {**JINJA_FILTERS, "plain_css": helper.plain}
"""
HELPER = "LINE = {!r}\ndef plain(css):\n    return 'b {{}} {}'\n"


def rewritten(path: str, text: str) -> Callable[[SiteTest], object]:
    """Return a function that writes a file of a site with a new mtime, since Python compares whole seconds."""

    def change(site: SiteTest) -> None:
        site.write(path, text)
        later = (site.folder / path).stat().st_mtime + 1
        os.utime(site.folder / path, (later, later))

    return change


READ_OF = {
    "a variable": (lambda site: site.environment.update(LINE="another"), "another"),
    "a value of a module": (rewritten("conf/helper.py", HELPER.format("changed", "")), "changed"),
    "a filter of a module": (rewritten("conf/helper.py", HELPER.format("", "i {}")), "i {}"),
    "data": (lambda site: site.write("data.json", '["datum"]'), "datum"),
    "a module that was not there": (rewritten("local_settings.py", "SITENAME = 'Mine alone'"), "Mine alone"),
}


@pytest.mark.parametrize("what", READ_OF)
@pytest.mark.parametrize("by", [forked.PROGRAM, "pelican"])
def test_changes_of_what_the_settings_read_are_detected(site, what, by):
    """Everything that the settings read takes effect in the next build, by our command and by Pelican's."""
    site.settings = READ
    site.write("data.json", "[]").essay("one")
    rewritten("conf/helper.py", HELPER.format("", ""))(site)
    change, expected = READ_OF[what]
    assert site.build(by=by).code == 0
    assert unchanged(site) is (by == forked.PROGRAM)
    change(site)
    assert not unchanged(site)
    done = site.build(by=by)
    assert done.code == 0
    assert expected in done.page("index.html")


def test_settings_that_start_a_program_are_never_up_to_date(site):
    """If the settings start a program, every build runs."""
    site.settings = (
        "import subprocess\nSITESUBTITLE = subprocess.run(['cat', 'line'], capture_output=True, text=True).stdout\n"
    )
    site.write("line", "First").essay("one")
    assert "First" in site.build().page("index.html")
    assert not unchanged(site)
    site.write("line", "Second")
    assert "Second" in site.build().page("index.html")


def test_changes_of_late_modules_are_detected(site):
    """A module that a filter imports while pages are rendered counts from the second build on."""
    site.settings = """
def plain(css):
    import late
    return late.CSS
JINJA_FILTERS = {"plain_css": plain}
import sys
sys.path.append(".")
"""
    site.essay("one")
    rewritten("late.py", "CSS = 'b {}'")(site)
    for css in ("b {}", "i {}"):
        rewritten("late.py", f"CSS = {css!r}")(site)
        for _ in range(2):
            assert css in site.build().page("index.html")
        assert unchanged(site)


def test_plain_pelican_removes_the_note(site):
    """Only our command records what the settings read, so plain ``pelican`` removes the note of an earlier build."""
    site.essay("one")
    assert site.build().code == 0
    assert unchanged(site)
    assert site.build(by="pelican").code == 0
    assert not unchanged(site)


def test_packages_are_in_the_keys_of_pages(tmp_path, monkeypatch):
    """The keys of pages change with the installed packages."""
    packages = tmp_path / "site-packages"
    (packages / "markdown-3.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])
    settings = {
        "PLUGIN_PATHS": [],
        "THEME_TEMPLATES_OVERRIDES": [],
        "THEME": str(tmp_path),
        "LOOK": "",
        "CATALOGUES": [],
    }
    pelican = SimpleNamespace(settings=settings, theme=str(tmp_path))
    build = Build(Store(tmp_path / "store"), tmp_path, tmp_path)
    before = common_key(pelican, build)
    assert common_key(pelican, build) == before
    (packages / "markdown-3.0.dist-info").rename(packages / "markdown-3.1.dist-info")
    assert common_key(pelican, build)["code"] != before["code"]
