"""The check for a rewriting of the sources that was interrupted."""

from __future__ import annotations

from collections.abc import Iterator

from ...sources.manuscript import Manuscript
from ..problem import Flaw, check

JOURNAL = ".rewriting.json"
"""The journal of a rewriting, in the content folder; it exists only while the rewriting lasts."""


@check
def check_interrupted_rewriting(manuscript: Manuscript) -> Iterator[Flaw]:
    """A rewriting of the sources, such as a new slug, was interrupted, so some files are old and some are new.

    Bad: a file ``.rewriting.json`` in the content folder.
    Good: no such file.
    """
    if JOURNAL in manuscript.files:
        yield Flaw(JOURNAL, 1, 1, "a change of several sources was interrupted", 'Run "make recover" to finish it.')
