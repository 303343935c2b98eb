"""What open pages are told: which build they can see, and what is wrong with the sources since."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Generator, Mapping
from threading import Condition
from time import time_ns

from ....values import dataclass

HEARTBEAT = 10.0
"""Seconds after which a quiet channel says that it is still there, and so finds out who has left."""


@dataclass(frozen=True, slots=True)
class News:
    """The state of the preview."""

    version: str
    """Tells the last build that succeeded from others; it differs after each, and after each start."""
    problems: str = ""
    """What the last build said, if it failed."""

    def as_event(self) -> bytes:
        """Return it as a server-sent event (HTML, section 9.2)."""
        return f"data: {json.dumps({'version': self.version, 'problems': self.problems})}\n\n".encode()


class Channel:
    """Holds the news, and hands it to all pages that listen."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._is_open = True
        self._pages: Counter[str] = Counter()
        self._early: tuple[News, Mapping[str, bytes]] = (News(""), {})
        """Files of a build that has not ended, and what their pages are told."""
        self.news = News("0")

    @property
    def pages(self) -> frozenset[str]:
        """The output paths of all pages that listen."""
        with self._changed:
            return frozenset(+self._pages)

    def early(self, path: str) -> bytes | None:
        """Return what the file `path` holds by a build that has not ended; None if that build has not shown it."""
        return self._early[1].get(path)

    def show(self, files: Mapping[str, bytes]) -> None:
        """Let the pages among `files`, given by output path, be seen before the build has ended."""
        with self._changed:
            self._early = (News(str(time_ns())), {**self._early[1], **files})
            self._changed.notify_all()

    def built(self, *, again: bool = True) -> None:
        """Tell that a build succeeded.

        Args:
            again: whether pages that were shown early are loaded once more.

        """
        with self._changed:
            early, files = self._early
            self.news = News(str(time_ns()) if again or not files else early.version)
            self._early = (early, {})
            self._changed.notify_all()

    def failed(self, problems: str) -> None:
        """Tell that a build failed, and why; the last good pages stay, those of a build that was given up too."""
        with self._changed:
            early, files = self._early
            self.news, self._early = News(self.news.version, problems), (News(early.version, problems), files)
            self._changed.notify_all()

    def close(self) -> None:
        """Let all listeners go."""
        with self._changed:
            self._is_open = False
            self._changed.notify_all()

    def events(self, page: str = "") -> Generator[bytes, None, None]:
        """Yield the news now, then each time it changes, and a comment when it has not for a while.

        Args:
            page: the output path of the page that listens.

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
