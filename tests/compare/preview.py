"""What an author sees in the preview: all that ``make serve`` answers with, asked for as a browser does."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from threading import Timer
from urllib.error import HTTPError
from urllib.parse import quote, unquote, urljoin, urlsplit
from urllib.request import ProxyHandler, build_opener

PATIENCE = 300
"""Seconds until the preview has to be there."""
NOWHERE = "there-is-no-such-page/"
"""An address that no site has, to see what a reader is told there."""
_STARTED = re.compile(r"http://127\.0\.0\.1:(\d+)/")
_LINKS = re.compile(
    r"""\b(?:href|src|poster|data|action)\s*=\s*["']([^"'>]+)["']|\burl\(["']?([^"')]+)|<loc>([^<]+)</loc>"""
    r"""|"(?:url|home_page_url|feed_url|src|start_url)":\s*"([^"]+)"|\bsrcset\s*=\s*"([^"]+)\""""
)
_TEXTS = ("text/", "application/xml", "application/json", "application/xhtml", "application/feed", "image/svg")
_LOCAL = ("", "127.0.0.1", "localhost")
_OPENER = build_opener(ProxyHandler({}))


class NoPreviewError(Exception):
    """The preview did not start, or has no front page; the text is what it said."""


def mirrored(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], known: Iterable[str]
) -> dict[str, bytes]:
    """Return every file that the preview answers with, by its path below the site's address.

    Args:
        command: what starts the preview; it is given its port as ``PORT``.
        folder: where it is started.
        environment: all of its environment.
        known: paths to ask for besides those that pages link to.

    Raises:
        NoPreviewError: there is none.

    """
    with _serving(command, folder, environment) as (root, said):
        found = dict(_walked(root, ["", NOWHERE, "sitemap.xml", *known]))
        if "index.html" not in found:
            raise NoPreviewError("".join(said))
        return found


@contextmanager
def _serving(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Start the preview, yield its address and what it said, and end it with all that it started."""
    process = subprocess.Popen(
        [*command, f"PORT={_free_port()}"],
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    alarm = Timer(PATIENCE, _end, [process, signal.SIGKILL])
    alarm.start()
    said: list[str] = []
    try:
        for line in process.stdout or ():
            said.append(line)
            if match := _STARTED.search(line):
                yield match[0], said
                return
        raise NoPreviewError("".join(said))
    finally:
        alarm.cancel()
        _end(process, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            _end(process, signal.SIGKILL)
            process.wait()
        if process.stdout:
            process.stdout.close()


def _end(process: subprocess.Popen[str], by: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, by)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _walked(root: str, first: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield each file that `root` answers with, by its path: those asked for `first`, and all that they link to."""
    waiting = list(dict.fromkeys(first))
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        data, kind = _asked(f"{root}{quote(path)}", missing_too=path == NOWHERE)
        if data is None:
            continue
        yield f"{path}index.html" if path.endswith("/") or not path else path, data
        if kind.startswith(_TEXTS):
            more = set(links(path, data.decode(errors="replace"))) - seen
            seen |= more
            waiting += sorted(more)


def _asked(address: str, *, missing_too: bool) -> tuple[bytes | None, str]:
    """Return what stands at `address` and its type; None where there is nothing, or a stream that does not end."""
    try:
        with _OPENER.open(address, timeout=60) as answer:
            kind = answer.headers.get("Content-Type", "")
            return (None if kind.startswith("text/event-stream") else answer.read()), kind
    except HTTPError as error:
        with error:
            return (error.read() if missing_too else None), ""


def links(path: str, text: str) -> Iterator[str]:
    """Yield the path of each file of the same site that a `text` at `path` links to; folders end on a slash."""
    for found in _LINKS.findall(text):
        *single, several = found
        for target in [*single, *(each.strip().split(" ")[0] for each in several.split(","))]:
            parts = urlsplit(urljoin(f"http://127.0.0.1/{quote(path)}", unescape(target).replace("\\/", "/")))
            if target and parts.scheme == "http" and parts.hostname in _LOCAL:
                yield unquote(parts.path).removeprefix("/")
