"""Files of a site → a service worker that caches them for offline reading, or one that removes an earlier one.

See https://w3c.github.io/ServiceWorker/. Browsers check the worker's URL for updates, so a site that once had a worker
must keep serving one there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

WORKER = "sw.js"
"""The output path of the worker, whose scope is the folder that it is in."""
MOST = 4_000_000
"""The most bytes that are cached in advance, uncompressed; other files are cached when they are read."""
_DIGITS = 16
_HERE = Path(__file__).parent


def worker(files: Mapping[str, bytes], fallback: str) -> bytes:
    """Return a service worker that caches `files` in advance, as far as they fit into `MOST` bytes.

    Args:
        files: by URL relative to the site's root, the most important first.
        fallback: the URL of the page that is shown offline for a page that is not cached.

    """
    digests = {url: sha256(data).hexdigest()[:_DIGITS] for url, data in _fitting(files.items())}
    facts = f"const FILES = {json.dumps(digests, indent=0)};\nconst OFFLINE = {json.dumps(fallback)};\n"
    return facts.encode() + (_HERE / "worker.js").read_bytes()


def farewell() -> bytes:
    """Return a service worker that deletes its caches and unregisters itself."""
    return (_HERE / "farewell.js").read_bytes()


def _fitting(files: Iterable[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
    room = MOST
    for url, data in files:
        room -= len(data)
        if room < 0:
            return
        yield url, data
