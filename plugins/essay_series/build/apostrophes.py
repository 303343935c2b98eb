"""The extension of Markdown that sets the marks which typogrify gets wrong; `pelicanconf.py` lists it."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from ..apostrophes import set_marks

AFTER_ALL = -20
"""Its place in the library's order: behind every other postprocessor."""


class Apostrophes(Extension):
    """Sets quotation marks and apostrophes for readers of English."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Add the postprocessor to `md`."""
        md.postprocessors.register(SetMarks(md), "apostrophes", AFTER_ALL)


class SetMarks(Postprocessor):
    """Sets marks in the finished HTML."""

    def run(self, text: str) -> str:
        """Return the HTML `text` with the marks set that typogrify would get wrong."""
        return set_marks(text)


def makeExtension(**settings: object) -> Apostrophes:  # noqa: N802 - the name that the library asks for
    """Return the extension."""
    return Apostrophes(**settings)
