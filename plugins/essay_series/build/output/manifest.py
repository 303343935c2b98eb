"""The manifest: for each file of the output its key, its state after the build, and why and when it was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from time import time_ns

from ..cache.store import Result, Store
from ..plan import Made, Plan
from ..target import Target
from .states import MISSING, renewed, state_of

FILES, BUILD = "file", "build"
"""The kinds of the results in the store: each file by path, and when the last build began."""
_ALTERED = "altered"


def load(store: Store, owned: Iterable[str]) -> Mapping[str, Made | None]:
    """Return the record of each file in `owned`, the paths that builds made; None if it has none, or no key."""
    records = store.all(FILES)
    return {path: _made(records[path]) if path in records and records[path].key else None for path in owned}


def owned(store: Store, live: Path, listed: Iterable[str]) -> set[str]:
    """Return the paths of the files that builds made: those in their list, and if it has been lost or damaged, others.

    A file that is only in the store counts if it is still as a build left it.
    """
    known, records, now = set(listed), store.all(FILES), time_ns()
    lost = records.keys() - known
    return known | {path for path in lost if renewed(f"{live}/{path}", _made(records[path]).state, now)}


def last_build(store: Store) -> str:
    """Return when the last build began, in ISO 8601; an empty string if none is recorded."""
    found = store.all(BUILD).get("")
    return found.text if found else ""


def present(live: Path, previous: Mapping[str, Made | None]) -> Mapping[str, str]:
    """Return the state of each file of `previous` that still exists below `live`, by path, for `plan.plan`."""
    found, now = {}, time_ns()
    for path, made in previous.items():
        file = f"{live}/{path}"
        if made and renewed(file, made.state, now) is not None:
            found[path] = made.state
        elif Path(file).is_symlink() or Path(file).exists():
            found[path] = _ALTERED
    return found


def save(store: Store, live: Path, done: Plan, targets: Iterable[Target], moment: str) -> None:
    """Record the `targets` in `live`, which are in place: linking or moving them later would change their state.

    The store has still to be saved. `moment` is when the build began, in ISO 8601.
    """
    before, now = load(store, done.keep), time_ns()
    results = {}
    for target in targets:
        state = state_of(f"{live}/{target.path}", now)
        if state != MISSING:
            made = before.get(target.path) or Made(target.key or {}, state, done.write.get(target.path, ""), moment)
            results[target.path] = _result(replace(made, state=state))
    store.leave(FILES, results)
    store.leave(BUILD, {"": Result("", moment)})


def _result(made: Made) -> Result:
    key = " ".join(f"{name}={digest}" for name, digest in made.key.items())
    return Result(key, f"{made.state}\n{made.reason}\n{made.moment}")


def _made(result: Result) -> Made:
    key = dict(part.split("=", 1) for part in result.key.split(" ") if part)
    return Made(key, *result.text.split("\n"))
