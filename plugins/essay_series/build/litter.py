"""When Python looks for what nobody uses any more among all that a build has made.

What a build makes stays until its end, so each look is in vain, and longer than the last; the longest is the one when
the process ends.
"""

from __future__ import annotations

import gc

MANY = 20_000
"""Objects that are made between one look at the newest and the next."""


class Litter:
    """What builds of this process left behind."""

    def __init__(self) -> None:
        self._has_built = False

    def begin(self) -> None:
        """Begin a build: what an earlier one left behind goes, and what is loaded is not looked through any more."""
        if self._has_built:
            gc.unfreeze()
            gc.collect()
        gc.set_threshold(MANY)
        gc.freeze()

    def keep(self) -> None:
        """Look no more through what has been made by now."""
        self._has_built = True
        gc.freeze()


LITTER = Litter()
