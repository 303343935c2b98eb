"""The progress of a long build: a bar in a terminal, or a line every ten seconds in a CI log."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # few builds last long enough for a bar
    from rich import progress
    from rich.console import Console

PATIENCE = 1.5
"""Seconds before anything is shown; most builds are over by then."""
OFTEN, SELDOM = 0.1, 10.0
"""Seconds between two updates of the bar, and between two lines of a log."""


@dataclass
class Progress:
    """Shows how much of a phase is done: in a terminal, or in a log if `CI` is set; otherwise not at all."""

    console: Console
    clock: Callable[[], float] = perf_counter
    _began: float = 0.0
    _said: float = 0.0
    _bar: progress.Progress | None = None
    _task: progress.TaskID | None = None

    def __post_init__(self) -> None:
        """Start the clock."""
        self._began = self._said = self.clock()

    def step(self, phase: str, done: int, of: int) -> None:
        """Show that `done` of `of` texts or files of `phase` are done, unless the last update was too recent."""
        now = self.clock()
        if now - self._began < PATIENCE or now - self._said < (OFTEN if self.console.is_terminal else SELDOM):
            return
        if self.console.is_terminal:
            self._draw(phase, done, of)
        elif os.environ.get("CI"):
            print(f"{phase}: {done:,} of {of:,}", file=sys.stderr, flush=True)  # noqa: T201 - it is the log
        self._said = now

    def end(self) -> None:
        """Remove the bar, and restart the clock for the next build."""
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
