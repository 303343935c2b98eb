"""What is recorded of each file of the output: what it was made from, how the build left it, and why it was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from time import time_ns

from ..plan import Made, Plan
from .states import MISSING, renewed, state_of
from ..cache.store import Result, Store
from ..target import Key, Target

FILES = "file"
"""The kind of results that this module keeps, by the path of a file; without a path, what files have in common."""
_ALTERED = "altered"


def load(store: Store, owned: Iterable[str]) -> Mapping[str, Made | None]:
    """Return what is recorded of each file that the last build made; None for those of which nothing is.

    Args:
        store: what builds of this output remember.
        owned: the paths of the files that builds made.

    """
    return {path: made if made and made.key else None for path, made in _records(store, owned).items()}


def owned(store: Store, live: Path, listed: Iterable[str], now: int) -> set[str]:
    """Return the paths of the files that builds made, also where their list has been lost or damaged.

    Args:
        store: what builds of this output remember.
        live: the output folder.
        listed: the paths in the list.
        now: the time in nanoseconds since 1970, taken before the files are looked at.

    """
    known = set(listed)
    lost = _records(store, store.all(FILES).keys() - known - {""})
    return known | {path for path, made in lost.items() if made and renewed(f"{live}/{path}", made.state, now)}


def find(store: Store, path: str) -> Made | None:
    """Return what is recorded of one file, with no key if every build makes it; None if nothing is."""
    common, result = store.one(FILES, ""), store.one(FILES, path)
    return _made(result.text, _parts(common.text) if common else None) if result else None


def last_build(store: Store) -> str:
    """Return when the last build began; an empty string if none is recorded."""
    common = store.one(FILES, "")
    return common.key if common else ""


def present(live: Path, previous: Mapping[str, Made | None], now: int) -> Mapping[str, str]:
    """Return the state of each file of `previous` that is still in the folder `live`, as `plan` compares it.

    Args:
        live: the output folder.
        previous: what is recorded of each file.
        now: the time in nanoseconds since 1970, taken before the files are looked at.

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
    """Record the files that now lie in `live`; linking or moving them later changes their state.

    Args:
        store: what builds of this output remember; it is not written yet.
        live: the output folder.
        done: what the build did.
        targets: what it made or kept.
        build: the moment of the build, and the parts of keys that most of its files have in common.

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
