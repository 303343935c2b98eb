"""One file of the output: its path, the digests of its inputs, and the function that renders it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..values import dataclass
from .cache.store import digest_of_all

COPY, IMAGE = MEDIA = ("copy of a file", "image")
"""The kinds of targets that pages load but that are not rendered with them."""
Key = Mapping[str, str]
"""Digests of everything that a file depends on, by the name of the input; see `plan.INPUTS`."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file that the output should hold."""

    path: str
    """Below the output folder, with slashes."""
    key: Key | None
    """None if its inputs are unknown; it is then written in every build."""
    render: Callable[[], bytes | Path]
    """Returns the bytes of the file, or another file to copy."""
    kind: str = "file"
    """What renders it, such as a template. The first of each kind is rendered before the pool starts."""
    batch: str = ""
    """Targets of the same batch share work, so one process renders them in a row; empty for a target on its own."""
    cost: float = 1.0
    """How long it takes to render, relative to a typical page."""


def digest_of_keys(keys: Mapping[str, Key]) -> str:
    """Return one digest of the keys of several files, given by path; the order does not matter."""
    return digest_of_all(
        word for path, key in sorted(keys.items()) for word in (path, *(part for pair in key.items() for part in pair))
    )
