"""All files that ``make serve`` answers with, requested as a browser does."""

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

TIMEOUT = 300
"""Seconds in which the preview has to start."""
MISSING_PAGE = "there-is-no-such-page/"
"""The path of a page that no site has, to fetch the error page."""
_STARTED = re.compile(r"http://127\.0\.0\.1:(\d+)/")
_LINKS = re.compile(
    r"""\b(?:href|src|poster|data|action)\s*=\s*["']([^"'>]+)["']|\burl\(["']?([^"')]+)|<loc>([^<]+)</loc>"""
    r"""|"(?:url|home_page_url|feed_url|src|start_url)":\s*"([^"]+)"|\bsrcset\s*=\s*"([^"]+)\""""
)
_TEXTS = ("text/", "application/xml", "application/json", "application/xhtml", "application/feed", "image/svg")
_LOCAL = ("", "127.0.0.1", "localhost")
_OPENER = build_opener(ProxyHandler({}))


class NoPreviewError(Exception):
    """The preview did not start or has no front page; the text is its output."""


def mirrored(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], known: Iterable[str]
) -> dict[str, bytes]:
    """Return every file that the preview serves, by its path below the site's address.

    Args:
        command: starts the preview; the port is added as ``PORT``.
        folder: the working directory of the command.
        environment: the whole environment of the command.
        known: paths to request besides those that pages link to.

    Raises:
        NoPreviewError: the preview does not start.

    """
    with _serving(command, folder, environment) as (root, output):
        found = dict(_crawled(root, ["", MISSING_PAGE, "sitemap.xml", *known]))
        if "index.html" not in found:
            raise NoPreviewError("".join(output))
        return found


@contextmanager
def _serving(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Start the preview, yield its address and its output, and end it with all its child processes."""
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
    alarm = Timer(TIMEOUT, _end, [process, signal.SIGKILL])
    alarm.start()
    output: list[str] = []
    try:
        for line in process.stdout or ():
            output.append(line)
            if match := _STARTED.search(line):
                yield match[0], output
                return
        raise NoPreviewError("".join(output))
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


def _crawled(root: str, first: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file at `root`: those in `first` and all that they link to."""
    queue = list(dict.fromkeys(first))
    seen = set(queue)
    while queue:
        path = queue.pop()
        data, kind = _fetched(f"{root}{quote(path)}", with_error_page=path == MISSING_PAGE)
        if data is None:
            continue
        yield f"{path}index.html" if path.endswith("/") or not path else path, data
        if kind.startswith(_TEXTS):
            more = set(links(path, data.decode(errors="replace"))) - seen
            seen |= more
            queue += sorted(more)


def _fetched(address: str, *, with_error_page: bool) -> tuple[bytes | None, str]:
    """Return content and type of the file at `address`; None for a missing file or an endless stream."""
    try:
        with _OPENER.open(address, timeout=60) as answer:
            kind = answer.headers.get("Content-Type", "")
            return (None if kind.startswith("text/event-stream") else answer.read()), kind
    except HTTPError as error:
        with error:
            return (error.read() if with_error_page else None), ""


def links(path: str, text: str) -> Iterator[str]:
    """Yield the path of each file of the same site that the `text` at `path` links to; folders end with a slash."""
    for found in _LINKS.findall(text):
        *single, several = found
        for target in [*single, *(each.strip().split(" ")[0] for each in several.split(","))]:
            parts = urlsplit(urljoin(f"http://127.0.0.1/{quote(path)}", unescape(target).replace("\\/", "/")))
            if target and parts.scheme == "http" and parts.hostname in _LOCAL:
                yield unquote(parts.path).removeprefix("/")
