"""Give an essay, a play or a series another slug, in its own file and wherever it is named.

``make rename-essay OLD=slug NEW=slug`` shows what would change; ``APPLY=1`` does it. The old
slug stays as an alias, so that visitors to the old address are redirected.
"""

from __future__ import annotations

import sys

from ...sources.manuscript import Manuscript
from .rewrite.command import rewrite, words
from .rewrite.edits import Plan
from .rewrite.slugs import declared_renamed, essay_renamed


def renamed(manuscript: Manuscript, kind: str) -> Plan:
    """Return the plan that gives the thing ``OLD`` of a kind (essay, play, series) the slug ``NEW``.

    Raises:
        RewriteError: a word is missing, or it cannot be done.

    """
    usage = f"make rename-{kind} OLD=slug NEW=slug"
    old, new = words({"OLD": "the present slug", "NEW": "the new slug"}, usage)
    if kind == "essay":
        return essay_renamed(manuscript, old, new)
    return declared_renamed(manuscript, "play" if kind == "play" else "series", old, new)


if __name__ == "__main__":
    sys.exit(rewrite(lambda manuscript: renamed(manuscript, sys.argv[1])))
