"""`make verify` finds any difference between two builds."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders import PROJECT, SAMPLE, SiteTest
from essay_series.cli.publish.verify import SOURCES, differences, differences_in


def test_every_difference_is_listed():
    """Missing and additional files are listed, and the first byte that differs in others."""
    one, other = {"a": b"same", "b": b"old", "c": b""}, {"a": b"same", "b": b"odd", "d": b""}
    assert differences(one, other) == [
        "b: differs at byte 1: b'ld' and b'dd'",
        "c: only in the first build",
        "d: only in the second build",
    ]


@pytest.fixture
def project(tmp_path) -> Path:
    """Return a project of its own: the sample, with the code and the theme beside it."""
    SiteTest(tmp_path).sample().configure()
    shutil.copy(SAMPLE / "publishconf.py", tmp_path)
    for name in ("theme", "plugins"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    assert {path.name for path in tmp_path.iterdir()} == set(SOURCES)
    with (tmp_path / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write("THEME, THEME_TEMPLATES_OVERRIDES, PLUGIN_PATHS = 'theme', ['theme/static/css'], ['plugins']\n")
    return tmp_path


@pytest.fixture
def small_project(project) -> Path:
    """Return the project with one essay."""
    shutil.rmtree(project / "content")
    SiteTest(project).essay("one")
    return project


def verified(project: Path) -> subprocess.CompletedProcess:
    """Verify `project` as an author does."""
    return subprocess.run(
        [sys.executable, "-m", "essay_series", "verify"],
        cwd=project,
        env={"PYTHONPATH": "plugins", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_site_is_the_same_anywhere(project, monkeypatch):
    """With books, it has the same bytes in another folder, file order, time zone, locale, hash seed, home and umask."""
    monkeypatch.setenv("PYTHONPATH", "plugins")  # as make says
    with (project / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write("BOOK_FORMATS = ['page', 'epub', 'pdf']\n")
    assert differences_in(project) == []


@pytest.mark.slow
def test_a_site_that_depends_on_the_machine_is_found(small_project):
    """Each page that shows the time zone, the folder, the umask or a hash is reported."""
    words = {"zone": "os.environ['TZ']", "folder": "os.getcwd()", "umask": "os.umask(0o22)", "hash": "hash('x')"}
    templates = small_project / "theme/templates"
    for name in words:
        (templates / f"{name}.html").write_text(f"{{{{ {name.upper()} }}}}", encoding="utf-8")
    with (small_project / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"import os\nDIRECT_TEMPLATES = ['index', 'archives', {', '.join(map(repr, words))}]\n")
        conf.writelines(f"{name.upper()} = {value}\n" for name, value in words.items())
    done = verified(small_project)
    assert done.returncode == 1
    assert [line.split(" at byte")[0] for line in done.stdout.splitlines()] == [
        f"{each}.html: differs" for each in sorted(words)
    ]


@pytest.mark.slow
def test_a_build_that_keeps_too_much_is_found(small_project):
    """If builds missed that a page has changed, the outdated page is reported."""
    file = small_project / "plugins/essay_series/adapter/outputs/page_keys.py"
    code = file.read_text(encoding="utf-8")
    file.write_text(code.replace("map(digest_of_all, (own, shown))", "('', '')"), encoding="utf-8")
    assert code != file.read_text(encoding="utf-8")
    done = verified(small_project)
    assert done.returncode == 1
    assert "differs at byte" in done.stdout
