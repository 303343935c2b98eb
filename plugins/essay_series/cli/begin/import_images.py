"""Fetching of an export's images from its own hosts: one at a time, up to a total size, and resumable."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin

from ...images.picture import measured
from ...importer.addresses import host_of
from ...importer.item import Export
from ..check.outside.answer import MOST_REDIRECTS, NotAskedError, failure
from ..check.outside.http_client import HttpClient

LARGEST = 25_000_000
"""The greatest size of one image, in bytes."""
LARGEST_TOTAL = 2_000_000_000
CACHE = Path("cache/import")
"""Fetched images, by the digest of their URL, so that an interrupted import need not fetch them again."""
_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ".webp"),
    (re.compile(rb"....ftypavif", re.DOTALL), ".avif"),
)
"""The signatures of the image formats that browsers show."""
_IMAGE = re.compile(
    r"""<img\b[^>]*?\s(?:data-orig-file|data-lazy-src|data-src|src)=["']?([^"'\s>]+)|!\[[^\]]*\]\(\s*<?(https?://[^\s)>]+)""",
    re.IGNORECASE,
)


@dataclass
class Fetched:
    """The images that were fetched, and those that could not be."""

    paths: dict[str, str] = field(default_factory=dict)
    """The path of each new file, below the content folder, by its URL."""
    data: dict[str, Path] = field(default_factory=dict)
    """The cached file, by the path of the new file."""
    failed: dict[str, str] = field(default_factory=dict)
    """Why an image could not be fetched, by its URL."""


def wanted(export: Export, site: str, hosts: Collection[str]) -> list[str]:
    """Return the URL of each image in the texts of `export` that is on one of `hosts`; `site` is its old URL."""
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
    cache: Path = CACHE,
    taken: Collection[str] = (),
    done: Callable[[int], None] = lambda _: None,
) -> Fetched:
    """Fetch the images that are not in the cache yet, and return them all.

    Args:
        addresses: the URLs of the images.
        hosts: the hosts that may be asked; redirects to other hosts are not followed.
        client: makes the requests.
        cache: the folder for fetched images.
        taken: paths below the content folder that are in use.
        done: is called with the number of images that were fetched so far.

    """
    found = Fetched()
    names = {path.casefold() for path in taken}
    size = 0
    for number, address in enumerate(addresses, start=1):
        file = cache / sha256(address.encode()).hexdigest()
        try:
            data = file.read_bytes() if file.is_file() else _get(address, hosts, client)
            suffix = _suffix(data)
            size = _total(size, data)
        except (OSError, HTTPException, ValueError, NotAskedError) as error:
            found.failed[address] = failure(error).reason
            continue
        _keep(file, data)
        path = next(each for each in _names(address, suffix, file.name) if each.casefold() not in names)
        names.add(path.casefold())
        found.paths[address], found.data[path] = path, file
        done(number)
    return found


def _total(size: int, data: bytes) -> int:
    if size + len(data) > LARGEST_TOTAL:
        raise NotAskedError(f"all images together are larger than {LARGEST_TOTAL:,} bytes")
    return size + len(data)


def _get(address: str, hosts: Collection[str], client: HttpClient) -> bytes:
    here = address
    for _ in range(MOST_REDIRECTS + 1):
        if not _is_own(here, hosts):
            raise NotAskedError(f"it redirects to another host, {host_of(here)}")
        reply, data = client.get(here, LARGEST)
        if not reply.is_redirect:
            if reply.status != HTTPStatus.OK:
                raise NotAskedError(f"the host answers {reply}")
            return data
        here = urljoin(here, reply.location)
    raise NotAskedError(f"it redirects more than {MOST_REDIRECTS} times")


def _suffix(data: bytes) -> str:
    """Return the file name's suffix for an image.

    Raises:
        NotAskedError: browsers cannot show it.

    """
    suffix = next((suffix for signature, suffix in _SIGNATURES if signature.match(data)), "")
    if not suffix or measured(data) is None:
        raise NotAskedError("it is not an image that browsers can show")
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
    temporary = file.with_suffix(".new")
    temporary.write_bytes(data)
    temporary.replace(file)


def _is_own(address: str, hosts: Collection[str]) -> bool:
    host = host_of(address)
    return any(host == each or host.endswith(f".{each}") for each in hosts)
