"""What has changed since the last build: all inputs and outputs, looked at before anything slow is imported.

A note of each build is kept in the cache, by the name of its output folder: lists of words, with a zero byte between
two words and two between lists, since no path holds one. What the note holds is compared and never believed: a missing,
damaged or foreign one means that anything may have changed.

An author whose site has not changed waits for little else than Python's own start, so this room imports nothing that
Python has not loaded by then; ``pathlib``, ``json`` and ``dataclasses`` together would take as long again.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_PASSED_OVER = ("__pycache__", ".git")


class Inputs:
    """What a build depends on, and how it was when the build began."""

    __slots__ = ("around", "content", "roots", "sources")

    def __init__(self, roots: Sequence[str], around: Sequence[str], content: str, sources: Mapping[str, str]) -> None:
        """Note how things are.

        Args:
            roots: files and folders, with all that lies in them.
            around: the state of all of it but the sources.
            content: the folder of the sources.
            sources: the state of every file below it, by path.

        """
        self.roots, self.around, self.content, self.sources = roots, around, content, sources


def inputs(roots: Iterable[Path | str], content: Path | str | None = None) -> Inputs:
    """Return the state of every file below `roots` and `content`, of the settings' environment, and of the packages."""
    known = sorted({os.path.realpath(root) for root in roots})
    around = [*_files(known), *_environment(known), *_installed()]
    if content is None:
        return Inputs(known, around, "", {})
    top = os.path.realpath(content)
    states = (state.removeprefix(f"{top}/").rpartition("\n") for state in _files([top]))
    return Inputs(known, around, top, {path: state for path, _, state in states})


def note(cache: Path | str, output: Path | str, before: Inputs, made: Iterable[str], due: float | None) -> None:
    """Note that the build that began with `before` made the files `made` of `output`, and stands until `due`.

    Args:
        cache: the folder of the notes.
        output: the output folder.
        before: what the build depends on.
        made: paths below `output`.
        due: the moment, in seconds since 1970.

    """
    made = sorted(made)
    head = [os.path.realpath(output), before.content, "never" if due is None else repr(due)]
    sources = [word for pair in before.sources.items() for word in pair]
    lists = (
        head,
        before.roots,
        before.around,
        sources,
        made,
        [_state(f"{head[0]}/{path}") for path in made],
    )
    os.makedirs(cache, exist_ok=True)
    path = _note_of(cache, head[0])
    with open(f"{path}.new", "wb") as file:
        file.write("\0\0".join(map("\0".join, lists)).encode("utf-8", "surrogateescape"))
    os.replace(f"{path}.new", path)


def is_unchanged(cache: Path | str, output: Path | str, now: float) -> bool:
    """Tell whether nothing has changed since the last build into `output`: no input, no file that it made, no day.

    Args:
        cache: the folder of the notes.
        output: the output folder.
        now: the moment that a build would be of, in seconds since 1970.

    """
    live = os.path.realpath(output)
    try:
        with open(_note_of(cache, live), "rb") as file:
            lists = file.read().decode("utf-8", "surrogateescape").split("\0\0")
        head, roots, around, listed, made, states = (words.split("\0") if words else [] for words in lists)
        place, content, moment = head
        due = None if moment == "never" else float(moment)
        sources = dict(zip(listed[::2], listed[1::2], strict=True))
    except (OSError, ValueError):
        return False
    fresh = inputs(roots, content)
    return (
        place == live
        and (due is None or now < due)
        and fresh.around == around
        and fresh.sources == sources
        and [_state(f"{live}/{path}") for path in made] == states
    )


def _note_of(cache: Path | str, live: str) -> str:
    return f"{cache}/unchanged-{os.path.basename(live)}"


def _files(roots: Iterable[str]) -> Iterator[str]:
    for root in roots:
        if not os.path.isdir(root):
            yield f"{root}\n{_state(root)}"
            continue
        for folder, folders, names in os.walk(root, followlinks=True):
            folders[:] = sorted(name for name in folders if name not in _PASSED_OVER)
            yield f"{folder}\nfolder"
            yield from (f"{folder}/{name}\n{_state(f'{folder}/{name}')}" for name in sorted(names))


def _state(path: str) -> str:
    """Return what changes when a file is written: its size, its time, and which file it is."""
    try:
        facts = os.stat(path)
    except OSError:
        return "missing"
    return f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"


def _environment(roots: Iterable[str]) -> Iterator[str]:
    """Yield the environment's variables that a settings file among `roots` asks for."""
    for root in roots:
        if root.endswith(".py") and os.path.isfile(root):
            with open(root, "rb") as file:
                lines = [line.replace(b"'", b'"') for line in file if b"environ" in line]
            names = dict.fromkeys(os.fsdecode(word) for line in lines for word in line.split(b'"')[1::2])
            yield from (f"{name}={os.environ.get(name)}" for name in names)


def _installed() -> Iterator[str]:
    """Yield Python's version, and the names and versions of all packages that it finds."""
    yield sys.version
    for folder in sys.path:
        if folder.endswith("-packages") and os.path.isdir(folder):
            yield from sorted(name for name in os.listdir(folder) if name.endswith("-info"))
