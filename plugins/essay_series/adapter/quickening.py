"""Where Pelican gets its typography and its Markdown from: our faster forms of both, which give the same bytes."""

from __future__ import annotations

from collections.abc import Collection
from importlib.metadata import version
from typing import Any, cast

from pelican import readers
from typogrify import filters

from ..build import guards, typography

TYPESET: dict[str, str] = {}
"""What was typeset beforehand, under the settings of this build."""


def quicken() -> None:
    """Let Pelican find our forms where it looks for the libraries' each time it reads a file.

    Versions of the libraries other than those that ours were written for are left as they are.
    """
    if all(version(name) == known for name, known in typography.VERSIONS.items()):
        filters.typogrify = typogrify
    if version("markdown") == guards.VERSION:
        cast("Any", readers).Markdown = guards.guarded


def typogrify(text: str, ignore_tags: Collection[str] | None = None, **wanted: bool) -> str:
    """Return the HTML `text` typeset; see `build.typography`."""
    known = TYPESET.get(text)
    return typography.typogrify(text, ignore_tags, **wanted) if known is None else known
