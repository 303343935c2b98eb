"""The extension of Markdown that keeps comments from readers; `pelicanconf.py` lists it.

Comments are taken out before Markdown looks for HTML, which would hand them on, and before typography, which would
make dashes of their ends. One that stands alone leaves a mark, so that blocks that it keeps apart stay apart.
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
"""Places in the library's order: behind ``meta`` (27) and before ``fenced_code_block`` (25); behind all else."""
_MARK = "<!--\x02comment\x03-->"
_MARKS = r"(?:(?:<|&lt;)!--\x02comment\x03--(?:>|&gt;)\s*)+"
_ALONE = re.compile(rf"<p>\s*{_MARKS}</p>\n?|(?<=\n){_MARKS}|\A{_MARKS}")
_ANY = re.compile(_MARKS)


class Comments(Extension):
    """Takes comments out of texts."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Let `md` take comments out."""
        md.preprocessors.register(TakeOut(md), "comments", AFTER_HEADER)
        md.postprocessors.register(TakeOutMarks(md), "comments", AFTER_ALL)


class TakeOut(Preprocessor):
    """Takes comments out of the source."""

    asked = False
    """Whether the same Markdown is being asked what it shows as code."""

    def run(self, lines: list[str]) -> list[str]:
        """Return `lines` with marks in the place of comments."""
        text = "\n".join(lines)
        if self.asked or ("<!" not in text and "<?" not in text):
            return lines
        return uncommented(text, comments(text, self._html_of), _MARK).split("\n")

    def _html_of(self, text: str) -> str:
        """Return what the same Markdown, which is at work here, makes of `text`."""
        md: Any = self.md
        header = getattr(md, "Meta", None)
        prefixes = [(each, each.unique_prefix) for each in md.registeredExtensions if hasattr(each, "unique_prefix")]
        self.asked = True
        try:
            return str(md.convert(f"\n{text}"))
        finally:
            self.asked = False
            md.reset()
            if header is not None:
                md.Meta = header
            for each, prefix in prefixes:
                each.unique_prefix = prefix


class TakeOutMarks(Postprocessor):
    """Takes the marks out of the HTML, and every comment that HTML itself would know."""

    def run(self, text: str) -> str:
        """Return the HTML `text` without comments."""
        if "\x02comment\x03" in text:
            text = _ANY.sub("", _ALONE.sub("", text))
        return without_comments(text)


def makeExtension(**settings: object) -> Comments:  # noqa: N802 - the name that the library asks for
    """Return the extension."""
    return Comments(**settings)
