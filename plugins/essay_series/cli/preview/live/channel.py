"""What open pages are told: which build they can see, and what is wrong with the sources since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Condition
from time import time_ns

from ....values import dataclass

HEARTBEAT = 10.0
"""Seconds after which a quiet channel says that it is still there, and so finds out who has left."""


@dataclass(frozen=True, slots=True)
class News:
    """The state of the preview."""

    version: str
    """Stands for the last build that succeeded; it is another after each, and after each start."""
    problems: str = ""
    """What the last build said, if it failed."""

    def as_event(self) -> bytes:
        """Return it as a server-sent event (HTML, section 9.2)."""
        return f"data: {json.dumps({'version': self.version, 'problems': self.problems})}\n\n".encode()


class Channel:
    """Holds the news, and hands it to everybody who listens."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._open = True
        self.news = News("0")

    def built(self) -> None:
        """Tell that a build succeeded."""
        self._tell(News(str(time_ns())))

    def failed(self, problems: str) -> None:
        """Tell that a build failed, and why; the last good pages stay."""
        self._tell(News(self.news.version, problems))

    def close(self) -> None:
        """Let all listeners go."""
        with self._changed:
            self._open = False
            self._changed.notify_all()

    def events(self) -> Iterator[bytes]:
        """Yield the news now, then each time it changes, and a comment when it has not for a while."""
        known: News | None = None
        while self._open:
            if self.news is not known:
                known = self.news
                yield known.as_event()
            else:
                yield b": still here\n\n"
            with self._changed:
                if self._open and self.news is known:
                    self._changed.wait(HEARTBEAT)

    def _tell(self, news: News) -> None:
        with self._changed:
            self.news = news
            self._changed.notify_all()
