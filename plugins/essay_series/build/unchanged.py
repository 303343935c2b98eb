"""Whether there is anything to build: all inputs and outputs of the last build, looked at before Pelican is imported.

``python -m essay_series.build.unchanged OUTPUT`` ends with 0 if the last build into OUTPUT still stands, else with 1. A
note of each build is kept in ``cache/unchanged.json``, by output folder. What the note holds is compared and never
believed: a missing, damaged or foreign one means that there is something to build.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

NOTE = "unchanged.json"
_VARIABLE = re.compile(rb"environ[^\n\"']*[\"'](\w+)[\"']")
_PASSED_OVER = ("__pycache__", ".git")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build depends on, and how it was when the build began."""

    roots: tuple[str, ...]
    """Files and folders, with all that lies in them."""
    digest: str


def inputs(roots: Iterable[Path]) -> Inputs:
    """Return the state of every file below `roots`, of the settings' environment, and of what is installed."""
    known = tuple(sorted({str(root.resolve()) for root in roots}))
    state = hash_of([*_files(known), *_environment(known), *_installed()])
    return Inputs(known, state)


def note(cache: Path, output: Path, before: Inputs, made: Iterable[str], due: datetime | None) -> None:
    """Note that the build that began with `before` made the files `made` of `output`, and stands until `due`."""
    notes = _notes(cache)
    notes[str(output)] = {
        "roots": before.roots,
        "inputs": before.digest,
        "made": sorted(made),
        "outputs": hash_of(_states(output / path for path in sorted(made))),
        "due": due.isoformat() if due else "",
    }
    cache.mkdir(parents=True, exist_ok=True)
    fresh = cache / f"{NOTE}.new"
    fresh.write_text(json.dumps(notes), encoding="utf-8")
    fresh.replace(cache / NOTE)


def is_unchanged(cache: Path, output: Path, now: datetime) -> bool:
    """Tell whether the last build into `output` is what a build at the moment `now` would make."""
    try:
        found = _notes(cache)[str(output.resolve())]
        made = [output.resolve() / path for path in found["made"]]
        return (
            (not found["due"] or now < datetime.fromisoformat(found["due"]))
            and inputs(map(Path, found["roots"])).digest == found["inputs"]
            and hash_of(_states(made)) == found["outputs"]
        )
    except (TypeError, KeyError, ValueError):
        return False


def hash_of(words: Iterable[str]) -> str:
    """Return a short digest of `words`, in their order."""
    digest = blake2b(digest_size=16)
    for word in words:
        digest.update(word.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()


def _notes(cache: Path) -> dict[str, Any]:
    try:
        found = json.loads((cache / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _files(roots: Iterable[str]) -> Iterator[str]:
    for root in roots:
        if not os.path.isdir(root):  # noqa: PTH112 - thousands of times, and twice as fast
            yield _state(root)
            continue
        for folder, folders, names in os.walk(root, followlinks=True):
            folders[:] = sorted(name for name in folders if name not in _PASSED_OVER)
            yield folder
            yield from (_state(f"{folder}/{name}") for name in sorted(names))


def _states(paths: Iterable[Path]) -> Iterator[str]:
    return (_state(str(path)) for path in paths)


def _state(path: str) -> str:
    """Return what changes when a file is written: its size, its time, and which file it is."""
    try:
        facts = os.stat(path)  # noqa: PTH116 - likewise
    except OSError:
        return f"{path} missing"
    return f"{path} {facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"


def _environment(roots: Iterable[str]) -> Iterator[str]:
    """Yield the environment's variables that a settings file among `roots` asks for."""
    for root in roots:
        if root.endswith(".py") and os.path.isfile(root):  # noqa: PTH113 - likewise
            names: Mapping[bytes, None] = dict.fromkeys(_VARIABLE.findall(Path(root).read_bytes()))
            yield from (f"{name.decode()}={os.environ.get(name.decode())}" for name in names)


def _installed() -> Iterator[str]:
    """Yield Python's version, and the names and versions of all packages that it finds."""
    yield sys.version
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):  # noqa: PTH112 - likewise
            yield from sorted(name for name in os.listdir(folder) if name.endswith("-info"))  # noqa: PTH208 - likewise


if __name__ == "__main__":
    if not is_unchanged(Path("cache"), Path(sys.argv[1]), datetime.now(UTC)):
        sys.exit(1)
    print("Nothing has changed since the last build.")  # noqa: T201 - it is a command
