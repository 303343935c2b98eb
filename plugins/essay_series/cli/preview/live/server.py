"""The preview's server, for this machine only: the built files, with a script that reloads pages."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from contextlib import closing
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ....routes import output_path
from .channel import Channel
from .visitors import comes_from_elsewhere, may_ask

HOST = "127.0.0.1"
TRIES = 20
OWN = "/_preview/"
"""The folder of the preview's own files; no address of the site begins with it."""

_HERE = Path(__file__).parent
_FILES: Mapping[str, str] = {"live.js": "text/javascript", "live.css": "text/css"}
_SCRIPT = f'<link rel="stylesheet" href="{OWN}live.css"><script src="{OWN}live.js" defer></script>'.encode()
_HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ELSEWHERE = "The preview answers to names of this machine only; PREVIEW_HOSTS allows others."
_NO_PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>Preview</title><h1>There is no page here</h1>"


class NoPortError(Exception):
    """The preview can use neither the given port nor the next ones."""


class Server(ThreadingHTTPServer):
    """Serves each connection in a thread of its own; an open page holds one, its stream of events."""

    request_queue_size = 100

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as the base class has it
        """Print the traceback of an error, unless the client has closed the connection or does not read."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(SimpleHTTPRequestHandler):
    """Serves pages with the script in them, uncached."""

    timeout = 5.0
    """Seconds for a client to send its request, and to receive the response."""

    def __init__(self, *args: object, channel: Channel, allowed: Collection[str], **kwargs: object) -> None:
        self.channel = channel
        self.allowed = allowed
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def parse_request(self) -> bool:
        """Parse a request, and tell whether it is to be handled; if it is forbidden, respond so."""
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        named = [] if self.path.startswith("/") else [self.path.partition("://")[2].partition("/")[0]]
        if not may_ask(hosts, self.allowed) or (named and not may_ask(named, self.allowed)):
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, _ELSEWHERE)
            return False
        if comes_from_elsewhere(self.headers.get("Origin", ""), hosts[0], self.allowed):
            self._refuse(HTTPStatus.FORBIDDEN, "The preview accepts requests of its own pages only.")
            return False
        return True

    def do_HEAD(self) -> None:
        """Respond as to a GET, without the body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Respond with the stream of events, with a file of the preview's own, or with a file of the site."""
        path = unquote(urlsplit(self.path).path)
        if path == f"{OWN}events":
            self._stream()
        elif path.removeprefix(OWN) in _FILES and path.startswith(OWN):
            name = path.removeprefix(OWN)
            self._send((_HERE / name).read_bytes(), _FILES[name])
        else:
            self._send_page()

    def _send_page(self) -> None:
        path, file = output_path(unquote(urlsplit(self.path).path)), Path(self.translate_path(self.path))
        body = self.channel.early(path)
        try:
            file = file / "index.html" if file.is_dir() else file
            body = file.read_bytes() if body is None else body
        except (OSError, ValueError):  # there is no such file, or no file can have this name
            self._send_missing()
            return
        if path.endswith(".html") or file.suffix == ".html":
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
        if self.command != "HEAD":
            self.wfile.write(body)

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        self.close_connection = True
        self._send(f"{message}\n".encode(), "text/plain; charset=utf-8", status)

    def _stream(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if self.command == "HEAD":
            return
        page = output_path(unquote(urlsplit(self.path).query))
        with closing(self.channel.events(page)) as events:
            for event in events:
                self.wfile.write(event)
                self.wfile.flush()

    def end_headers(self) -> None:
        """Add headers against caching, and against embedding by other sites."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Log no requests: the terminal is for the messages of builds."""


def _listening(page: bytes) -> bytes:
    """Return the HTML `page` with the script that reloads it."""
    head, end, tail = page.rpartition(b"</body>")
    return head + _SCRIPT + end + tail if end else page + _SCRIPT


def server(folder: Path, port: int, channel: Channel, allowed: Collection[str] = ()) -> Server:
    """Return a server for `folder` on `port`, where 0 means any, or on the next free one.

    It answers requests for the names of this machine, and for the host names `allowed`.

    Raises:
        NoPortError: none of the next `TRIES` ports can be used.

    """
    handler = partial(Handler, channel=channel, allowed=allowed, directory=str(folder))
    ports = range(port, min(port + TRIES, 2**16))
    for candidate in ports:
        try:
            return Server((HOST, candidate), handler)
        except PermissionError as error:
            raise NoPortError(f"Port {candidate} needs administrator rights. Choose another: PORT=8000.") from error
        except OSError:
            continue
    raise NoPortError(f"No port from {ports[0]} to {ports[-1]} is free. Choose another: PORT=9000.")
