"""Show the built site on this machine, and build it again after each change of a source.

``python -m essay_series.desk.serve 8000 -- COMMAND`` runs COMMAND to build, now and after each change. A build that
fails says why, and the last good pages stay.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from watchfiles import watch

WATCHED = ("content", "plugins", "theme", "pelicanconf.py")
HOST = "127.0.0.1"
TRIES = 20


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files, tells browsers not to keep them, and logs nothing."""

    def end_headers(self) -> None:
        """Add what keeps a browser from showing an old page."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: the terminal is for the author's mistakes."""


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of `folder` at `port`, or at the next one that is free.

    Raises:
        OSError: no port of the next twenty is free.

    """
    handler = partial(QuietHandler, directory=str(folder))
    for candidate in range(port, port + TRIES):
        try:
            return ThreadingHTTPServer((HOST, candidate), handler)
        except OSError:
            continue
    message = f"no port from {port} to {port + TRIES - 1} is free"
    raise OSError(message)


def serve(port: int, build: Sequence[str], folder: Path = Path("output")) -> None:
    """Build, serve `folder`, and build again after each change until Ctrl-C."""
    subprocess.run(build, check=False)
    with server(folder, port) as serving:
        Thread(target=serving.serve_forever, daemon=True).start()
        print(f"The site is at http://{HOST}:{serving.server_port}/ (Ctrl-C ends)", flush=True)
        for _ in watch(*(path for path in WATCHED if Path(path).exists()), raise_interrupt=False):
            subprocess.run(build, check=False)


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[3:])
