"""Move an essay within its series: ``make move ESSAY=slug AFTER=slug``, where ``AFTER=start`` puts it first.

The command shows a diff; with ``APPLY=1`` it writes.
"""

from __future__ import annotations

import sys
from functools import partial

from ...sources.manuscript import Manuscript
from ..command import Options, required, run
from .rewrite.command import rewrite
from .rewrite.edits import Plan
from .rewrite.order import essay_moved

USAGE = "make move ESSAY=slug AFTER=slug (or AFTER=start)"


def moved(options: Options, manuscript: Manuscript) -> Plan:
    """Return the plan that puts the essay ``ESSAY`` after the essay ``AFTER``.

    Raises:
        CommandError: an option is missing, or the essay cannot be moved there.

    """
    essay = required(options, "ESSAY", "the essay", USAGE)
    return essay_moved(manuscript, essay, required(options, "AFTER", "the essay that it is to follow", USAGE))


if __name__ == "__main__":
    sys.exit(run(partial(rewrite, moved)))
