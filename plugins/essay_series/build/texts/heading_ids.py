"""The extension of Markdown that gives headings lasting ids in every script."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

TOC = "toc"
"""What Python-Markdown calls the part of it that gives headings their ids."""
BEFORE_TOC = 5.5
"""The place in the library's order right before that part."""
_SEPARATING = re.compile(r"[\s-]+")
_KEPT = frozenset("LMN")


class HeadingIds(Extension):
    """Has ids made by `heading_id`, unless the settings say how they are made."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Add the step to `md`, in which the part that makes ids need not be yet."""
        md.treeprocessors.register(LetHeadingsKeepLetters(md), "heading_ids", BEFORE_TOC)


class LetHeadingsKeepLetters(Treeprocessor):
    """Tells the part that makes ids how to make them."""

    def run(self, root: object) -> None:  # noqa: ARG002 - the library's form
        """Put `heading_id` in the place of the library's own function."""
        if TOC in self.md.treeprocessors:
            toc: Any = self.md.treeprocessors[TOC]
            toc.slugify = heading_id if toc.slugify is slugify else toc.slugify


def makeExtension(**settings: object) -> HeadingIds:  # noqa: N802 - the name that the library asks for
    """Return the extension."""
    return HeadingIds(**settings)


def heading_id(text: str, separator: str) -> str:
    """Return the id of a heading: Python-Markdown's own in Latin letters, else one of the heading's own letters.

    Letters are composed and in small ones, so that a heading keeps its id whatever editor it was written in.

    Args:
        text: the words of the heading.
        separator: stands between two words of the id.

    """
    if all(_is_latin(each) for each in text if each.isalpha()):
        return slugify(text, separator)
    composed = unicodedata.normalize("NFC", text).lower()
    kept = "".join(each for each in composed if each in "_-" or each.isspace() or _is_letter(each))
    return _SEPARATING.sub(separator, kept).strip(separator)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN"))


def _is_letter(each: str) -> bool:
    return unicodedata.category(each)[0] in _KEPT
