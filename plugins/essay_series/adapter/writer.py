"""Pelican's writer, which writes only the pages that would not be what they were, and those and feeds on all cores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.writers import Writer

from ..build.crew import Crew
from ..build.memory import Memory
from .settings import is_alone
from .waiting import PROGRESS

MEMORY = "ESSAY_SERIES_MEMORY"
"""Key under which a build's settings hold what it takes over from the one before."""
KEYS = "ESSAY_SERIES_KEYS"
"""Key under which a build's settings hold the key of every page, by its output path."""
MADE = "ESSAY_SERIES_MADE"
"""Key under which a build's settings and context share the set of files that it made."""

WORTH_A_FORK = 60
"""Pages that one process renders in less time than two need to start and to talk; measured on two cores."""


Page = tuple[Any, Callable[[], object]]
"""A template, and what writes a page with it; None for a feed of Pelican's."""


class KeepingWriter(Writer):
    """A page is made of its view alone, so one whose view, settings and theme are as they were is taken over.

    Where nobody else looks at what is written, pages and feeds wait until all are known, and all cores write them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others_listen = max(len(each.receivers) for each in (signals.content_written, signals.feed_written)) > 1
        others_listen = others_listen or bool(signals.feed_generated.receivers)
        self.keeps = is_alone(self.settings) and not others_listen
        """Whether pages are made of their views alone; another plugin may put anything into them."""
        self._may_wait = self.keeps
        self._waiting: list[Page] = []
        self._opened: list[str] = []

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **kwargs: Any) -> None:
        """Write the page `name` as Pelican does, now or with the others, unless it can be taken over."""
        key = self.settings[KEYS].get(name)
        if key is not None and self.keeps and self.memory.keep(name, key):
            return
        self._write_or_wait((template, partial(super().write_file, name, template, context, *args, **kwargs)), kwargs)

    def write_feed(self, elements: Any, context: Any, path: str | None = None, *args: Any, **kwargs: Any) -> Any:
        """Write a feed as Pelican does, now or with the pages; return it where it is not to be written."""
        write = partial(super().write_feed, elements, context, path, *args, **kwargs)
        return self._write_or_wait((None, write), kwargs) if path else write()

    def _write_or_wait(self, page: Page, how: Mapping[str, Any]) -> None:
        if self._may_wait and not how.get("override_output"):
            self._waiting.append(page)
        else:
            self._write(page)

    def finish(self) -> None:
        """Write all pages and feeds that wait; those that come after them are written at once."""
        self._may_wait = False
        first = {id(page[0]): page for page in reversed(self._waiting)}
        rest = [page for page in self._waiting if first[id(page[0])] is not page]
        self._waiting.clear()
        for page in first.values():
            self._write(page)  # here, so that its template is known to every process
        there = set(self._written_files)
        for paths in Crew(rest, self._write, WORTH_A_FORK).results(partial(PROGRESS.step, "write pages")):
            for path in paths:
                if path in there:
                    self._open_w(path, "utf-8")  # which says that it is there already
                there.add(path)
                self._written_files.add(path)
                self.settings[MADE].add(Path(path))

    @property
    def memory(self) -> Memory:
        """What this build takes over from the one before."""
        memory: Memory = self.settings[MEMORY]
        return memory

    def _write(self, page: Page) -> list[str]:
        """Write `page`, and return the files that this made."""
        self._opened.clear()
        page[1]()
        return list(self._opened)

    def _open_w(self, filename: str, *args: Any, **kwargs: Any) -> Any:
        if filename not in self._overridden_files:
            self._opened.append(filename)
        return super()._open_w(filename, *args, **kwargs)
