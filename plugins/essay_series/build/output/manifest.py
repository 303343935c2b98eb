"""The manifest: for each file of the output its key, its state after the build, and why and when it was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from time import time_ns

from ..cache.store import Result, Store
from ..plan import Made, Plan
from ..target import Key, Target
from .states import MISSING, renewed, state_of

FILES = "file"
"""The kind of the results in the store, by path; the one without a path holds what most files have in common."""
_ALTERED = "altered"


def load(store: Store, owned: Iterable[str]) -> Mapping[str, Made | None]:
    """Return the record of each file that builds made, by path; None if there is none or it has no key.

    Args:
        store: the store of this output.
        owned: the paths of the files that builds made.

    """
    return {path: made if made and made.key else None for path, made in _records(store, owned).items()}


def owned(store: Store, live: Path, listed: Iterable[str], now: int) -> set[str]:
    """Return the paths of the files that builds made, even if their list has been lost or damaged.

    A file that is only in the store counts if it is still as a build left it.

    Args:
        store: the store of this output.
        live: the output folder.
        listed: the paths in the list.
        now: nanoseconds since 1970, taken before this is called.

    """
    known = set(listed)
    lost = _records(store, store.all(FILES).keys() - known - {""})
    return known | {path for path, made in lost.items() if made and renewed(f"{live}/{path}", made.state, now)}


def find(store: Store, path: str) -> Made | None:
    """Return the record of one file, with an empty key if every build writes it; None if there is no record."""
    common, result = store.one(FILES, ""), store.one(FILES, path)
    return _made(result.text, _parts(common.text) if common else None) if result else None


def last_build(store: Store) -> str:
    """Return when the last build began, in ISO 8601; an empty string if none is recorded."""
    common = store.one(FILES, "")
    return common.key if common else ""


def common(store: Store) -> Key:
    """Return the parts of keys that most files of the last build have in common; nothing if none is recorded."""
    found = store.one(FILES, "")
    return _parts(found.text) if found else {}


def present(live: Path, previous: Mapping[str, Made | None], now: int) -> Mapping[str, str]:
    """Return the state of each file of `previous` that still exists below `live`, by path, for `plan.plan`.

    Args:
        live: the output folder.
        previous: the record of each file, by path.
        now: nanoseconds since 1970, taken before this is called.

    """
    found = {}
    for path, made in previous.items():
        file = f"{live}/{path}"
        if made and renewed(file, made.state, now) is not None:
            found[path] = made.state
        elif Path(file).is_symlink() or Path(file).exists():
            found[path] = _ALTERED
    return found


def save(store: Store, live: Path, done: Plan, targets: Iterable[Target], build: tuple[str, Key]) -> None:
    """Record the files in `live`, which are in place by now: linking or moving them later would change their state.

    Args:
        store: the store of this output; the caller saves it.
        live: the output folder.
        done: what the build did.
        targets: the files that it wrote or kept.
        build: when it began, in ISO 8601, and the parts of keys that most of its files have in common.

    """
    (moment, common), now = build, time_ns()
    before = load(store, done.keep)
    results = {"": Result(moment, _words(common))}
    for target in targets:
        state = state_of(f"{live}/{target.path}", now)
        if state == MISSING:
            continue
        made = before.get(target.path) or Made(target.key or {}, state, done.write.get(target.path, ""), moment)
        results[target.path] = Result("", _text(replace(made, state=state), common))
    store.leave(FILES, results)


def _records(store: Store, paths: Iterable[str]) -> dict[str, Made | None]:
    results = store.all(FILES)
    common = _parts(results[""].text) if "" in results else None
    return {path: _made(results[path].text, common) if path in results else None for path in paths}


def _text(made: Made, common: Key) -> str:
    uses_common = all(made.key.get(name) == digest for name, digest in common.items())
    own = {name: digest for name, digest in made.key.items() if not (uses_common and name in common)}
    return "\n".join((made.state, made.reason, made.moment, "common" if uses_common else "", _words(own)))


def _made(text: str, common: Key | None) -> Made | None:
    state, reason, moment, uses_common, words = text.split("\n")
    if uses_common and common is None:
        return None
    return Made({**(common or {} if uses_common else {}), **_parts(words)}, state, reason, moment)


def _words(key: Key) -> str:
    return " ".join(f"{name}={digest}" for name, digest in key.items())


def _parts(words: str) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words.split(" ") if word)
