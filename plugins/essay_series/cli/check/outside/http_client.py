"""Asking for an address over HTTP, as a guest does: by name, one thing at a time, and not again when told to wait."""

from __future__ import annotations

import re
import socket
import string
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPResponse
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Lock
from typing import Literal
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    getproxies,
    proxy_bypass,
)

from ....package import NAME
from .answer import NotAskedError, Reply, believed

PAUSE = 0.5
"""Seconds between two requests to one host."""
TIMEOUT = 10.0
"""Seconds that a host may take to say something."""
USUAL_WAIT = 3600
"""Seconds to leave a host alone that says "too many requests" and not for how long."""


@dataclass
class _Turn:
    lock: Lock = field(default_factory=Lock)
    free_at: float = 0.0
    resting: Reply | None = None


class HttpClient:
    """Asks for addresses; may be called from many threads, and asks each host for one thing at a time."""

    def __init__(self, agent: str, *, loopback: bool = False, pause: float = PAUSE, timeout: float = TIMEOUT) -> None:
        """Prepare to ask.

        Args:
            agent: who asks, as each host is told.
            loopback: whether addresses of this machine may be asked.
            pause: seconds between two requests to one host.
            timeout: seconds that a host may take to say something.

        """
        self._agent, self._loopback, self._pause, self._timeout = agent, loopback, pause, timeout
        self._turns: dict[str, _Turn] = {}
        self._turns_lock = Lock()
        self._opener = OpenerDirector()
        for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
            self._opener.add_handler(handler)

    def fetch(self, address: str) -> Reply:
        """Return what `address` is answered with, to HEAD or, where a host does not like that, to GET.

        Raises:
            NotAskedError: the address is no one's business.
            OSError: there was no answer.
            HTTPException: the answer is not HTTP.
            ValueError: `address` is none.

        """
        asked = on_the_wire(address)
        reply = self._ask("HEAD", asked)
        return reply if reply.status < HTTPStatus.BAD_REQUEST else self._ask("GET", asked)

    def get(self, address: str, most: int) -> tuple[Reply, bytes]:
        """Return what `address` is answered with, and the first `most` bytes of it.

        Raises:
            NotAskedError: the address is no one's business, or there is more than that.
            OSError: there was no answer.
            HTTPException: the answer is not HTTP.
            ValueError: `address` is none.

        """
        asked = on_the_wire(address)
        parts = urlsplit(asked)
        with self._turn(parts.hostname or "") as turn:
            if turn.resting:
                return turn.resting, b""
            self._refuse_private(parts)
            request = Request(asked, headers={"User-Agent": self._agent, "Accept": "*/*"})  # noqa: S310 - the opener knows HTTP only
            with closing(self._opener.open(request, timeout=self._timeout)) as response:
                reply = _reply(response)
                turn.resting = reply if reply.wait else None
                data = response.read(most + 1)
        if len(data) > most:
            raise NotAskedError(f"it is larger than {most:,} bytes")
        return reply, data

    def _ask(self, method: Literal["HEAD", "GET"], address: str) -> Reply:
        parts = urlsplit(address)
        with self._turn(parts.hostname or "") as turn:
            if not turn.resting:
                self._refuse_private(parts)
                reply = self._send(method, address)
                turn.resting = reply if reply.wait else None
                return reply
            return turn.resting

    def _send(self, method: str, address: str) -> Reply:
        headers = {"User-Agent": self._agent, "Accept": "*/*"}
        request = Request(address, headers=headers, method=method)  # noqa: S310 - the opener knows HTTP only
        with closing(self._opener.open(request, timeout=self._timeout)) as response:
            return _reply(response)

    @contextmanager
    def _turn(self, host: str) -> Iterator[_Turn]:
        with self._turns_lock:
            turn = self._turns.setdefault(host, _Turn())
        with turn.lock:
            time.sleep(max(0.0, turn.free_at - time.monotonic()))
            try:
                yield turn
            finally:
                turn.free_at = time.monotonic() + self._pause

    def _refuse_private(self, parts: SplitResult) -> None:
        for place in _places(parts):
            if not (place.is_global or (self._loopback and place.is_loopback)):
                raise NotAskedError("it is an address of this machine or of a private network")


def _reply(response: HTTPResponse) -> Reply:
    location = quote(response.headers.get("Location", ""), safe=string.punctuation, encoding="iso-8859-1")
    return Reply(response.status, location, waiting(response.status, response.headers.get("Retry-After", "")))


def on_the_wire(address: str) -> str:
    """Return `address` as it is sent: in ASCII, with a path, and without a name, a password or a fragment.

    Raises:
        ValueError: it is no address of HTTP.

    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(address)
    host = parts.hostname.encode("idna").decode()
    netloc = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
    path, query = (quote(each, safe=string.punctuation) for each in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def waiting(status: int, retry_after: str) -> int:
    """Return for how many seconds a host asks to be left alone; 0 if it does not.

    Args:
        status: of its answer.
        retry_after: its header of that name, seconds or a date; empty if there is none.

    """
    usual = USUAL_WAIT if status == HTTPStatus.TOO_MANY_REQUESTS else 0
    if status < HTTPStatus.BAD_REQUEST or not retry_after:
        return usual
    if re.fullmatch(r"[0-9]{1,9}", retry_after):
        return int(retry_after) or usual
    try:
        then = parsedate_to_datetime(retry_after)
    except ValueError:
        return usual
    seconds = (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return max(int(seconds), usual)


def agent(name: str, root: str) -> str:
    """Return how a site presents itself to the hosts that it asks.

    Args:
        name: the site's name.
        root: its own address; empty if it has none yet.

    """
    plain = " ".join(re.findall(r"[!-'*-~]+", name)) or "an essay series"
    return f"{NAME} (link check of {plain}{f'; +{root}' if root else ''})"


def _places(parts: SplitResult) -> list[IPv4Address | IPv6Address]:
    """Return where a request would go; nowhere known if a proxy looks the name up."""
    host = parts.hostname or ""
    try:
        return [ip_address(host)]
    except ValueError:
        pass
    if parts.scheme in getproxies() and not proxy_bypass(host):
        return []
    try:
        found = _look_up(host)
    except socket.gaierror as error:
        raise believed(error, _look_up) from error
    return [ip_address(each.partition("%")[0]) for each in found]


def _look_up(host: str) -> list[str]:
    return [str(where[0]) for *_, where in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
