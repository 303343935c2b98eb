"""The HTML of a text, made without Pelican by the settings that the last build left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import smartypants

from ..frontmatter import read
from .guards import Extensions, guarded, offer
from .store import Store
from .typography import typogrify

CONVERSION = "conversion"
"""The kind of the one result, of no name, that says how texts become HTML."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """How the texts of a site become HTML."""

    markdown: Mapping[str, Any]
    """How Python-Markdown is set up."""
    extensions: Extensions
    """What the installed packages offer to it."""
    typography: bool
    ignored_tags: tuple[str, ...]
    omitted_filters: tuple[str, ...]
    dashes: int
    """The attributes that smartypants is given."""

    def html_of(self, text: str) -> str:
        """Return what Markdown and typography make of a source."""
        html = guarded(**self.markdown).convert(text)
        if not self.typography:
            return html
        smartypants.Attr.default = self.dashes
        return typogrify(html, tuple(self.ignored_tags), **dict.fromkeys(self.omitted_filters, False))

    def in_words(self) -> str:
        """Return it for the store."""
        return json.dumps(asdict(self))


def converted(store: Store, sources: Mapping[str, bytes]) -> dict[str, str]:
    """Return the HTML of `sources`, which are files of essays by path.

    Raises:
        LookupError: no build has left how texts become HTML.

    """
    left = store.one(CONVERSION, "")
    if left is None:
        raise LookupError
    conversion = Conversion(**json.loads(left.text))
    offer(conversion.extensions)
    return {path: conversion.html_of(read(path, "essay", data).whole) for path, data in sources.items()}
