"""The site without a network: a service worker that keeps it, or one that takes away what an earlier one kept.

See https://w3c.github.io/ServiceWorker/. Browsers ask for the worker's own address from time to time, so a site that
had one once must go on to answer there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

WORKER = "sw.js"
"""Where the worker stands; it sees to all that lies beside and below it."""
MOST = 4_000_000
"""Bytes that a reader is asked to keep, of files as they lie; what is more is kept once it was read."""
_DIGITS = 16
_HERE = Path(__file__).parent


def worker(files: Mapping[str, bytes], fallback: str) -> bytes:
    """Return a service worker that keeps `files`, which are given by address below the site, the dearest first.

    Args:
        files: what to keep, as long as it is no more than `MOST`.
        fallback: the address of the page that answers for a page that is not kept.

    """
    digests = {url: sha256(data).hexdigest()[:_DIGITS] for url, data in _most(files.items())}
    facts = f"const FILES = {json.dumps(digests, indent=0)};\nconst OFFLINE = {json.dumps(fallback)};\n"
    return facts.encode() + (_HERE / "worker.js").read_bytes()


def farewell() -> bytes:
    """Return a service worker that keeps nothing, and ends itself."""
    return (_HERE / "farewell.js").read_bytes()


def _most(files: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
    room = MOST
    for url, data in files:
        room -= len(data)
        if room < 0:
            return
        yield url, data
