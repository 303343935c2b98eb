"""Rules of the walk for accidents: builds that are killed, files that are changed or lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from author import SLUGS, Author
from forked import build
from rules import present, rule


@rule("accident", slug=SLUGS, moves=(0, 1, 2, 3, 5, 8, 13, 21))
def interrupt(author: Author, slug: str, moves: int) -> None:
    """Kill a build that has put some files in place."""
    author.bodies[present(author, slug)] += " Cut."
    author.write()
    with _killed_after(moves):
        author.kills += build(author.folder, quick=True, workers=3, here=True).code < 0
    author.build()


@rule("accident", slug=SLUGS, moment=(0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4))
def kill(author: Author, slug: str, moment: float) -> None:
    """Kill a build at some moment."""
    author.bodies[present(author, slug)] += " Killed."
    author.write()
    author.kills += build(author.folder, kill_after=moment, quick=True, workers=3).code < 0
    author.build()


@contextmanager
def _killed_after(moves: int) -> Iterator[None]:
    """Kill forked builds before they link, move or remove more files than `moves`."""
    here, left = os.getpid(), [moves]

    def counted(name: str) -> Callable[..., Any]:
        call = getattr(os, name)

        def counting(*args: Any, **kwargs: Any) -> Any:
            if os.getppid() == here:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **kwargs)

        return counting

    names = ("link", "replace", "rename", "unlink", "rmdir")
    with patch.multiple(os, **{name: counted(name) for name in names}):
        yield


WAYS = ("change", "empty", "remove", "folder")


@rule("accident", which=range(997), way=WAYS)
def tamper(author: Author, which: int, way: str) -> None:
    """Change or remove a file of the output."""
    paths = sorted(author.good)
    file = author.folder / author.output / paths[which % len(paths)]
    if way in ("change", "empty"):
        file.write_bytes(b"not ours" if way == "change" else b"")
    else:
        file.unlink()
        if way == "folder":
            file.mkdir()
    author.build()


@rule("accident", which=range(7), where=range(4999), way=("turn", "cut", "remove"))
def damage(author: Author, which: int, where: int, way: str) -> None:
    """Flip a bit in a file of the cache, truncate it or remove it."""
    files = sorted(path for path in (author.folder / "cache").iterdir() if path.is_file())
    if files:
        file = files[which % len(files)]
        data = bytearray(file.read_bytes()) or bytearray(1)
        data[where % len(data)] ^= 0x10
        if way == "remove":
            file.unlink()
        else:
            file.write_bytes(data[: where % len(data)] if way == "cut" else data)
    author.build()


@rule("accident", which=range(97))
def touch(author: Author, which: int) -> None:
    """Save a source unchanged."""
    paths = sorted(path for path in (author.folder / "content").rglob("*") if path.is_file())
    now = time.time_ns()
    os.utime(paths[which % len(paths)], ns=(now, now))
    author.build()


@rule("accident")
def rest(author: Author) -> None:
    """Change nothing."""
    author.build()


@rule("source", slug=SLUGS)
def resave(author: Author, slug: str) -> None:
    """Change a letter of a source, and restore its mtime."""
    slug = present(author, slug)
    author.bodies[slug] = author.bodies[slug][:1].swapcase() + author.bodies[slug][1:]
    _with_its_time(author.folder / f"content/essays/{slug}.md", author.write)
    author.build()


@rule("accident", which=range(997))
def forge(author: Author, which: int) -> None:
    """Change a page of the output, and restore its mtime."""
    paths = sorted(path for path in author.good if path.endswith(".html"))
    file = author.folder / author.output / paths[which % len(paths)]
    _with_its_time(file, lambda: file.write_bytes(file.read_bytes().swapcase()))
    author.build()


def _with_its_time(file: Path, write: Callable[[], object]) -> None:
    """Change `file` by calling `write`, and restore its mtime."""
    before = file.stat()
    write()
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
