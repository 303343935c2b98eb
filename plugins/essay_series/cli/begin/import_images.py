"""Images of an export, fetched from its own hosts: one at a time, within bounds, and going on where it stopped."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin

from ...images.picture import measured
from ...importer.item import Export
from ...importer.places import host_of
from ..check.outside.answer import MOST_REDIRECTS, NotAskedError, failure
from ..check.outside.http_client import HttpClient

LARGEST = 25_000_000
"""Bytes of one image."""
LARGEST_OF_ALL = 2_000_000_000
KEPT = Path("cache/import")
"""Where what was fetched is kept until it is all there."""
_SIGNS = (
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ".webp"),
    (re.compile(rb"....ftypavif", re.DOTALL), ".avif"),
)
"""How the files begin that browsers show as images."""
_IMAGE = re.compile(
    r"""<img\b[^>]*?\s(?:data-orig-file|data-lazy-src|data-src|src)=["']?([^"'\s>]+)|!\[[^\]]*\]\(\s*<?(https?://[^\s)>]+)""",
    re.IGNORECASE,
)


@dataclass
class Fetched:
    """What came of asking."""

    paths: dict[str, str] = field(default_factory=dict)
    """New files, below the content folder, by the addresses they came from."""
    data: dict[str, Path] = field(default_factory=dict)
    """Where the bytes of each new file are kept."""
    failed: dict[str, str] = field(default_factory=dict)
    """Why an image is not at hand, by its address."""


def wanted(export: Export, site: str) -> list[str]:
    """Return the addresses of all images of the texts that lie on the export's own hosts, each once."""
    hosts = {host for host in (*export.hosts, *export.image_hosts, host_of(site)) if host}
    found: dict[str, None] = {}
    for item in export.items:
        base = urljoin(f"{site}/", item.addresses[0]) if item.addresses and site else ""
        for match in _IMAGE.finditer(item.html or item.markdown or ""):
            address = urljoin(base, unescape(match[1] or match[2]))
            if address.startswith(("http://", "https://")) and _is_own(address, hosts):
                found[address] = None
    return list(found)


def fetch_all(
    addresses: Iterable[str],
    hosts: Collection[str],
    client: HttpClient,
    *,
    kept: Path = KEPT,
    taken: Collection[str] = (),
    told: Callable[[int], None] = lambda _: None,
) -> Fetched:
    """Fetch images, and return what came of it; what was fetched before is not asked for again.

    Args:
        addresses: where they are.
        hosts: whom to ask, also where one leads on to another.
        client: asks.
        kept: the folder in which they are kept.
        taken: paths, below the content folder, that are not free.
        told: is told how many are done.

    """
    found = Fetched()
    names = {path.casefold() for path in taken}
    size = 0
    for number, address in enumerate(addresses, start=1):
        file = kept / sha256(address.encode()).hexdigest()
        try:
            data = file.read_bytes() if file.is_file() else _get(address, hosts, client)
            suffix = _suffix(data)
            size = _added(size, data)
        except (OSError, HTTPException, ValueError, NotAskedError) as error:
            found.failed[address] = failure(error).told
            continue
        _keep(file, data)
        path = next(each for each in _names(address, suffix, file.name) if each.casefold() not in names)
        names.add(path.casefold())
        found.paths[address], found.data[path] = path, file
        told(number)
    return found


def _added(size: int, data: bytes) -> int:
    if size + len(data) > LARGEST_OF_ALL:
        raise NotAskedError("the images are more than an import takes")
    return size + len(data)


def _get(address: str, hosts: Collection[str], client: HttpClient) -> bytes:
    here = address
    for _ in range(MOST_REDIRECTS + 1):
        if not _is_own(here, hosts):
            raise NotAskedError(f"it leads on to another host, {host_of(here)}")
        reply, data = client.get(here, LARGEST)
        if not reply.leads_on:
            if reply.status != 200:  # noqa: PLR2004 - as HTTP says that all is well
                raise NotAskedError(f"the host answers {reply}")
            return data
        here = urljoin(here, reply.location)
    raise NotAskedError(f"it leads on more than {MOST_REDIRECTS} times")


def _suffix(data: bytes) -> str:
    """Return how the name of an image ends.

    Raises:
        NotAskedError: it is no image that browsers show.

    """
    suffix = next((suffix for sign, suffix in _SIGNS if sign.match(data)), "")
    if not suffix or measured(data) is None:
        raise NotAskedError("it is no image that browsers show")
    return suffix


def _names(address: str, suffix: str, digest: str) -> Iterator[str]:
    stem = PurePosixPath(unquote(address.partition("?")[0])).stem
    plain = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "image"
    yield f"images/{plain}{suffix}"
    yield f"images/{plain}-{digest[:8]}{suffix}"
    yield f"images/{digest}{suffix}"


def _keep(file: Path, data: bytes) -> None:
    if file.is_file():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_bytes(data)
    fresh.replace(file)


def _is_own(address: str, hosts: Collection[str]) -> bool:
    host = host_of(address)
    return any(host == each or host.endswith(f".{each}") for each in hosts)
