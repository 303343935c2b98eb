"""What has changed since the last build: all inputs and outputs, looked at before Pelican is imported.

A note of each build is kept in ``cache/unchanged.json``, by output folder. What the note holds is compared and never
believed: a missing, damaged or foreign one means that anything may have changed.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
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
    """Stands for all of it but the sources."""
    content: str = ""
    """The folder of the sources."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """The state of every file below it, by path."""


@dataclass(frozen=True, slots=True)
class Since:
    """Which sources are others than at the last build, where nothing else is."""

    inputs: Inputs
    changed: tuple[str, ...]
    """Paths below the content folder; of files that were there before, and still are."""
    made: tuple[str, ...]
    """The files of the output."""
    due: datetime | None
    """When the next scheduled essay is due."""


def inputs(roots: Iterable[Path], content: Path | None = None) -> Inputs:
    """Return the state of every file below `roots` and `content`, of the settings' environment, and of the packages."""
    known = tuple(sorted({str(root.resolve()) for root in roots}))
    digest = hash_of([*_files(known), *_environment(known), *_installed()])
    if content is None:
        return Inputs(known, digest)
    top = str(content.resolve())
    states = (state.removeprefix(f"{top}/").partition("\0") for state in _files([top]))
    return Inputs(known, digest, top, {path: state for path, _, state in states})


def note(cache: Path, output: Path, before: Inputs, made: Iterable[str], due: datetime | None) -> None:
    """Note that the build that began with `before` made the files `made` of `output`, and stands until `due`."""
    notes = _notes(cache)
    notes[str(output)] = {
        "roots": before.roots,
        "inputs": before.digest,
        "content": before.content,
        "sources": before.sources,
        "made": sorted(made),
        "outputs": hash_of(_states(output, sorted(made))),
        "due": due.isoformat() if due else "",
    }
    cache.mkdir(parents=True, exist_ok=True)
    fresh = cache / f"{NOTE}.new"
    fresh.write_text(json.dumps(notes), encoding="utf-8")
    fresh.replace(cache / NOTE)


def since_last(cache: Path, output: Path, now: datetime) -> Since | None:
    """Return what has changed since the last build into `output`; None if that may be more than texts.

    Args:
        cache: the folder of the notes.
        output: the output folder.
        now: the moment that a build would be of.

    """
    try:
        found = _notes(cache)[str(output.resolve())]
        due = datetime.fromisoformat(found["due"]) if found["due"] else None
        fresh = inputs(map(Path, found["roots"]), Path(found["content"]))
        if (
            (due and now >= due)
            or fresh.digest != found["inputs"]
            or fresh.sources.keys() != found["sources"].keys()
            or hash_of(_states(output.resolve(), found["made"])) != found["outputs"]
        ):
            return None
        changed = (path for path, state in fresh.sources.items() if found["sources"][path] != state)
        return Since(fresh, tuple(changed), tuple(found["made"]), due)
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


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


def _states(folder: Path, paths: Iterable[str]) -> Iterator[str]:
    return (_state(f"{folder}/{path}") for path in paths)


def _state(path: str) -> str:
    """Return what changes when a file is written: its size, its time, and which file it is."""
    try:
        facts = os.stat(path)  # noqa: PTH116 - likewise
    except OSError:
        return f"{path}\0missing"
    return f"{path}\0{facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"


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
