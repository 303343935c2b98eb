"""A threading server with a limit on its connections, and a time limit for requests."""

from __future__ import annotations

import sys
from contextlib import suppress
from http.server import ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Lock
from time import monotonic
from typing import Any

MOST = 100
"""Connections at the same time; each open page holds one, its stream of events."""
PATIENCE = 5.0
"""Seconds for a client to send its request, and to receive the response."""


class Server(ThreadingHTTPServer):
    """Serves up to `MOST` connections; a further one takes the place of one that has sent no request yet."""

    request_queue_size = MOST

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the base class has it
        self._lock = Lock()
        self._open: dict[socket, float] = {}
        """The time at which each connection was opened, oldest first."""
        self._heard: set[socket] = set()
        super().__init__(*args, **kwargs)

    def heard(self, request: socket) -> None:
        """Note that the client of a connection has sent its request."""
        with self._lock:
            self._heard.add(request)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base class has it
        """Serve a new connection; close it if `MOST` connections have sent requests."""
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
        """Close a connection."""
        with self._lock:
            self._open.pop(request, None)
            self._heard.discard(request)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Close connections without a request in time; called every half second."""
        with self._lock:
            late = monotonic() - PATIENCE
            gone = [each for each, since in self._open.items() if since < late and each not in self._heard]
        for each in gone:
            _hang_up(each)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base class has it
        """Print the traceback of an error, unless the client has closed the connection or does not read."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def _hang_up(connection: socket) -> None:
    """Shut `connection` down, so that the thread that reads it sees its end."""
    with suppress(OSError):
        connection.shutdown(SHUT_RDWR)
