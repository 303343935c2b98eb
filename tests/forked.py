"""Runs commands in forks of a server process that has already imported Pelican and the plugin, in 0.1 s each.

The first command starts the server, so a command sees no patch, thread or log handler of the test process.
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

import brotli
import jinja2
from docutils.core import publish_string
from markdown import Markdown
from pelican.plugins._utils import get_namespace_plugins
from pelican.settings import DEFAULT_CONFIG

PLUGINS = Path(__file__).resolve().parent.parent / "plugins"
IMPORTED = (
    *("pelican.readers", "pelican.generators", "pelican.writers", "markdown.extensions.extra"),
    *("markdown.extensions.toc", "essay_series.adapter.site_mode", "essay_series.book", "essay_series.cards"),
    *("essay_series.checks", "essay_series.publish.gate", "essay_series.build.cache.unchanged", "filelock"),
    *("xml.sax.saxutils", "xml.etree.ElementTree", "smartypants", "typogrify"),
)
"""The modules that the server imports; commands are run as scripts."""
PROGRAM = "essay_series.adapter.command"
"""The module that builds a site."""
PELICAN = ("content", "--settings", "pelicanconf.py", "--fatal=errors")
QUICK, WORKERS, TEMPLATES = "quick", "workers", "templates"
STOCK = "stock"
"""In an order: use a process that has never imported this project's plugin."""


@dataclass(frozen=True)
class Built:
    """The result of a command."""

    code: int
    parts: tuple[str, ...]
    """Standard output and standard error, or a single text with both."""

    @property
    def said(self) -> str:
        """All of its output."""
        return "".join(self.parts)


@dataclass(frozen=True)
class Running:
    """A running command."""

    child: int
    here: bool
    said: tuple[Path, ...]
    stock: bool = False

    def kill(self) -> None:
        """Kill it with SIGKILL."""
        os.kill(self.child, signal.SIGKILL)

    def wait(self) -> Built:
        """Wait for its end, and return its result."""
        code = _exit_code(self.child) if self.here else _server().ask({"wait": self.child, STOCK: self.stock})
        return Built(code, tuple(map(_read_and_remove, self.said)))


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
        folder: the current directory.
        module: the module that is run as a script.
        arguments: the command line.
        variables: the whole environment.
        together: write standard output and standard error into one file.
        here: fork this process instead of the server, for tests that patch the code.
        stock: fork a process that has never imported this project's plugin.
        more: see `build`.

    """
    said = _files(1 if together else 2)
    order = {"folder": str(folder), "module": module, "arguments": arguments, "variables": variables, **more}
    order.update({"said": [str(path) for path in said], STOCK: stock})
    return Running(_fork(order) if here else _server().ask(order), here, said, stock)


def build(
    folder: Path,
    *arguments: str,
    kill_after: float | None = None,
    variables: dict[str, str] | None = None,
    quick: bool = False,
    workers: int | None = None,
    templates: Path | None = None,
    here: bool = False,
) -> Built:
    """Build the site in `folder` as ``pelican content`` does, in another process.

    Args:
        folder: the folder with ``pelicanconf.py``.
        arguments: further arguments of the command line.
        kill_after: seconds after which the process is killed.
        variables: changes of the environment.
        quick: end early if nothing has changed, as ``make html`` does.
        workers: the number of processes, which then share even the smallest job; by default as many as are worthwhile.
        templates: a folder for Jinja's bytecode cache, instead of the builder's.
        here: fork this process instead of the server, for tests that patch the code.

    """
    environment = {**os.environ, **(variables or {})}
    more = {QUICK: quick, WORKERS: workers, TEMPLATES: str(templates or "")}
    running = start(folder, PROGRAM, *PELICAN, *arguments, variables=environment, together=True, here=here, **more)
    if kill_after is not None:
        time.sleep(kill_after)
        running.kill()
    return running.wait()


class _Server:
    """The process that forks for each order; it ends with this one."""

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
        """Send an order, and return the answer: a process id or an exit code."""
        with self.one_at_a_time:
            return _ask(order, self.process.stdin, self.process.stdout)

    def end(self) -> None:
        """End the server."""
        self.process.communicate()


def _ask(order: dict, orders: TextIO, answers: TextIO) -> int:
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
    _warm_up()
    brotli.compress = partial(brotli.compress, quality=1)  # at full quality, half of the time of a small publication
    folder = tempfile.mkdtemp(prefix="templates-")
    atexit.register(shutil.rmtree, folder)
    _cache_templates(Path(folder), "bytecode_cache")
    gc.freeze()
    stock = _fork_server()
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
            answer = _ask(order, stock, stock)
        else:
            answer = _exit_code(order["wait"]) if "wait" in order else _fork(order)
        answers.write(f"{answer}\n")
        answers.flush()


def _fork_server() -> TextIO:
    """Fork a server from this process, and return the stream for its orders; it ends with this one."""
    here, there = socket.socketpair()
    if os.fork() == 0:
        here.close()
        with there.makefile("rw") as orders:
            _answer(orders, orders)
        os._exit(0)
    there.close()
    return here.makefile("rw")


def _warm_up() -> None:
    """Convert one text of each kind, to load the modules and patterns that every build needs."""
    configuration = DEFAULT_CONFIG["MARKDOWN"]
    Markdown(extensions=[*configuration["extension_configs"]]).convert("Text.\n\n```python\nx\n```\n")
    publish_string("Text.\n\n.. code:: python\n\n  x\n", writer="html5")


def _cache_templates(folder: Path, unless: str | None = None) -> None:
    """Give each Jinja environment a bytecode cache in `folder`, except those with the option `unless`.

    Compiling templates is most of the work of a small build.
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


def _read_and_remove(file: Path) -> str:
    """Return the text of `file`, and remove it."""
    text = file.read_text(encoding="utf-8", errors="replace")
    file.unlink()
    return text


def _exit_code(child: int) -> int:
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _fork(order: dict) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        atexit._clear()  # noqa: SLF001 - the exit handlers of the parent are not for its children
        try:
            code = _execute(order)
        finally:
            os._exit(code)
    return child


def _execute(order: dict) -> int:
    """Execute `order` in this process, and return the exit code."""
    _set_up(order)
    if order["module"] == "essay_series":
        _fork_subprocesses()
    code = 0
    try:
        _run(order)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:  # noqa: BLE001 - it is printed as Python does
        code = 1
        traceback.print_exc()
    atexit._run_exitfuncs()  # noqa: SLF001 - as Python itself does at its end
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return code


def _set_up(order: dict) -> None:
    """Set the streams, the current directory, the environment and the import path of `order`."""
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
    if order.get(WORKERS):
        _set_workers(order[WORKERS])
    if order.get(TEMPLATES):
        _cache_templates(Path(order[TEMPLATES]))
    unchanged = import_module("essay_series.build.cache.unchanged")
    if order.get(QUICK) and unchanged.is_unchanged("cache", "output", order["arguments"]):
        sys.stdout.write(unchanged.UNCHANGED)
        return
    sys.argv = [order["module"], *order["arguments"]]
    runpy.run_module(order["module"], run_name="__main__", alter_sys=True)


def _fork_subprocesses() -> None:
    """Make ``subprocess.run`` of Python commands fork this process as it is now."""
    subprocess.run = partial(_run_forked, _fork_server(), subprocess.run)


def _run_forked(server: TextIO, run: Callable, command: Sequence[str], **how: object) -> subprocess.CompletedProcess:
    captured = ("capture_output", "text") if "capture_output" in how else ()
    if [*command[:2]] != [sys.executable, "-m"] or how != {"check": False, **dict.fromkeys(captured, True)}:
        return run(command, **how)
    said = _files(len(captured))
    order = {"folder": str(Path.cwd()), "module": command[2], "arguments": command[3:], "variables": dict(os.environ)}
    child = _ask({**order, "said": [str(path) for path in said]}, server, server)
    code = _ask({"wait": child}, server, server)
    return subprocess.CompletedProcess(command, code, *map(_read_and_remove, said))


def _set_workers(workers: int) -> None:
    """Make this many processes share even the smallest job."""
    import_module("essay_series.build.pool").workers = lambda: workers
    import_module("essay_series.build.texts.conversions").MIN_TEXTS = 1
    import_module("essay_series.build.executor").MIN_COST = 1


if __name__ == "__main__":
    _serve()
