"""The list of all advice: what is no mistake and stops no build, and what a careful author would still want to know.

An adviser is a generator function ``advise_<code>`` over a `Manuscript`, in the form of a check.
"""

from __future__ import annotations

from ...sources.manuscript import Manuscript
from ..problem import Check, Problem

ADVICE: dict[str, Check] = {}
"""Every adviser by its code."""


def advise(function: Check) -> Check:
    """Register an adviser."""
    ADVICE[function.__name__.removeprefix("advise_").replace("_", "-")] = function
    return function


def advice(manuscript: Manuscript) -> list[Problem]:
    """Return all that the advisers find, ordered by file, line and column."""
    return sorted(
        Problem(f.path, f.line, f.column, code, f.message, f.hint)
        for code, adviser in ADVICE.items()
        for f in adviser(manuscript)
    )
