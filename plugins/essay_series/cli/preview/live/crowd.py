"""A server that neither slow nor many visitors bring to a stand."""

from __future__ import annotations

import sys
from contextlib import suppress
from http.server import ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Lock
from time import monotonic
from typing import Any

MOST = 100
"""Connections that are served at once; open pages keep one each."""
PATIENCE = 5.0
"""Seconds in which a visitor must have said what it asks for, and must take what it is given."""


class Server(ThreadingHTTPServer):
    """Serves as many as `MOST`; where another comes, one that has not asked for anything yet must go."""

    request_queue_size = MOST

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the base class has it
        self._lock = Lock()
        self._open: dict[socket, float] = {}
        """Every connection, oldest first, and when it was made."""
        self._heard: set[socket] = set()
        super().__init__(*args, **kwargs)

    def heard(self, request: socket) -> None:
        """Note that a visitor has said what it asks for."""
        with self._lock:
            self._heard.add(request)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base class has it
        """Serve a visitor, unless all places are taken by others that are served."""
        with self._lock:
            waiting = [each for each in self._open if each not in self._heard]
            full = len(self._open) >= MOST
            if not full or waiting:
                self._open[request] = monotonic()
        if full and not waiting:
            self.shutdown_request(request)
            return
        if full:
            _hang_up(waiting[0])
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - as the base class has it
        """End a connection."""
        with self._lock:
            self._open.pop(request, None)
            self._heard.discard(request)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Let go who says nothing; called again and again."""
        with self._lock:
            late = monotonic() - PATIENCE
            gone = [each for each, since in self._open.items() if since < late and each not in self._heard]
        for each in gone:
            _hang_up(each)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base class has it
        """Print the traceback of what went wrong, unless the visitor has just left, or does not take its answer."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def _hang_up(connection: socket) -> None:
    """Let the reader of `connection` find its end."""
    with suppress(OSError):
        connection.shutdown(SHUT_RDWR)
