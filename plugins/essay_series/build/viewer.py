"""Who looks at the site while it is built: the pages that are open are made before all others, and shown at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..values import dataclass


class SupersededError(BaseException):
    """A build is given up, since its sources have changed and another one waits; no mistake, so nothing catches it."""


@dataclass(frozen=True)
class Viewer:
    """A viewer of the pages `open`."""

    open: frozenset[str] = frozenset()
    """Their output paths; empty if no page is open."""
    show: Callable[[Mapping[str, bytes]], None] = lambda _: None
    """Is given these pages and what they load, by output path, as far as it is new."""
    is_waiting: Callable[[], bool] = lambda: False
    """Tells whether the build is to be given up."""
