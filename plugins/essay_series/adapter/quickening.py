"""Where Pelican gets its typography and its Markdown from: our faster forms of both, which give the same bytes."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, cast

from pelican import readers
from typogrify import filters

from ..build import guards, typography


def quicken() -> None:
    """Let Pelican find our forms where it looks for the libraries' each time it reads a file.

    Versions of the libraries other than those that ours were written for are left as they are.
    """
    if all(version(name) == known for name, known in typography.VERSIONS.items()):
        filters.typogrify = typography.typogrify
    if version("markdown") == guards.VERSION:
        cast("Any", readers).Markdown = guards.guarded
