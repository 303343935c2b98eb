"""Checks whether the last build is up to date, from the states of all its inputs and outputs.

They are recorded in a note in the cache folder, one for each output folder. If the note is missing, damaged or of
another output, anything may have changed.

If nothing has changed, Python's own start is most of the time that the author waits. So this module imports nothing
that Python has not loaded already; ``pathlib``, ``json`` and ``dataclasses`` would take as long again.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from zlib import crc32

from ..output.states import all_renewed, outermost, states_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    _Note = tuple[
        int, str, float | None, list[str], list[str], list[str], dict[str, str], dict[str, str], dict[str, str]
    ]
    """`FORMAT`, output, due, arguments, roots, packages, environment, states of inputs, states of what was made."""

EVERY = "*"
"""The name that means the whole environment, among names of variables."""
FORMAT = 1
"""The version of the note's format, raised with each change of it."""
UNCHANGED = "Nothing has changed since the last build."


class Inputs:
    """What a build depends on, as it was when the build began."""

    __slots__ = ("arguments", "environment", "roots", "states")

    def __init__(
        self,
        roots: Iterable[Path | str],
        states: Mapping[str, str] | None = None,
        environment: Mapping[str, str | None] | None = None,
        arguments: Sequence[str] = (),
    ) -> None:
        """Take the states of all files below `roots`; those in `states` were taken when the files were read."""
        self.roots = outermost(map(os.path.realpath, roots))
        self.states = {**states_below(self.roots, time.time_ns()), **(states or {})}
        self.environment = dict(environment or {})
        self.arguments = list(arguments)


def note(cache: Path | str, output: Path | str, before: Inputs, made: Iterable[str], due: float | None) -> None:
    """Write the note of a build.

    Args:
        cache: the cache folder.
        output: the output folder.
        before: what the build depends on.
        made: paths of the files below `output`, which are in place: moving them later would change their states.
        due: when the next scheduled essay is due, in seconds since 1970; None if there is none.

    """
    live, now = os.path.realpath(output), time.time_ns()
    asked = {name: _digest(value) for name, value in before.environment.items()}
    files = states_below((f"{live}/{path}" for path in sorted(made)), now)
    packages = list(installed())
    _write(cache, (FORMAT, live, due, before.arguments, before.roots, packages, asked, before.states, files))


def forget(cache: Path | str, output: Path | str) -> None:
    """Remove the note of the last build of `output`, for a build whose inputs are not all known."""
    try:
        os.unlink(_note_of(cache, os.path.realpath(output)))
    except FileNotFoundError:
        pass


def is_unchanged(cache: Path | str, output: Path | str, arguments: Sequence[str], now: float | None = None) -> bool:
    """Tell whether the last build into `output` had the same `arguments`, and another would make the same files.

    Args:
        cache: the cache folder.
        output: the output folder.
        arguments: the command line of the build.
        now: the time of the build, in seconds since 1970; None for the current time.

    """
    live, looked = os.path.realpath(output), time.time_ns()
    now = time.time() if now is None else now
    found = _noted(cache, live)
    if found is None:
        return False
    _, _, due, called, roots, packages, asked, states, made = found
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
            _write(cache, (*found[:-2], inputs, files))
        except OSError:
            pass  # the old note is still right
    return True


def noted_inputs(cache: Path | str, output: Path | str) -> list[str]:
    """Return the existing files and folders that the last build into `output` depended on."""
    found = _noted(cache, os.path.realpath(output))
    if found is None:
        return []
    roots, states = found[4], found[7]
    return [path for path in outermost([*roots, *states]) if os.path.exists(path)]


def environment_words(environment: Mapping[str, str | None]) -> Iterator[str]:
    """Yield each variable of `environment` with a digest of its value."""
    yield from (f"{name} {_digest(value)}" for name, value in sorted(environment.items()))


def whole_environment(environment: Mapping[str, str]) -> str:
    """Return all variables of `environment` with their values as one text."""
    return "\0".join(f"{name}={value}" for name, value in sorted(environment.items()))


def _noted(cache: Path | str, live: str) -> _Note | None:
    """Return the note of the last build into `live`; None if it is missing, damaged or of another folder."""
    try:
        with open(_note_of(cache, live), "rb") as file:
            digest, _, data = file.read().partition(b"\n")
        found: _Note | None = marshal.loads(data) if int(digest) == crc32(data) else None  # noqa: S302 - plain data
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return found if found and found[:2] == (FORMAT, live) else None


def _asked(name: str) -> str | None:
    return whole_environment(os.environ) if name == EVERY else os.environ.get(name)


def _digest(value: str | None) -> str:
    """Return a digest of the value of a variable; the value itself may be a secret."""
    if value is None:
        return "unset"
    from hashlib import blake2b  # noqa: PLC0415 - most variables that settings ask for are not set

    return blake2b(value.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _write(cache: Path | str, found: _Note) -> None:
    data = marshal.dumps(found)
    os.makedirs(cache, exist_ok=True)
    path = _note_of(cache, found[1])
    with open(f"{path}.new", "wb") as file:
        file.write(b"%d\n" % crc32(data) + data)
    os.replace(f"{path}.new", path)


def _note_of(cache: Path | str, live: str) -> str:
    return f"{cache}/unchanged-{os.path.basename(live)}"


def installed() -> Iterator[str]:
    """Yield Python's version, and the name and version of each installed package."""
    yield sys.version
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):
            yield from sorted(name for name in os.listdir(folder) if name.endswith("-info"))
