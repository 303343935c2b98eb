"""Put an essay in another place of its series.

``make move ESSAY=slug AFTER=slug`` shows what would change; ``APPLY=1`` does it. ``AFTER=start``
puts it first.
"""

from __future__ import annotations

import sys

from ...sources.manuscript import Manuscript
from .rewrite.command import rewrite, words
from .rewrite.edits import Plan
from .rewrite.order import essay_moved


def moved(manuscript: Manuscript) -> Plan:
    """Return the plan that puts the essay ``ESSAY`` behind the essay ``AFTER``.

    Raises:
        RewriteError: a word is missing, or it cannot be done.

    """
    usage = "make move ESSAY=slug AFTER=slug (or AFTER=start)"
    return essay_moved(manuscript, *words({"ESSAY": "which essay", "AFTER": "behind which essay"}, usage))


if __name__ == "__main__":
    sys.exit(rewrite(moved))
