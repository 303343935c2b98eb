"""Records what a settings file reads while it is executed: environment variables, modules, files, folder listings.

Files and folders are reported by Python's audit hooks, modules by a finder on ``sys.meta_path`` that finds nothing, and
environment variables by replacing the class of ``os.environ``. What is looked up and missing is recorded too, since it
may exist the next time.

Not seen are ``stat`` calls, files that libraries in C open, and the clock. If the settings start a program or use the
network, the recording is marked incomplete.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from ..output.states import FOLDER, MISSING, digest_of_file, state_of
from .unchanged import EVERY, environment_words, whole_environment

UNWATCHED = frozenset(
    (
        *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"),
        *("os.startfile", "pty.spawn", "socket.connect", "socket.getaddrinfo", "socket.sendto"),
    )
)
"""Audit events after which the recording is incomplete."""
_LISTS = ("os.listdir", "os.scandir")
_STANDARD = os.path.dirname(os.__file__)
_IMPORT_SYSTEM = "<frozen importlib._bootstrap_external>"


class Recording:
    """Records inside its ``with`` block; the standard library and installed packages are ignored."""

    _running: Recording | None = None
    _is_hooked = False

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        """Start empty; `arguments` are the command line of the build."""
        self.arguments = tuple(arguments)
        self.environment: dict[str, str | None] = {}
        """The variables that were read, with their values when the recording began; None if not set."""
        self.states: dict[str, str] = {}
        """By path: the state of each file and folder when it was read."""
        self.is_complete = True
        """Whether everything that was read has been seen."""
        self._before: Mapping[str, str] = {}
        self._written: set[str] = set()

    def __enter__(self) -> Self:
        if not Recording._is_hooked:
            sys.addaudithook(_hook)
            Recording._is_hooked = True
        self._before = dict(os.environ)
        os.environ.__class__ = _Watched
        sys.meta_path.insert(0, _FINDER)
        Recording._running = self
        return self

    def __exit__(self, *_: object) -> None:
        Recording._running = None
        sys.meta_path.remove(_FINDER)
        os.environ.__class__ = _UNWATCHED_CLASS

    def words(self) -> Iterator[str]:
        """Yield a text for each thing that was read, which changes with its content; for a digest."""
        yield from environment_words(self.environment)
        for path, state in sorted(self.states.items()):
            yield f"{path} {state if state in (MISSING, FOLDER) or path.endswith('/') else digest_of_file(path)}"

    def record_variable(self, name: str) -> None:
        """Record that the environment variable `name` was read, or all of them if it is `EVERY`."""
        self.environment[name] = whole_environment(self._before) if name == EVERY else self._before.get(name)

    def record_event(self, event: str, details: tuple[Any, ...]) -> None:
        """Record an audit event."""
        if event in UNWATCHED:
            self.is_complete = False
        elif event == "open":
            self._opened(details[0], details[2])
        elif event == "sqlite3.connect":
            self._opened(details[0], os.O_RDONLY)
        elif event in _LISTS and sys._getframe(2).f_code.co_filename != _IMPORT_SYSTEM:
            self._read(f"{_absolute(details[0] or os.curdir)}/")

    def record_import(self, module: str, path: Sequence[str] | None) -> None:
        """Record an import: the places below `path`, or else `sys.path`, where `module` may be found."""
        name = module.rpartition(".")[2]
        for folder in map(_absolute, path if path is not None else sys.path):
            for place in (name, f"{name}.py", f"{name}/__init__.py"):
                self._read(f"{folder}/{place}")

    def _opened(self, path: object, flags: int) -> None:
        name = _absolute(path) if isinstance(path, str | bytes) else ""
        if flags & (os.O_WRONLY | os.O_TRUNC):
            self._written.add(name)
        elif name and name not in self._written:
            is_compiled = name.endswith(".pyc") and "__pycache__" in name
            self._read(importlib.util.source_from_cache(name) if is_compiled else name)

    def _read(self, path: str) -> None:
        if path not in self.states and not is_installed(path):
            self.states[path] = MISSING  # in case reading its state is reported as well
            Recording._running = None
            self.states[path] = state_of(path, time.time_ns())
            Recording._running = self


def is_installed(path: str) -> bool:
    """Tell whether `path` belongs to the standard library or a package, which `unchanged.installed` covers."""
    return path.startswith(f"{_STANDARD}/") or "/site-packages/" in path or "/dist-packages/" in path


def _absolute(path: str | bytes) -> str:
    return os.path.abspath(os.fsdecode(path)).replace(os.sep, "/")


def _hook(event: str, details: tuple[Any, ...]) -> None:
    running = Recording._running
    if running is not None:
        running.record_event(event, details)


class _Finder:
    """The first finder on ``sys.meta_path``: it finds nothing, and so sees every import."""

    def find_spec(self, name: str, path: Sequence[str] | None, _: object = None) -> None:
        """Record the import of the module `name`."""
        running = Recording._running
        if running is not None:
            running.record_import(name, path)


_FINDER: Any = _Finder()
_UNWATCHED_CLASS = type(os.environ)


class _Watched(_UNWATCHED_CLASS):  # type: ignore[misc, valid-type]
    """``os.environ``, which reports what is read."""

    def __getitem__(self, name: str) -> str:
        """Return the value of a variable."""
        self._report(name)
        return str(super().__getitem__(name))

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all variables."""
        self._report(EVERY)
        yield from super().__iter__()

    @staticmethod
    def _report(name: str) -> None:
        running = Recording._running
        if running is not None:
            running.record_variable(name)
