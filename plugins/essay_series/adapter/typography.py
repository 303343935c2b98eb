"""Where Pelican gets its typography from: our faster form of it, which gives the same bytes."""

from __future__ import annotations

from collections.abc import Collection
from importlib.metadata import version

from typogrify import filters

from ..build import typography

TYPESET: dict[str, str] = {}
"""What was typeset beforehand, under the settings of this build."""

_typogrify = filters.typogrify


def quicken() -> None:
    """Let Pelican, which asks ``typogrify.filters`` for the function each time it reads a file, find ours there.

    Other versions of the libraries than those that ours was written for do their work themselves.
    """
    global _typogrify  # noqa: PLW0603 - there is one function of that name, and it is Pelican's
    if all(version(name) == known for name, known in typography.VERSIONS.items()):
        _typogrify = typography.typogrify
    filters.typogrify = typogrify


def typogrify(text: str, ignore_tags: Collection[str] | None = None, **wanted: bool) -> str:
    """Return the HTML `text` typeset, as ``typogrify.filters.typogrify`` does."""
    known = TYPESET.get(text)
    return str(_typogrify(text, ignore_tags, **wanted)) if known is None else known
