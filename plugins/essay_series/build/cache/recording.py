"""What settings read while they are executed: variables of the environment, modules, files and lists of folders.

Python itself tells which files are opened and which folders are listed, by its audit hooks; the import system is asked
for each module by a finder of ours, which finds none; the environment tells who asks for its variables while it is of a
class of ours. What is asked for and is not there counts too: it may be there the next time.

Not told are questions whether a file exists or how old it is, files that are opened by libraries in C, and the clock.
Where settings start a program or ask the network, what they read cannot be known, and that is recorded.
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
"""Events after which it is not known what was read."""
_LISTS = ("os.listdir", "os.scandir")
_STANDARD = os.path.dirname(os.__file__)
_IMPORT_SYSTEM = "<frozen importlib._bootstrap_external>"


class Recording:
    """Records while it is entered; what is installed, as the standard library and packages, is passed over."""

    _running: Recording | None = None
    _is_hooked = False

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        """Have nothing recorded yet.

        Args:
            arguments: the command line of the build.

        """
        self.arguments = tuple(arguments)
        self.environment: dict[str, str | None] = {}
        """The variables that were read, with the values that they had before; None where one was not set."""
        self.states: dict[str, str] = {}
        """The files, as they were when they were read."""
        self.is_complete = True
        """Whether it is known what was read."""
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
        """Yield what tells all that was read."""
        yield from environment_words(self.environment)
        for path, state in sorted(self.states.items()):
            yield f"{path} {state if state in (MISSING, FOLDER) or path.endswith('/') else digest_of_file(path)}"

    def asked_for(self, name: str) -> None:
        """Note that the variable `name` of the environment was read, or `EVERY` one."""
        self.environment[name] = whole_environment(self._before) if name == EVERY else self._before.get(name)

    def told(self, event: str, details: tuple[Any, ...]) -> None:
        """Note what Python tells of what is done."""
        if event in UNWATCHED:
            self.is_complete = False
        elif event == "open":
            self._opened(details[0], details[2])
        elif event == "sqlite3.connect":
            self._opened(details[0], os.O_RDONLY)
        elif event in _LISTS and sys._getframe(2).f_code.co_filename != _IMPORT_SYSTEM:
            self._read(f"{_named(details[0] or os.curdir)}/")

    def looked_for(self, module: str, path: Sequence[str] | None) -> None:
        """Note that `module` is imported, wherever below `path` it may be found, or else of `sys.path`."""
        name = module.rpartition(".")[2]
        for folder in map(_named, path if path is not None else sys.path):
            for place in (name, f"{name}.py", f"{name}/__init__.py"):
                self._read(f"{folder}/{place}")

    def _opened(self, path: object, flags: int) -> None:
        name = _named(path) if isinstance(path, str | bytes) else ""
        if flags & (os.O_WRONLY | os.O_TRUNC):
            self._written.add(name)
        elif name and name not in self._written:
            is_compiled = name.endswith(".pyc") and "__pycache__" in name
            self._read(importlib.util.source_from_cache(name) if is_compiled else name)

    def _read(self, path: str) -> None:
        if path not in self.states and not is_installed(path):
            self.states[path] = MISSING  # so that what is done to look at it is passed over
            Recording._running = None
            self.states[path] = state_of(path, time.time_ns())
            Recording._running = self


def is_installed(path: str) -> bool:
    """Tell whether `path` belongs to the standard library or to an installed package, which its version tells."""
    return path.startswith(f"{_STANDARD}/") or "/site-packages/" in path or "/dist-packages/" in path


def _named(path: str | bytes) -> str:
    return os.path.abspath(os.fsdecode(path)).replace(os.sep, "/")


def _hook(event: str, details: tuple[Any, ...]) -> None:
    running = Recording._running
    if running is not None:
        running.told(event, details)


class _Finder:
    """Finds no module, and so is asked for every one."""

    def find_spec(self, name: str, path: Sequence[str] | None, _: object = None) -> None:
        """Note that somebody looks for the module `name`."""
        running = Recording._running
        if running is not None:
            running.looked_for(name, path)


_FINDER: Any = _Finder()
_UNWATCHED_CLASS = type(os.environ)


class _Watched(_UNWATCHED_CLASS):  # type: ignore[misc, valid-type]
    """The environment, which tells who reads it."""

    def __getitem__(self, name: str) -> str:
        """Return the value of a variable."""
        self._told(name)
        return str(super().__getitem__(name))

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all variables."""
        self._told(EVERY)
        yield from super().__iter__()

    @staticmethod
    def _told(name: str) -> None:
        running = Recording._running
        if running is not None:
            running.asked_for(name)
