"""A host of other people's pages, on loopback: what it answers is in the address, and it notes who asked for what."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from threading import Event, Lock, Thread

from quiet import QuietServer


class Host(QuietServer):
    """Answers ``/200/anything`` with 200, and so on; ``/301/to/x`` leads on to ``/x``.

    ``/get/404/…`` is said to HEAD only, and GET is answered with 200; ``/hangs`` says nothing until the test is over.
    """

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.moments: list[float] = []
        self.agents: set[str] = set()
        self.most_at_once = 0
        self.hanging, self.over = Event(), Event()
        self.at_once, self.lock = 0, Lock()

    @property
    def address(self) -> str:
        """Where it is reached, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Host

    def do_HEAD(self) -> None:
        """Answer with the status that the address names."""
        host = self.server
        with host.lock:
            host.asked.append(f"{self.command} {self.path}")
            host.moments.append(time.monotonic())
            host.agents.add(self.headers["User-Agent"])
            host.at_once += 1
            host.most_at_once = max(host.most_at_once, host.at_once)
        if self.path == "/hangs":
            host.hanging.set()
            host.over.wait()
        time.sleep(0.01)
        with host.lock:
            host.at_once -= 1
        self._answer()

    def do_GET(self) -> None:
        """Answer likewise; nothing here has a body."""
        self.do_HEAD()

    def _answer(self) -> None:
        numbers = re.match(r"/(?:get/)?([0-9]{3})\b", self.path)
        asked_for_whole = self.path.startswith("/get/") and self.command == "GET"
        self.send_response(200 if asked_for_whole or not numbers else int(numbers[1]))
        if "/to/" in self.path:
            self.send_header("Location", "/" + self.path.partition("/to/")[2])
        if wait := re.search(r"/wait/([0-9]+)", self.path):
            self.send_header("Retry-After", wait[1])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def a_host() -> Iterator[Host]:
    """Run a host until the test is over."""
    with Host() as host:
        thread = Thread(target=host.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield host
        finally:
            host.over.set()
            host.shutdown()
            thread.join()
