"""A Markdown extension that removes HTML comments from the output.

Comments are removed before Markdown handles raw HTML, which would pass them on, and before typography, which would
turn their ends into dashes. Each leaves a placeholder until the end, so that a comment still separates blocks.
"""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from ...sources.comments import comments, uncommented, without_comments

AFTER_HEADER, AFTER_ALL = 26, -10
"""Priorities in the library's registries: after ``meta`` (27) and before ``fenced_code_block`` (25); and last."""
_PLACEHOLDER = "<!--\x02comment\x03-->"
_PLACEHOLDERS = r"(?:(?:<|&lt;)!--\x02comment\x03--(?:>|&gt;)\s*)+"
_ALONE = re.compile(rf"<p>\s*{_PLACEHOLDERS}</p>\n?|(?<=\n){_PLACEHOLDERS}|\A{_PLACEHOLDERS}")
_ANY = re.compile(_PLACEHOLDERS)


class Comments(Extension):
    """Removes comments from texts."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the two steps."""
        md.preprocessors.register(ReplaceComments(md), "comments", AFTER_HEADER)
        md.postprocessors.register(RemovePlaceholders(md), "comments", AFTER_ALL)


class ReplaceComments(Preprocessor):
    """Replaces the comments of the source by placeholders."""

    is_probing = False
    """Whether the text is being converted only to find out what is code."""

    def run(self, lines: list[str]) -> list[str]:
        """Return `lines` with a placeholder for each comment."""
        text = "\n".join(lines)
        if self.is_probing or ("<!" not in text and "<?" not in text):
            return lines
        return uncommented(text, comments(text, self._html_of), _PLACEHOLDER).split("\n")

    def _html_of(self, text: str) -> str:
        """Return the HTML of `text` from the same converter, whose state is restored afterwards."""
        md: Any = self.md
        header = getattr(md, "Meta", None)
        prefixes = [(each, each.unique_prefix) for each in md.registeredExtensions if hasattr(each, "unique_prefix")]
        self.is_probing = True
        try:
            return str(md.convert(f"\n{text}"))
        finally:
            self.is_probing = False
            md.reset()
            if header is not None:
                md.Meta = header
            for each, prefix in prefixes:
                each.unique_prefix = prefix


class RemovePlaceholders(Postprocessor):
    """Removes the placeholders from the HTML, and every remaining HTML comment."""

    def run(self, text: str) -> str:
        """Return the HTML `text` without comments."""
        if "\x02comment\x03" in text:
            text = _ANY.sub("", _ALONE.sub("", text))
        return without_comments(text)


def makeExtension(**settings: object) -> Comments:  # noqa: N802 - the name that the library asks for
    """Return the extension."""
    return Comments(**settings)
