"""One file of the output: where it goes, what it is made of, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..values import dataclass
from .cache.store import digest_of_all

COPY, IMAGE = MEDIA = ("copy of a file", "image")
"""The kinds of files that pages load and that are not made with them."""
Key = Mapping[str, str]
"""Digests of everything that a file is made of, by the name of the input; see `plan.INPUTS`."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file that the output should hold."""

    path: str
    """Below the output folder, with slashes."""
    key: Key | None
    """None if it is not known what the file is made of, so that every build makes it."""
    render: Callable[[], bytes | Path]
    """Returns the bytes of the file, or another file to copy."""
    kind: str = "file"
    """What renders it, such as a template; the first of each kind is rendered before the others are shared out."""
    batch: str = ""
    """Targets of the same batch share work, so they are rendered one after the other; empty if there are none."""
    cost: float = 1.0
    """How long it takes to render, in units of a usual page."""


def digest_of_keys(keys: Mapping[str, Key]) -> str:
    """Return a digest of the keys of several files, which are given by path."""
    return digest_of_all(
        word for path, key in sorted(keys.items()) for word in (path, *(part for pair in key.items() for part in pair))
    )
