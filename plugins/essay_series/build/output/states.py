"""The state of a file, a short text that changes whenever the file changes.

It holds size, mtime, ctime and inode; ctime reveals a change whose author set the mtime back. A file that was changed
within one tick of the clock before we looked may change again in the same tick with the same values, so its state also
holds a digest of its content, as git's index does for such files.

`unchanged` imports this module before anything else, so it imports nothing that Python has not loaded already.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MISSING, FOLDER = "missing", "folder"
TICK, SECOND = 20_000_000, 1_000_000_000
"""Nanoseconds: more than a tick of any kernel's clock, and the resolution of file systems with coarse times."""
_KINDS, _IS_FOLDER = 0o170000, 0o040000
"""``S_IFMT`` and ``S_IFDIR`` of the module ``stat``, which Python has not loaded."""
_IGNORED = ("__pycache__", ".git")


def state_of(path: str, now: int) -> str:
    """Return the state of the file or folder `path`, to be compared by `renewed`.

    Args:
        path: it need not exist. With a trailing slash, the state is the names in the folder.
        now: nanoseconds since 1970, taken before this is called.

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
    """Return the state to record if the file has not changed since `state` was taken; None if it has.

    It is `state` itself, or without its digest once the file is older than the clock's tick.
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
    """Return the state of each of `roots` and of everything below those that are folders, following links."""
    return {path: state_of(path, now) for path in paths_below(roots)}


def all_renewed(roots: Iterable[str], states: Mapping[str, str], now: int) -> dict[str, str] | None:
    """Return all `states` as `renewed` gives them; None if one has changed, or there is a new file below `roots`."""
    if any(path not in states for path in paths_below(roots)):
        return None
    fresh: dict[str, str] = {}
    for path, state in states.items():
        if (again := renewed(path, state, now)) is None:
            return None
        fresh[path] = again
    return fresh


def outermost(roots: Iterable[str]) -> list[str]:
    """Return those of `roots` that are not below another one, sorted."""
    found: list[str] = []
    for root in sorted(set(roots), key=lambda path: f"{path}/"):
        if not (found and root.startswith(f"{found[-1]}/")):
            found.append(root)
    return found


def paths_below(roots: Iterable[str]) -> Iterator[str]:
    """Yield each of `roots` and all files and folders below it, in a fixed order."""
    for root in roots:
        yield root
        for folder, folders, names in os.walk(root, followlinks=True):
            folders[:] = sorted(name for name in folders if name not in _IGNORED)
            yield from (f"{folder}/{name}" for name in (*folders, *sorted(names)))


def digest_of_file(path: str) -> str:
    """Return a digest of the content of the file `path`; `MISSING` if it cannot be read."""
    from hashlib import blake2b  # noqa: PLC0415 - rarely needed before Pelican is loaded

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
    """Tell whether the file may change again and keep its times; on some file systems times are whole seconds."""
    latest = max(facts.st_mtime_ns, facts.st_ctime_ns)
    return latest + (TICK if latest % SECOND else 2 * SECOND) >= now
