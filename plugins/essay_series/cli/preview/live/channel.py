"""The news for open pages: the version of the last good build, and the problems since."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Generator, Mapping
from threading import Condition
from time import time_ns

from ....values import dataclass

HEARTBEAT = 10.0
"""Seconds between messages on a quiet channel, which detect closed connections."""


@dataclass(frozen=True, slots=True)
class News:
    """The state of the preview."""

    version: str
    """An opaque id of the last good build; pages reload when it changes."""
    problems: str = ""
    """The messages of the last build, if it failed."""

    def as_event(self) -> bytes:
        """Return the news as a server-sent event (HTML Standard, section 9.2)."""
        return f"data: {json.dumps({'version': self.version, 'problems': self.problems})}\n\n".encode()


class Channel:
    """Holds the news, and sends it to all pages that listen; thread-safe."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._is_open = True
        self._pages: Counter[str] = Counter()
        self._early: tuple[News, Mapping[str, bytes]] = (News(""), {})
        """The files of a build that is still running, and the news for their pages."""
        self.news = News("0")

    @property
    def pages(self) -> frozenset[str]:
        """The output paths of the pages that listen."""
        with self._changed:
            return frozenset(+self._pages)

    def early(self, path: str) -> bytes | None:
        """Return the content of the file `path` by the running build; None if that has not shown it."""
        return self._early[1].get(path)

    def show(self, files: Mapping[str, bytes]) -> None:
        """Show `files`, contents by output path, before their build has ended."""
        with self._changed:
            self._early = (News(str(time_ns())), {**self._early[1], **files})
            self._changed.notify_all()

    def built(self, *, again: bool = True) -> None:
        """Announce a good build; if `again`, pages that were shown early reload too."""
        with self._changed:
            early, files = self._early
            self.news = News(str(time_ns()) if again or not files else early.version)
            self._early = (early, {})
            self._changed.notify_all()

    def failed(self, problems: str) -> None:
        """Announce a failed build with its `problems`; the last good pages stay, also early ones."""
        with self._changed:
            early, files = self._early
            self.news, self._early = News(self.news.version, problems), (News(early.version, problems), files)
            self._changed.notify_all()

    def close(self) -> None:
        """End all streams of events."""
        with self._changed:
            self._is_open = False
            self._changed.notify_all()

    def events(self, page: str = "") -> Generator[bytes, None, None]:
        """Yield the news for the page with the output path `page` now and after each change.

        A comment follows each quiet `HEARTBEAT`.
        """
        with self._changed:
            self._pages[page] += 1
        known: News | None = None
        try:
            while self._is_open:
                news = self._news_for(page)
                if news is not known:
                    known = news
                    yield known.as_event()
                else:
                    yield b": still here\n\n"
                with self._changed:
                    if self._is_open and self._news_for(page) is known:
                        self._changed.wait(HEARTBEAT)
        finally:
            with self._changed:
                self._pages[page] -= 1

    def _news_for(self, page: str) -> News:
        early, files = self._early
        return early if page in files else self.news
