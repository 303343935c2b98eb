"""Commands in processes that have Pelican and the plugin imported already: a tenth of a second each.

The first command starts a server, a Python of its own, and each command is a fork of it. So a command sees nothing of
the tests' process but what it is given: no patch, no thread, no handler of a log.
"""

from __future__ import annotations

import atexit
import functools
import gc
import hashlib
import json
import os
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TextIO

import jinja2
from docutils.core import publish_string
from markdown import Markdown
from pelican.plugins._utils import get_namespace_plugins
from pelican.settings import DEFAULT_CONFIG

PLUGINS = Path(__file__).resolve().parent.parent / "plugins"
IMPORTED = (
    *(
        "pelican.readers",
        "pelican.generators",
        "pelican.writers",
        "markdown.extensions.extra",
        "markdown.extensions.toc",
    ),
    *(
        "essay_series.adapter.site_mode",
        "essay_series.book",
        "essay_series.cards",
        "essay_series.checks",
        "essay_series.publish.gate",
    ),
    *(
        "essay_series.build.cache.unchanged",
        "filelock",
        "xml.sax.saxutils",
        "xml.etree.ElementTree",
        "smartypants",
        "typogrify",
    ),
)
"""What the server imports: all that commands need but the commands themselves, which are run as scripts."""
PROGRAM = "essay_series.adapter.command"
"""Builds a site, with what its settings read recorded."""
PELICAN = ("content", "--settings", "pelicanconf.py", "--fatal=errors")
QUICK, HANDS, TEMPLATES = "quick", "hands", "templates"
STOCK = "stock"
"""The order's word for a process in which this project's plugin was never imported."""


@dataclass(frozen=True)
class Built:
    """How a command ended, and what it said."""

    code: int
    parts: tuple[str, ...]
    """What went to the standard output, and what to the standard error; all in one where they were not told apart."""

    @property
    def said(self) -> str:
        """All that it said."""
        return "".join(self.parts)


@dataclass(frozen=True)
class Running:
    """A command that is at work."""

    child: int
    here: bool
    said: tuple[Path, ...]
    stock: bool = False

    def kill(self) -> None:
        """Kill it as a power cut would."""
        os.kill(self.child, signal.SIGKILL)

    def wait(self) -> Built:
        """Return how it ended, and what it said."""
        code = _waited(self.child) if self.here else _server().ask({"wait": self.child, STOCK: self.stock})
        return Built(code, tuple(map(_taken, self.said)))


def start(
    folder: Path,
    module: str,
    *arguments: str,
    variables: dict[str, str],
    together: bool = False,
    here: bool = False,
    stock: bool = False,
    **more: object,
) -> Running:
    """Start ``python -m module arguments`` in `folder`.

    Args:
        folder: where it works.
        module: the module that is run as a script.
        arguments: the command line.
        variables: the whole environment.
        together: write what goes to the standard error in between what goes to the standard output.
        here: fork this process instead of the server, for tests that change the code.
        stock: fork a process in which this project's plugin was never imported.
        more: see `build`.

    """
    said = _files(1 if together else 2)
    order = {"folder": str(folder), "module": module, "arguments": arguments, "variables": variables, **more}
    order.update({"said": [str(path) for path in said], STOCK: stock})
    return Running(_begun(order) if here else _server().ask(order), here, said, stock)


def build(
    folder: Path,
    *arguments: str,
    kill_after: float | None = None,
    variables: dict[str, str] | None = None,
    quick: bool = False,
    hands: int | None = None,
    templates: Path | None = None,
    here: bool = False,
) -> Built:
    """Build the site in `folder` as ``pelican content`` does, in a process of its own.

    Args:
        folder: where ``pelicanconf.py`` lies.
        arguments: what else stands on the command line.
        kill_after: seconds after which the process is killed, as by a power cut.
        variables: what is different in the environment.
        quick: do without Pelican where nothing has changed, as ``make html`` does.
        hands: how many processes share even the smallest work; as many as pay where it is not given.
        templates: a folder in which Jinja keeps the code of templates, in the place of the builder.
        here: fork this process instead of the server, for tests that change the code.

    """
    environment = {**os.environ, **(variables or {})}
    more = {QUICK: quick, HANDS: hands, TEMPLATES: str(templates or "")}
    running = start(folder, PROGRAM, *PELICAN, *arguments, variables=environment, together=True, here=here, **more)
    if kill_after is not None:
        time.sleep(kill_after)
        running.kill()
    return running.wait()


class _Server:
    """The process that forks for each order; it ends when this one does."""

    def __init__(self):
        environment = {**os.environ, "PYTHONPATH": str(PLUGINS), "COLUMNS": "200"}
        self.process = subprocess.Popen(
            [sys.executable, "-P", __file__],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.one_at_a_time = threading.Lock()
        atexit.register(self.end)

    def ask(self, order: dict) -> int:
        """Give an order, and return the answer: a process, or how one ended."""
        with self.one_at_a_time:
            return _asked(order, self.process.stdin, self.process.stdout)

    def end(self) -> None:
        """End the server."""
        self.process.communicate()


def _asked(order: dict, orders: TextIO, answers: TextIO) -> int:
    orders.write(f"{json.dumps(order)}\n")
    orders.flush()
    return int(answers.readline())


@functools.cache
def _server() -> _Server:
    return _Server()


def _serve() -> None:
    for name in IMPORTED:
        if not name.startswith("essay_series"):
            import_module(name)
    get_namespace_plugins()  # as each run of Pelican does
    _read_one_of_each()
    folder = tempfile.mkdtemp(prefix="templates-")
    atexit.register(shutil.rmtree, folder)
    _remember_templates(Path(folder), "bytecode_cache")
    gc.freeze()
    stock = _forked()
    for name in IMPORTED:
        import_module(name)
    gc.freeze()
    _answer(sys.stdin, sys.stdout, stock)
    stock.close()
    os.wait()  # so that what it used counts among what the tests did


def _answer(orders: TextIO, answers: TextIO, stock: TextIO | None = None) -> None:
    while line := orders.readline():
        order = json.loads(line)
        if stock and order.get(STOCK):
            answer = _asked(order, stock, stock)
        else:
            answer = _waited(order["wait"]) if "wait" in order else _begun(order)
        answers.write(f"{answer}\n")
        answers.flush()


def _forked() -> TextIO:
    """Fork a server from this process as it is now, and return where it takes orders; it ends when this one does."""
    here, there = socket.socketpair()
    if os.fork() == 0:
        here.close()
        with there.makefile("rw") as orders:
            _answer(orders, orders)
        os._exit(0)
    there.close()
    return here.makefile("rw")


def _read_one_of_each() -> None:
    """Let regular expressions and lexers be made ready that every build with a text of that kind makes ready."""
    configuration = DEFAULT_CONFIG["MARKDOWN"]
    Markdown(extensions=[*configuration["extension_configs"]]).convert("Text.\n\n```python\nx\n```\n")
    publish_string("Text.\n\n.. code:: python\n\n  x\n", writer="html5")


def _remember_templates(folder: Path, unless: str | None = None) -> None:
    """Let Jinja keep the code of templates in `folder`; to make it is most of the work of a small build.

    Args:
        folder: where it is kept.
        unless: an option of Jinja; an environment that is given it does without.

    """
    begin = jinja2.Environment.__init__

    def cached(self: jinja2.Environment, *arguments: object, **options: object) -> None:
        begin(self, *arguments, **options)
        if unless not in options:
            form = (self.autoescape, self.trim_blocks, self.lstrip_blocks, self.variable_start_string)
            own = f"{'-'.join(map(str, form))}-{'-'.join(sorted(self.extensions))}"  # the code depends on them
            digest = hashlib.sha256(own.encode()).hexdigest()[:12]
            self.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder), f"{digest}-%s.cache")

    jinja2.Environment.__init__ = cached


def _files(count: int) -> tuple[Path, ...]:
    """Return `count` new empty files."""
    made = [tempfile.mkstemp(prefix="said-") for _ in range(count)]
    for file, _ in made:
        os.close(file)
    return tuple(Path(path) for _, path in made)


def _taken(file: Path) -> str:
    """Return what stands in `file`, and remove it."""
    text = file.read_text(encoding="utf-8", errors="replace")
    file.unlink()
    return text


def _waited(child: int) -> int:
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _begun(order: dict) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        atexit._clear()  # noqa: SLF001 - what the parent has to do at its end is not for its children
        try:
            code = _done(order)
        finally:
            os._exit(code)
    return child


def _done(order: dict) -> int:
    """Do `order` in this process, and return the exit code."""
    _move_into(order)
    if order["module"].startswith("essay_series.cli."):
        _fork_for_commands()
    code = 0
    try:
        _run(order)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:  # noqa: BLE001 - whatever it is, it is told as Python tells it
        code = 1
        traceback.print_exc()
    atexit._run_exitfuncs()  # noqa: SLF001 - as Python itself does at its end
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return code


def _move_into(order: dict) -> None:
    """Take over the streams, the folder, the environment and the path of imports that `order` asks for."""
    files = [os.open(path, os.O_WRONLY | os.O_APPEND) for path in order["said"]] or [1, 2]
    for stream, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, files[0]), (2, files[-1])):
        os.dup2(file, stream)
    sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["variables"])
    time.tzset()
    paths = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    sys.path[:] = [order["folder"], *paths, *sys.path]


def _run(order: dict) -> None:
    if order.get(HANDS):
        _let_work(order[HANDS])
    if order.get(TEMPLATES):
        _remember_templates(Path(order[TEMPLATES]))
    unchanged = import_module("essay_series.build.cache.unchanged")
    if order.get(QUICK) and unchanged.is_unchanged("cache", "output", order["arguments"]):
        sys.stdout.write(unchanged.UNCHANGED)
        return
    sys.argv = [order["module"], *order["arguments"]]
    runpy.run_module(order["module"], run_name="__main__", alter_sys=True)


def _fork_for_commands() -> None:
    """Let the Pythons that this process starts and waits for be forks of it, of before it has done anything."""
    subprocess.run = partial(_run_forked, _forked(), subprocess.run)


def _run_forked(server: TextIO, run: Callable, command: Sequence[str], **how: object) -> subprocess.CompletedProcess:
    captured = ("capture_output", "text") if "capture_output" in how else ()
    if [*command[:2]] != [sys.executable, "-m"] or how != {"check": False, **dict.fromkeys(captured, True)}:
        return run(command, **how)
    said = _files(len(captured))
    order = {"folder": str(Path.cwd()), "module": command[2], "arguments": command[3:], "variables": dict(os.environ)}
    child = _asked({**order, "said": [str(path) for path in said]}, server, server)
    code = _asked({"wait": child}, server, server)
    return subprocess.CompletedProcess(command, code, *map(_taken, said))


def _let_work(hands: int) -> None:
    """Let as many processes share even the smallest work."""
    import_module("essay_series.build.pool").workers = lambda: hands
    import_module("essay_series.build.texts.conversions").MIN_TEXTS = 1
    import_module("essay_series.build.executor").MIN_COST = 1


if __name__ == "__main__":
    _serve()
