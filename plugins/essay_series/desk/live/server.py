"""Serves the preview on this machine only: files as they are built, and the preview's own script at serving time."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .channel import Channel

HOST = "127.0.0.1"
TRIES = 20
OWN = "/_preview/"
"""Where the preview's own files are found; no page of the site begins so."""

_HERE = Path(__file__).parent
_FILES: Mapping[str, str] = {"live.js": "text/javascript", "live.css": "text/css"}
_SCRIPT = f'<link rel="stylesheet" href="{OWN}live.css"><script src="{OWN}live.js" defer></script>'.encode()
_NO_PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>Preview</title><h1>There is no page here</h1>"


class Server(ThreadingHTTPServer):
    """A server to which a browser that closes its connection early is normal."""

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base class has it
        """Print the traceback of what went wrong, unless the browser has just left."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(SimpleHTTPRequestHandler):
    """Answers with pages that listen, and lets no browser keep any."""

    def __init__(self, *args: object, channel: Channel, **kwargs: object) -> None:
        self.channel = channel
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with the news, with a file of the preview's own, or with a file of the site."""
        path = unquote(urlsplit(self.path).path)
        if path == f"{OWN}events":
            self._stream()
        elif path.removeprefix(OWN) in _FILES and path.startswith(OWN):
            name = path.removeprefix(OWN)
            self._send((_HERE / name).read_bytes(), _FILES[name])
        else:
            self._send_page()

    def _send_page(self) -> None:
        file = Path(self.translate_path(self.path))
        try:
            file = file / "index.html" if file.is_dir() else file
            body = file.read_bytes()
        except (OSError, ValueError):  # it is not there, or no file can have this name
            self._send_missing()
            return
        if file.suffix == ".html":
            self._send(_listening(body), "text/html; charset=utf-8")
        else:
            self._send(body, self.guess_type(file))

    def _send_missing(self) -> None:
        missing = Path(self.directory, "404.html")
        page = missing.read_bytes() if missing.is_file() else _NO_PAGE.encode()
        self._send(_listening(page), "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for event in self.channel.events():
            self.wfile.write(event)
            self.wfile.flush()

    def end_headers(self) -> None:
        """Add what keeps a browser from showing an old page."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: the terminal is for the author's mistakes."""


def _listening(page: bytes) -> bytes:
    """Return `page` with the script by which it learns of changes."""
    head, end, tail = page.rpartition(b"</body>")
    return head + _SCRIPT + end + tail if end else page + _SCRIPT


def server(folder: Path, port: int, channel: Channel) -> Server:
    """Return a server of `folder` at `port`, or at the next one that is free.

    Raises:
        OSError: no port of the next twenty is free.

    """
    handler = partial(Handler, channel=channel, directory=str(folder))
    for candidate in range(port, port + TRIES):
        try:
            return Server((HOST, candidate), handler)
        except OSError:
            continue
    message = f"no port from {port} to {port + TRIES - 1} is free"
    raise OSError(message)
