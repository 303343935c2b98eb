"""How far a long build has come: a bar for who sits in front of it, a line now and then for who reads its log."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # few builds last so long that there is something to draw
    from rich import progress
    from rich.console import Console

PATIENCE = 1.5
"""Seconds for which nothing is said: most builds are over by then."""
OFTEN, SELDOM = 0.1, 10.0
"""Seconds between two looks of the bar, and between two lines of a log."""


@dataclass
class Progress:
    """Says how much of a phase is done, to a terminal or, where `CI` is set, to a log; otherwise not at all."""

    console: Console
    clock: Callable[[], float] = perf_counter
    _began: float = 0.0
    _said: float = 0.0
    _bar: progress.Progress | None = None
    _task: progress.TaskID | None = None

    def __post_init__(self) -> None:
        """Begin now."""
        self._began = self._said = self.clock()

    def step(self, phase: str, done: int, of: int) -> None:
        """Say that `done` of so many texts or files of `phase` are done, if it is time to say something."""
        now = self.clock()
        if now - self._began < PATIENCE or now - self._said < (OFTEN if self.console.is_terminal else SELDOM):
            return
        if self.console.is_terminal:
            self._draw(phase, done, of)
        elif os.environ.get("CI"):
            print(f"{phase}: {done:,} of {of:,}", file=sys.stderr, flush=True)  # noqa: T201 - it is the log
        self._said = now

    def end(self) -> None:
        """Take the bar away; the next build begins."""
        if self._bar:
            self._bar.stop()
        self._bar = self._task = None
        self._began = self._said = self.clock()

    def _draw(self, phase: str, done: int, of: int) -> None:
        if self._bar is None or self._task is None:
            from rich import progress  # noqa: PLC0415 - likewise

            columns = (progress.BarColumn(), progress.TextColumn("{task.description}"), progress.MofNCompleteColumn())
            self._bar = progress.Progress(*columns, console=self.console, transient=True, auto_refresh=False)
            self._task = self._bar.add_task(phase)
            self._bar.start()
        self._bar.update(self._task, description=phase, completed=done, total=of, refresh=True)
