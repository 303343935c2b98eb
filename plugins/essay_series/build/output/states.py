"""What a file is known by, so that any change of it is noticed.

Size, times and inode tell nearly every change, the time of the last change of the inode (ctime) also one whose author
sets the other time back. A file that was changed within one tick of the clock before it was looked at may change again
in the same tick and look the same: as git does with such files, it is known by what it holds, too.

The front door of a build imports this module, so it imports nothing that Python has not loaded already.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MISSING, FOLDER = "missing", "folder"
TICK, SECOND = 20_000_000, 1_000_000_000
"""Nanoseconds: longer than the ticks of any kernel's clock, and what some file systems round times to."""
_KINDS, _IS_FOLDER = 0o170000, 0o040000
"""As in ``stat``, which Python has not loaded."""
_PASSED_OVER = ("__pycache__", ".git")


def state_of(path: str, now: int) -> str:
    """Return the state of the file or folder `path`, for `renewed`.

    Args:
        path: need not exist; with a slash at its end it is the list of the names in a folder.
        now: the time in nanoseconds since 1970, taken before this is called.

    """
    if path.endswith("/"):
        return _names_in(path)
    facts = _facts(path)
    if facts is None:
        return MISSING
    if not _is_file(facts):
        return FOLDER
    known = _known(facts)
    return f"{known} {digest_of_file(path)}" if _is_recent(facts, now) else known


def renewed(path: str, state: str, now: int) -> str | None:
    """Return `state` as it may be noted from `now` on if the file is still in it; None if it has changed.

    A digest that was taken because the file was fresh is left out once it is not.
    """
    facts = None if path.endswith("/") else _facts(path)
    if facts is None or not _is_file(facts):
        return state if state == state_of(path, now) else None
    known = _known(facts)
    if state == known:
        return state
    before, _, digest = state.rpartition(" ")
    if before != known or digest_of_file(path) != digest:
        return None
    return state if _is_recent(facts, now) else known


def states_below(roots: Iterable[str], now: int) -> dict[str, str]:
    """Return the state of each of `roots` and, where it is a folder, of all that lies in it, through links too."""
    return {path: state_of(path, now) for path in paths_below(roots)}


def all_renewed(roots: Iterable[str], states: Mapping[str, str], now: int) -> dict[str, str] | None:
    """Return `states` renewed; None if any has changed, or something new lies below `roots`."""
    if any(path not in states for path in paths_below(roots)):
        return None
    fresh: dict[str, str] = {}
    for path, state in states.items():
        again = renewed(path, state, now)
        if again is None:
            return None
        fresh[path] = again
    return fresh


def outermost(roots: Iterable[str]) -> list[str]:
    """Return those of `roots` that lie in no other, in order."""
    found: list[str] = []
    for root in sorted(set(roots), key=lambda path: f"{path}/"):
        if not (found and root.startswith(f"{found[-1]}/")):
            found.append(root)
    return found


def paths_below(roots: Iterable[str]) -> Iterator[str]:
    """Yield each of `roots`, and where it is a folder all files and folders in it, in order."""
    for root in roots:
        yield root
        for folder, folders, names in os.walk(root, followlinks=True):
            folders[:] = sorted(name for name in folders if name not in _PASSED_OVER)
            yield from (f"{folder}/{name}" for name in (*folders, *sorted(names)))


def digest_of_file(path: str) -> str:
    """Return a digest of what the file `path` holds; `MISSING` if it cannot be read."""
    from hashlib import blake2b  # noqa: PLC0415 - few builds need it before Pelican is loaded

    try:
        with open(path, "rb") as file:
            return blake2b(file.read(), digest_size=16).hexdigest()
    except OSError:
        return MISSING


def _facts(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def _names_in(folder: str) -> str:
    try:
        return "/".join(("names:", *sorted(os.listdir(folder))))
    except OSError:
        return MISSING


def _is_file(facts: os.stat_result) -> bool:
    return facts.st_mode & _KINDS != _IS_FOLDER


def _known(facts: os.stat_result) -> str:
    return f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino}"


def _is_recent(facts: os.stat_result, now: int) -> bool:
    """Tell whether the file may change again without a new time; where times are whole seconds, they are rounded."""
    latest = max(facts.st_mtime_ns, facts.st_ctime_ns)
    return latest + (TICK if latest % SECOND else 2 * SECOND) >= now
