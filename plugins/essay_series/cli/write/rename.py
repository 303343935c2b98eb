"""Change the slug of an essay, a play or a series in its own file and everywhere else it is named.

``make rename-essay OLD=slug NEW=slug`` shows a diff; with ``APPLY=1`` it writes. The old slug becomes an alias, so that
visitors to the old address are redirected.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Literal, cast

from ...sources.manuscript import Manuscript
from ..command import Options, required, run
from .rewrite.command import rewrite
from .rewrite.edits import Plan
from .rewrite.slugs import declared_renamed, essay_renamed

Renamed = Literal["essay", "play", "series"]


def renamed(options: Options, manuscript: Manuscript, kind: Renamed) -> Plan:
    """Return the plan that changes the slug ``OLD`` of something of `kind` to ``NEW``.

    Raises:
        CommandError: an option is missing, or the slug cannot be changed.

    """
    usage = f"make rename-{kind} OLD=slug NEW=slug"
    old, new = required(options, "OLD", "the present slug", usage), required(options, "NEW", "the new slug", usage)
    return essay_renamed(manuscript, old, new) if kind == "essay" else declared_renamed(manuscript, kind, old, new)


if __name__ == "__main__":
    sys.exit(run(partial(rewrite, partial(renamed, kind=cast("Renamed", sys.argv[1])))))
