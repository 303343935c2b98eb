"""Change the slug of an essay, a play or a series in its own file and everywhere else it is named.

``make rename-essay OLD=slug NEW=slug`` shows a diff; with ``APPLY=1`` it writes. The old slug becomes an alias, so that
visitors to the old address are redirected.
"""

from __future__ import annotations

from typing import Literal

from ...sources.manuscript import Manuscript
from ..command import Options, required
from .rewrite.command import rewrite
from .rewrite.edits import Plan
from .rewrite.slugs import declared_renamed, essay_renamed


def renamed(options: Options, kind: Literal["essay", "play", "series"]) -> str:
    """Change the slug ``OLD`` of an essay, a play or a series to ``NEW``; see `rewrite`."""
    usage = f"make rename-{kind} OLD=slug NEW=slug"
    old, new = required(options, "OLD", "the present slug", usage), required(options, "NEW", "the new slug", usage)

    def plan(manuscript: Manuscript) -> Plan:
        return essay_renamed(manuscript, old, new) if kind == "essay" else declared_renamed(manuscript, kind, old, new)

    return rewrite(options, plan)
