"""The preview's browser pages during a build: those that are open are rendered first and shown at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..values import dataclass


class SupersededError(BaseException):
    """The build was cancelled because sources have changed again; not an `Exception`, so no handler stops it."""


@dataclass(frozen=True)
class Viewer:
    """A preview in which some pages are open."""

    open: frozenset[str] = frozenset()
    """The output paths of the pages that are open in a browser."""
    show: Callable[[Mapping[str, bytes]], None] = lambda _: None
    """Called with the new bytes of these pages and of the assets they load, by output path."""
    is_waiting: Callable[[], bool] = lambda: False
    """Returns whether another build is waiting, so that this one should be cancelled."""
