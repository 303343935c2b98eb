"""What a settings file reads is recorded while it is executed."""

from __future__ import annotations

import os
import runpy
import sqlite3
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from essay_series.build.cache.recording import Recording
from essay_series.build.cache.unchanged import EVERY
from essay_series.build.output.states import MISSING


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Return a folder with settings, their modules and data."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    monkeypatch.setenv("SET", "one")
    monkeypatch.delenv("UNSET", raising=False)
    (tmp_path / "data.json").write_text("{}")
    (tmp_path / "lists").mkdir()
    yield tmp_path
    forget_modules(tmp_path)


def forget_modules(folder: Path) -> None:
    """Make Python import the modules in `folder` again."""
    for name, module in list(sys.modules.items()):
        if any(str(folder) in path for path in getattr(module, "__path__", [str(getattr(module, "__file__", ""))])):
            del sys.modules[name]


def recorded(project: Path, settings: str) -> Recording:
    """Return the recording of an execution of `settings`."""
    (project / "conf.py").write_text(dedent(settings))
    with Recording() as recording:
        runpy.run_path("conf.py")
    return recording


READS = {
    "environ.get": ("import os\nos.environ.get('SET')", {"SET": "one"}),
    "getenv": ("from os import getenv\ngetenv('SET')", {"SET": "one"}),
    "a subscript": ("from os import environ\nenviron['SET']", {"SET": "one"}),
    "in": ("import os\n'UNSET' in os.environ", {"UNSET": None}),
    "not set": ("import os\nos.getenv('UNSET', 'usual')", {"UNSET": None}),
    "set by itself": (
        "import os\nos.environ['UNSET'] = 'x'\nos.environ['UNSET']\ndel os.environ['UNSET']",
        {"UNSET": None},
    ),
}


@pytest.mark.parametrize("way", READS)
def test_each_variable_that_is_read_is_recorded(way, project):
    """A variable is recorded with its outside value, whichever function reads it."""
    settings, expected = READS[way]
    assert recorded(project, settings).environment == expected


def test_reading_the_whole_environment_is_recorded(project, monkeypatch):
    """A loop over all variables is recorded as reading every one."""
    first = recorded(project, "import os\nall = dict(os.environ)").environment[EVERY]
    monkeypatch.setenv("UNSET", "now")
    assert recorded(project, "import os\nall = os.environ.copy()").environment[EVERY] != first


def test_the_environment_is_not_watched_afterwards(project):
    """Reads after the ``with`` block are not recorded."""
    recording = recorded(project, "import os")
    os.environ.get("SET")
    assert recording.environment == {}
    assert type(os.environ).__module__ == "os"


FILES = {
    "a module": ("import helper", ["helper.py"]),
    "a module of a module": ("import outer", ["outer.py", "helper.py"]),
    "a module of a package": ("from own.names import NAME", ["own/__init__.py", "own/names.py"]),
    "a module of a folder": ("from bare.names import NAME", ["bare/names.py"]),
    "a module by its name": ("from importlib import import_module\nimport_module('helper')", ["helper.py"]),
    "a module elsewhere": (
        "import os, sys\nsys.path.append(os.path.abspath('conf'))\nimport inside",
        ["conf/inside.py"],
    ),
    "a script": ("import runpy\nrunpy.run_path('helper.py')", ["helper.py"]),
    "data": ("open('data.json').close()", ["data.json"]),
    "data by a path": ("from pathlib import Path\nPath('data.json').read_text()", ["data.json"]),
    "a database": ("import sqlite3\nsqlite3.connect('data.db').close()", ["data.db"]),
    "files by a pattern": ("from glob import glob\nglob('lists/*.txt')", ["lists/"]),
    "names": ("import os\nos.listdir('lists')", ["lists/"]),
}


@pytest.mark.parametrize("again", [False, True], ids=["first", "compiled"])
@pytest.mark.parametrize("what", FILES)
def test_each_file_that_is_read_is_recorded(what, again, project):
    """Imported modules, compiled or not, data files and folder listings are recorded."""
    for path in ("helper.py", "own/__init__.py", "own/names.py", "bare/names.py", "conf/inside.py"):
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).write_text("NAME = 'x'\n")
    (project / "outer.py").write_text("import helper\n")
    sqlite3.connect(project / "data.db").close()
    settings, expected = FILES[what]
    if again:
        recorded(project, settings)
        forget_modules(project)
    states = recorded(project, settings).states
    names = [path if path.endswith("/") else f"{project}/{path}" for path in expected]
    names = [f"{project}/{path}" if path == "lists/" else path for path in names]
    assert [name for name in names if states.get(name, MISSING) == MISSING] == []
    assert str(project / "conf.py") in states


def test_missing_files_and_modules_are_recorded(project):
    """A module or file that was looked up in vain is recorded, since it may exist the next time."""
    settings = """
        try:
            import local_settings
        except ImportError:
            pass
        try:
            open("secret.txt")
        except OSError:
            pass
    """
    states = recorded(project, settings).states
    assert states[f"{project}/local_settings.py"] == states[f"{project}/secret.txt"] == MISSING


def test_installed_and_written_files_are_not_recorded(project):
    """Installed packages, and files that the settings write themselves, are not recorded."""
    settings = """
        import colorsys, markupsafe
        with open("written.txt", "w") as file:
            file.write("x")
        open("written.txt").close()
    """
    states = recorded(project, settings).states
    assert [path for path in states if not path.startswith(str(project)) and states[path] != MISSING] == []
    assert str(project / "written.txt") not in states


UNKNOWN = {
    "a program": "import subprocess, sys\nsubprocess.run([sys.executable, '-c', ''])",
    "a shell": "import os\nos.system('true')",
    "the network": "import socket\nwith socket.socket(socket.AF_UNIX) as end:\n    end.connect_ex('none')",
}


@pytest.mark.site
@pytest.mark.parametrize("what", UNKNOWN)
def test_programs_and_network_make_a_recording_incomplete(what, project):
    """If the settings start a program or use the network, the recording is incomplete."""
    assert recorded(project, "").is_complete
    assert not recorded(project, UNKNOWN[what]).is_complete


def test_words_change_with_values_and_contents(project, monkeypatch):
    """The words of a recording change with each variable and file, and contain no value of a variable."""
    settings = "import os\nos.getenv('SET')\nopen('data.json').close()"
    found = [tuple(recorded(project, settings).words())]
    (project / "data.json").write_text("[]")
    found.append(tuple(recorded(project, settings).words()))
    monkeypatch.setenv("SET", "two")
    found.append(tuple(recorded(project, settings).words()))
    assert len(set(found)) == 3
    assert "two" not in " ".join(found[-1])
