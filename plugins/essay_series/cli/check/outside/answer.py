"""The meaning of replies and errors of requests, as an `Answer`; this module sends no requests."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from http.client import HTTPException
from typing import Literal
from urllib.error import URLError
from urllib.parse import urljoin

from ....values import dataclass

Verdict = Literal["fine", "moved", "dead", "unknown"]

MOST_REDIRECTS = 5
_PERMANENT = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
_REDIRECTS = (*_PERMANENT, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT)
_DEAD = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_NO_SUCH_HOST = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
EXISTING_HOST = "example.com"
"""A host name that always exists (RFC 2606), so that only a machine without a network cannot resolve it."""
_ISSUER_UNKNOWN_HERE = (2, 20, 21)
"""OpenSSL's codes for a certificate chain that is incomplete here; a browser may be able to complete it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The response to one request."""

    status: int
    location: str = ""
    """The target of a redirect, absolute or relative; empty if there is none."""
    wait: int = 0
    """For how many seconds the host wants no further requests (Retry-After)."""

    @property
    def is_redirect(self) -> bool:
        """Whether it redirects to `location`."""
        return self.status in _REDIRECTS and bool(self.location)

    def __str__(self) -> str:
        phrases = {each.value: each.phrase for each in HTTPStatus}
        return f"{self.status} {phrases.get(self.status, '')}".strip()


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for an address."""

    verdict: Verdict
    reason: str = ""
    """The problem, as the end of a sentence; empty if it is fine."""
    to: str = ""
    """The new address, if it has moved permanently."""
    wait: int = 0
    """For how many seconds its host wants no further requests."""


class NotAskedError(Exception):
    """No request is sent to this address, or its response is not used; the text says why."""


Fetch = Callable[[str], Reply]
"""Requests an address; raises the errors that `failure` takes."""


def follow(address: str, fetch: Fetch) -> Answer:
    """Request `address` by `fetch`, follow redirects, and return the result."""
    here, to, permanent = address, "", True
    for _ in range(MOST_REDIRECTS + 1):
        try:
            reply = fetch(here)
            if not reply.is_redirect:
                return _at(here, address, _answer(reply, to))
            here = urljoin(here, reply.location)
        except (OSError, HTTPException, ValueError, NotAskedError) as error:
            return _at(here, address, failure(error))
        permanent = permanent and reply.status in _PERMANENT
        to = here if permanent else to
    return Answer("unknown", f"it redirects more than {MOST_REDIRECTS} times")


def failure(error: Exception) -> Answer:
    """Return what the `error` of a request says about the address."""
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    match cause:
        case socket.gaierror():
            return _not_resolved(cause)
        case ssl.SSLError():
            return _tls_failure(cause)
        case TimeoutError():
            return Answer("unknown", "it did not answer in time")
        case OSError():
            return Answer("unknown", f"no connection, {cause.strerror or cause}")
        case ValueError():
            return Answer("dead", "it is not a valid address")
        case _:
            return Answer("unknown", str(cause) or type(cause).__name__)


def confirmed(error: socket.gaierror, resolve: Callable[[str], object]) -> socket.gaierror:
    """Return `error` or, if it says "no such host" only because there is no network, one that says "try again".

    `resolve` resolves a host name, or raises `socket.gaierror`.
    """
    if error.errno not in _NO_SUCH_HOST:
        return error
    try:
        resolve(EXISTING_HOST)
    except socket.gaierror:
        return socket.gaierror(socket.EAI_AGAIN, "no host name can be resolved")
    return error


def _not_resolved(error: socket.gaierror) -> Answer:
    if error.errno in _NO_SUCH_HOST:
        return Answer("dead", "the host does not exist")
    return Answer("unknown", "its host name could not be resolved")


def _tls_failure(error: ssl.SSLError) -> Answer:
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return Answer("unknown", "the connection was closed")
    if not isinstance(error, ssl.SSLCertVerificationError):
        return Answer("dead", f"its TLS does not work in browsers ({error.reason or 'no reason given'})")
    verdict: Verdict = "unknown" if error.verify_code in _ISSUER_UNKNOWN_HERE else "dead"
    return Answer(verdict, f"its certificate is not valid, {error.verify_message}")


def _at(here: str, address: str, answer: Answer) -> Answer:
    """Return `answer`, with the address `here` in its reason if that is not the `address` of the link."""
    if here == address or answer.verdict in ("fine", "moved"):
        return answer
    return replace(answer, reason=f"it redirects to {here}: {answer.reason}")


def _answer(reply: Reply, to: str) -> Answer:
    if HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer("moved", "it has moved permanently", to) if to else Answer("fine")
    verdict: Verdict = "dead" if reply.status in _DEAD else "unknown"
    return Answer(verdict, f"the answer is {reply}", wait=reply.wait)
