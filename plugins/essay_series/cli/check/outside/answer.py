"""What asking for an address comes to: replies and errors in, one `Answer` out. Nothing here speaks to the network."""

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
_LEADING_ON = (*_PERMANENT, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT)
_DEAD = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_NO_SUCH_HOST = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
KNOWN_TO_ALL = "example.com"
"""A name that is kept for such purposes and always found, unless this machine finds none at all."""
_ISSUER_UNKNOWN_HERE = (2, 20, 21)
"""OpenSSL's codes for a chain that this machine cannot complete; a browser may well be able to."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one request was answered with."""

    status: int
    location: str = ""
    """Where it leads on, as a whole or a relative address; empty for nowhere."""
    wait: int = 0
    """For how many seconds the host asks not to be asked again."""

    @property
    def leads_on(self) -> bool:
        """Whether the page is somewhere else."""
        return self.status in _LEADING_ON and bool(self.location)

    def __str__(self) -> str:
        phrases = {each.value: each.phrase for each in HTTPStatus}
        return f"{self.status} {phrases.get(self.status, '')}".strip()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of an address."""

    verdict: Verdict
    told: str = ""
    """What was seen, as the end of a sentence; empty where all is well."""
    to: str = ""
    """Where it has moved for good."""
    wait: int = 0
    """For how many seconds its host asks not to be asked again."""


class NotAskedError(Exception):
    """The address is one that is never asked; the text says why."""


Fetch = Callable[[str], Reply]
"""Asks for one address; raises what `failure` reads."""


def follow(address: str, fetch: Fetch) -> Answer:
    """Ask for `address`, and for what it leads on to, and return what is known then.

    Args:
        address: a web address.
        fetch: how one is asked for.

    """
    here, to, permanent = address, "", True
    for _ in range(MOST_REDIRECTS + 1):
        try:
            reply = fetch(here)
            if not reply.leads_on:
                return _at(here, address, _answer(reply, to))
            here = urljoin(here, reply.location)
        except (OSError, HTTPException, ValueError, NotAskedError) as error:
            return _at(here, address, failure(error))
        permanent = permanent and reply.status in _PERMANENT
        to = here if permanent else to
    return Answer("unknown", f"it leads on more than {MOST_REDIRECTS} times")


def failure(error: Exception) -> Answer:
    """Return what is known of an address that was not answered, by the error that asking for it raised."""
    reason = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    match reason:
        case socket.gaierror():
            return _nameless(reason)
        case ssl.SSLError():
            return _unsafe(reason)
        case TimeoutError():
            told = "it did not answer in time"
        case OSError():
            told = f"no connection, {reason.strerror or reason}"
        case ValueError():
            return Answer("dead", "it is no address")
        case _:
            told = str(reason) or type(reason).__name__
    return Answer("unknown", told)


def believed(error: socket.gaierror, look_up: Callable[[str], object]) -> socket.gaierror:
    """Return `error`, or one that says "try again" if "no such host" is said of every name, as it is without a network.

    Args:
        error: what looking up a name raised.
        look_up: looks up another.

    """
    if error.errno not in _NO_SUCH_HOST:
        return error
    try:
        look_up(KNOWN_TO_ALL)
    except socket.gaierror:
        return socket.gaierror(socket.EAI_AGAIN, "no name is found")
    return error


def _nameless(error: socket.gaierror) -> Answer:
    if error.errno in _NO_SUCH_HOST:
        return Answer("dead", "there is no such host")
    return Answer("unknown", "its host could not be looked up just now")


def _unsafe(error: ssl.SSLError) -> Answer:
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return Answer("unknown", "the connection broke off")
    if not isinstance(error, ssl.SSLCertVerificationError):
        return Answer("dead", f"it does not speak TLS as browsers do ({error.reason or 'no reason given'})")
    verdict: Verdict = "unknown" if error.verify_code in _ISSUER_UNKNOWN_HERE else "dead"
    return Answer(verdict, f"its certificate is not valid, {error.verify_message}")


def _at(here: str, address: str, answer: Answer) -> Answer:
    """Return `answer`, saying where it came from if that was not the address that is linked to."""
    if here == address or answer.verdict in ("fine", "moved"):
        return answer
    return replace(answer, told=f"it leads on to {here}: {answer.told}")


def _answer(reply: Reply, to: str) -> Answer:
    if HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer("moved", "it has moved for good", to) if to else Answer("fine")
    verdict: Verdict = "dead" if reply.status in _DEAD else "unknown"
    return Answer(verdict, f"the answer is {reply}", wait=reply.wait)
