"""Move an essay within its series: ``make move ESSAY=slug AFTER=slug``, where ``AFTER=start`` puts it first.

The command shows a diff; with ``APPLY=1`` it writes.
"""

from __future__ import annotations

from ..command import Options, required
from .rewrite.command import rewrite
from .rewrite.order import essay_moved

USAGE = "make move ESSAY=slug AFTER=slug (or AFTER=start)"


def moved(options: Options) -> str:
    """Put the essay ``ESSAY`` after the essay ``AFTER``; see `rewrite`."""
    essay = required(options, "ESSAY", "the essay", USAGE)
    after = required(options, "AFTER", "the essay that it is to follow", USAGE)
    return rewrite(options, lambda manuscript: essay_moved(manuscript, essay, after))
