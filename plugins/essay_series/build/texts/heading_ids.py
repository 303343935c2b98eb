"""A Markdown extension that gives headings readable, stable ids in every script, not only in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

TOC = "toc"
"""The name of Python-Markdown's treeprocessor that sets the ids of headings."""
BEFORE_TOC = 5.5
"""The priority right before it, which has 5."""
_SEPARATING = re.compile(r"[\s-]+")


class HeadingIds(Extension):
    """Makes ids with `heading_id`, unless the settings name another slugify function for the table of contents."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the step; the extension ``toc`` may be registered later."""
        md.treeprocessors.register(SetSlugify(md), "heading_ids", BEFORE_TOC)


class SetSlugify(Treeprocessor):
    """Sets the slugify function of the extension ``toc``."""

    def run(self, root: object) -> None:  # noqa: ARG002 - the library's form
        """Replace the library's default function by `heading_id`."""
        if TOC in self.md.treeprocessors:
            toc: Any = self.md.treeprocessors[TOC]
            toc.slugify = heading_id if toc.slugify is slugify else toc.slugify


def makeExtension(**settings: object) -> HeadingIds:  # noqa: N802 - the name that the library asks for
    """Return the extension."""
    return HeadingIds(**settings)


def heading_id(text: str, separator: str) -> str:
    """Return the id of a heading: Python-Markdown's own if it is in Latin letters, else one in the heading's script.

    The id is in lower case and in NFC, so that it does not depend on the editor in which the heading was written.
    """
    if all(_is_latin(each) for each in text if each.isalpha()):
        return slugify(text, separator)
    composed = unicodedata.normalize("NFC", text).lower()
    kept = "".join(c for c in composed if c in "_-" or c.isspace() or unicodedata.category(c)[0] in "LMN")
    return _SEPARATING.sub(separator, kept).strip(separator)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN"))
