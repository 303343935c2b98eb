"""Whether the last build still stands: all its inputs and outputs, looked at before anything slow is imported.

A note of each build is kept in the cache, by the name of its output folder: lists of words, with a zero byte between
two words and two between lists, since no path holds one. What the note holds is compared and never believed: a missing,
damaged or foreign one means that anything may have changed.

An author whose site has not changed waits for little else than Python's own start, so this room imports nothing that
Python has not loaded by then; ``pathlib``, ``json`` and ``dataclasses`` together would take as long again.
"""

from __future__ import annotations

import os
import sys
import time
from zlib import crc32

from ..output.states import all_renewed, outermost, states_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    _Note = tuple[float | None, list[str], list[str], list[str], dict[str, str], dict[str, str], dict[str, str]]
    """Due, arguments, roots, packages, environment, states of inputs, states of what was made."""

EVERY = "*"
"""A name that means the whole environment, among the names of variables."""


class Inputs:
    """What a build depends on, and how it was when the build began."""

    __slots__ = ("arguments", "environment", "roots", "states")

    def __init__(
        self,
        roots: Iterable[Path | str],
        states: Mapping[str, str] | None = None,
        environment: Mapping[str, str | None] | None = None,
        arguments: Sequence[str] = (),
    ) -> None:
        """Look at all files.

        Args:
            roots: files and folders that count with all that lies in them.
            states: the state of single files, from when they were read.
            environment: the variables that were read, with their values; None where one was not set.
            arguments: the command line of the build.

        """
        self.roots = outermost(map(os.path.realpath, roots))
        self.states = {**states_below(self.roots, time.time_ns()), **(states or {})}
        self.environment = dict(environment or {})
        self.arguments = tuple(arguments)


def note(cache: Path | str, output: Path | str, before: Inputs, made: Iterable[str], due: float | None) -> None:
    """Note that the build that began with `before` made the files `made` of `output`, and stands until `due`.

    Args:
        cache: the folder of the notes.
        output: the output folder.
        before: what the build depends on.
        made: paths below `output`, of files; linking or moving them later would change their state.
        due: the moment, in seconds since 1970.

    """
    live, now = os.path.realpath(output), time.time_ns()
    asked = {name: _digest(value) for name, value in before.environment.items()}
    files = states_below((f"{live}/{path}" for path in sorted(made)), now)
    _write(cache, live, due, before.arguments, before.roots, list(installed()), asked, before.states, files)


def forget(cache: Path | str, output: Path | str) -> None:
    """Take away the note of the last build of `output`: what it depended on is not known."""
    try:
        os.unlink(_note_of(cache, os.path.realpath(output)))
    except FileNotFoundError:
        pass


def is_unchanged(cache: Path | str, output: Path | str, arguments: Sequence[str], now: float) -> bool:
    """Tell whether the last build into `output` was one of `arguments`, and another would make the same.

    Args:
        cache: the folder of the notes.
        output: the output folder.
        arguments: the command line of a build.
        now: the moment that a build would be of, in seconds since 1970.

    """
    live, looked = os.path.realpath(output), time.time_ns()
    found = _noted(cache, live)
    if found is None:
        return False
    due, called, roots, packages, asked, states, made = found
    if called != list(arguments) or (due is not None and now >= due):
        return False
    if packages != list(installed()) or any(_digest(_asked(name)) != value for name, value in asked.items()):
        return False
    inputs = all_renewed(roots, states, looked)
    files = all_renewed((), made, looked) if inputs is not None else None
    if inputs is None or files is None:
        return False
    if (inputs, files) != (states, made):
        try:
            _write(cache, live, due, called, roots, packages, asked, inputs, files)
        except OSError:
            pass  # what the note says is true all the same
    return True


def noted_inputs(cache: Path | str, output: Path | str) -> list[str]:
    """Return the files and folders that the last build into `output` depended on, as far as they are there.

    Args:
        cache: the folder of the notes.
        output: the output folder.

    """
    found = _noted(cache, os.path.realpath(output))
    if found is None:
        return []
    roots, states = found[2], found[5]
    return [path for path in outermost([*roots, *states]) if os.path.exists(path)]


def environment_words(environment: Mapping[str, str | None]) -> Iterator[str]:
    """Yield what tells the variables of `environment` and their values."""
    yield from (f"{name} {_digest(value)}" for name, value in sorted(environment.items()))


def whole_environment(environment: Mapping[str, str]) -> str:
    """Return what tells all variables of `environment` and their values."""
    return "\0".join(f"{name}={value}" for name, value in sorted(environment.items()))


def _noted(cache: Path | str, live: str) -> _Note | None:
    """Return what was noted of the last build into `live`; None where the note is missing, damaged or foreign."""
    try:
        with open(_note_of(cache, live), "rb") as file:
            sum_of_rest, _, rest = file.read().partition(b"\n")
        lists = rest.decode("utf-8", "surrogateescape").split("\0\0")
        head, called, roots, packages, *pairs = (words.split("\0") if words else [] for words in lists)
        place, moment = head
        asked, states, made = (dict(zip(each[::2], each[1::2], strict=True)) for each in pairs)
        due = None if moment == "never" else float(moment)
        is_ours = place == live and int(sum_of_rest) == crc32(rest)
    except (OSError, ValueError):
        return None
    return (due, called, roots, packages, asked, states, made) if is_ours else None


def _asked(name: str) -> str | None:
    return whole_environment(os.environ) if name == EVERY else os.environ.get(name)


def _digest(value: str | None) -> str:
    """Return a digest of the value of a variable, which may be a secret."""
    if value is None:
        return "unset"
    from hashlib import blake2b  # noqa: PLC0415 - most variables that settings ask for are not set

    return blake2b(value.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _write(
    cache: Path | str,
    live: str,
    due: float | None,
    arguments: Sequence[str],
    roots: Sequence[str],
    *more: Sequence[str] | Mapping[str, str],
) -> None:
    head = [live, "never" if due is None else repr(due)]
    lists = (list(each) if not isinstance(each, dict) else [w for pair in each.items() for w in pair] for each in more)
    rest = "\0\0".join(map("\0".join, (head, arguments, roots, *lists))).encode("utf-8", "surrogateescape")
    os.makedirs(cache, exist_ok=True)
    path = _note_of(cache, live)
    with open(f"{path}.new", "wb") as file:
        file.write(b"%d\n" % crc32(rest) + rest)
    os.replace(f"{path}.new", path)


def _note_of(cache: Path | str, live: str) -> str:
    return f"{cache}/unchanged-{os.path.basename(live)}"


def installed() -> Iterator[str]:
    """Yield Python's version, and the names and versions of all packages that it finds."""
    yield sys.version
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):
            yield from sorted(name for name in os.listdir(folder) if name.endswith("-info"))
