"""The check of a rewriting of the sources that did not come to its end."""

from __future__ import annotations

from collections.abc import Iterator

from ...sources.manuscript import Manuscript
from ..problem import Flaw, check

JOURNAL = ".rewriting.json"
"""The journal of a rewriting, in the content folder; it is there only while the rewriting lasts."""


@check
def check_interrupted_rewriting(manuscript: Manuscript) -> Iterator[Flaw]:
    """A rewriting of the sources, such as a new slug, was interrupted, so some files are old and some are new.

    Bad: a file ``.rewriting.json`` in the content folder.
    Good: no such file.
    """
    if JOURNAL in manuscript.files:
        yield Flaw(
            JOURNAL, 1, 1, "a rewriting of the sources was interrupted", 'Run "make recover", which finishes it.'
        )
