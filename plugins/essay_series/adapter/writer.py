"""Pelican's writer, which writes only the pages that would not be what they were."""

from __future__ import annotations

from typing import Any

from pelican.writers import Writer

from ..build.memory import Memory
from .waiting import PROGRESS

MEMORY = "ESSAY_SERIES_MEMORY"
"""Key under which a build's settings hold what it takes over from the one before."""
KEYS = "ESSAY_SERIES_KEYS"
"""Key under which a build's settings hold the key of every page, by its output path."""


class KeepingWriter(Writer):
    """A page is made of its view alone, so one whose view, settings and theme are as they were is taken over."""

    count = 0
    """Pages that were asked for."""

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **kwargs: Any) -> None:
        """Write the page `name` as Pelican does, unless it can be taken over."""
        keys = self.settings[KEYS]
        key = keys.get(name)
        self.count += 1
        PROGRESS.step("write pages", self.count, max(len(keys), self.count))
        if key is None or not self.memory.keep(name, key):
            super().write_file(name, template, context, *args, **kwargs)

    @property
    def memory(self) -> Memory:
        """What this build takes over from the one before."""
        memory: Memory = self.settings[MEMORY]
        return memory
