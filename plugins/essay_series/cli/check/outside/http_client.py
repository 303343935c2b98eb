"""A polite HTTP client: it names itself, sends one request at a time to a host, and obeys Retry-After."""

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
from .answer import NotAskedError, Reply, confirmed

PAUSE = 0.5
"""Seconds between two requests to one host."""
TIMEOUT = 10.0
"""Seconds to wait for a host."""
DEFAULT_WAIT = 3600
"""Seconds to wait after "too many requests" (429) without Retry-After (RFC 6585)."""


@dataclass
class _Host:
    lock: Lock = field(default_factory=Lock)
    free_at: float = 0.0
    refusal: Reply | None = None
    """The reply by which the host wants no further requests."""


class HttpClient:
    """Sends requests; thread-safe, with one request at a time to each host."""

    def __init__(self, agent: str, *, loopback: bool = False, pause: float = PAUSE, timeout: float = TIMEOUT) -> None:
        """Send nothing yet; `agent` is the User-Agent header, and `loopback` allows requests to this machine."""
        self._agent, self._loopback, self._pause, self._timeout = agent, loopback, pause, timeout
        self._hosts: dict[str, _Host] = {}
        self._hosts_lock = Lock()
        self._opener = OpenerDirector()
        for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler()):
            self._opener.add_handler(handler)

    def fetch(self, address: str) -> Reply:
        """Return the reply of `address` to HEAD or, if that is an error, to GET.

        Raises:
            NotAskedError: it is an address in a private network.
            OSError: there was no response.
            HTTPException: the response is not HTTP.
            ValueError: `address` is not a web address.

        """
        url = request_url(address)
        reply, _ = self._send("HEAD", url)
        return reply if reply.status < HTTPStatus.BAD_REQUEST else self._send("GET", url)[0]

    def get(self, address: str, most: int) -> tuple[Reply, bytes]:
        """Return the reply of `address` to GET, and its body.

        Raises:
            NotAskedError: it is an address in a private network, or the body has more than `most` bytes.
            OSError: there was no response.
            HTTPException: the response is not HTTP.
            ValueError: `address` is not a web address.

        """
        reply, data = self._send("GET", request_url(address), most + 1)
        if len(data) > most:
            raise NotAskedError(f"it is larger than {most:,} bytes")
        return reply, data

    def _send(self, method: Literal["HEAD", "GET"], url: str, size: int = 0) -> tuple[Reply, bytes]:
        """Return the reply, and the first `size` bytes of the body."""
        parts = urlsplit(url)
        with self._turn(parts.hostname or "") as host:
            if host.refusal:
                return host.refusal, b""
            self._refuse_private(parts)
            headers = {"User-Agent": self._agent, "Accept": "*/*"}
            request = Request(url, headers=headers, method=method)  # noqa: S310 - the opener knows HTTP only
            with closing(self._opener.open(request, timeout=self._timeout)) as response:
                reply = _reply(response)
                host.refusal = reply if reply.wait else None
                return reply, response.read(size) if size else b""

    @contextmanager
    def _turn(self, name: str) -> Iterator[_Host]:
        """Wait until a request may be sent to the host `name`, and keep other threads from it."""
        with self._hosts_lock:
            host = self._hosts.setdefault(name, _Host())
        with host.lock:
            time.sleep(max(0.0, host.free_at - time.monotonic()))
            try:
                yield host
            finally:
                host.free_at = time.monotonic() + self._pause

    def _refuse_private(self, parts: SplitResult) -> None:
        for address in _ip_addresses(parts):
            if not (address.is_global or (self._loopback and address.is_loopback)):
                raise NotAskedError("it is an address of this machine or of a private network")


def _reply(response: HTTPResponse) -> Reply:
    location = quote(response.headers.get("Location", ""), safe=string.punctuation, encoding="iso-8859-1")
    return Reply(response.status, location, retry_after(response.status, response.headers.get("Retry-After", "")))


def request_url(address: str) -> str:
    """Return the URL to request for `address`: in ASCII, with a path, without user name, password and fragment.

    Raises:
        ValueError: it is not a valid HTTP URL.

    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(address)
    host = parts.hostname.encode("idna").decode()
    netloc = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
    path, query = (quote(each, safe=string.punctuation) for each in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def retry_after(status: int, header: str) -> int:
    """Return for how many seconds a host wants no further requests; 0 if it does not say so.

    `header` is the value of Retry-After (RFC 9110), seconds or a date; empty if there is none.
    """
    usual = DEFAULT_WAIT if status == HTTPStatus.TOO_MANY_REQUESTS else 0
    if status < HTTPStatus.BAD_REQUEST or not header:
        return usual
    if re.fullmatch(r"[0-9]{1,9}", header):
        return int(header) or usual
    try:
        then = parsedate_to_datetime(header)
    except ValueError:
        return usual
    seconds = (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return max(int(seconds), usual)


def user_agent(name: str, root: str) -> str:
    """Return the User-Agent header of the site `name` with the URL `root`, which may be empty."""
    plain = " ".join(re.findall(r"[!-'*-~]+", name)) or "an essay series"
    return f"{NAME} (link check of {plain}{f'; +{root}' if root else ''})"


def _ip_addresses(parts: SplitResult) -> list[IPv4Address | IPv6Address]:
    """Return the IP addresses of a host; none if a proxy resolves its name."""
    host = parts.hostname or ""
    try:
        return [ip_address(host)]
    except ValueError:
        pass
    if parts.scheme in getproxies() and not proxy_bypass(host):
        return []
    try:
        found = _resolve(host)
    except socket.gaierror as error:
        raise confirmed(error, _resolve) from error
    return [ip_address(each.partition("%")[0]) for each in found]


def _resolve(host: str) -> list[str]:
    return [str(where[0]) for *_, where in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
