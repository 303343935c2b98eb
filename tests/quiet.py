"""A web server of files for tests, which prints nothing that a good run has to print."""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class QuietServer(ThreadingHTTPServer):
    """A server to which a browser that closes its connection early is normal; any other error is printed."""

    def handle_error(self, request, client_address):
        """Print the traceback of what went wrong, unless the client has just left."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class QuietFiles(SimpleHTTPRequestHandler):
    """Serves files and logs no requests."""

    def log_message(self, *_):
        """Print nothing."""


@contextmanager
def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = QuietFiles) -> Iterator[str]:
    """Serve `folder` on a free port of this machine, and yield the address, without a slash at its end."""
    with QuietServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
