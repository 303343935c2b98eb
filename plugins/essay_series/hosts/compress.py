"""Precompressed copies of text files, ``.gz`` and ``.br``, for hosts that serve them (``gzip_static``)."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import brotli

SMALLEST = 1024
"""Bytes; a smaller file fits into one packet anyway."""
TEXTS = (".html", ".css", ".js", ".json", ".xml", ".opml", ".svg", ".txt", ".md", ".bib")
_CODECS: Mapping[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    ".gz": (lambda data: gzip.compress(data, 9, mtime=0), gzip.decompress),
    ".br": (brotli.compress, brotli.decompress),
}
ENDINGS = tuple(_CODECS)


def compress(folder: Path, before: Path) -> list[Path]:
    """Compress the text files below `folder`, and return the new files; the output is deterministic.

    Args:
        folder: the site that is about to be published.
        before: the site that is published now; its compressed copies are reused where the text has not changed.

    """
    return [made for file in sorted(folder.rglob("*")) for made in _copies(file, before / file.relative_to(folder))]


def is_compressed(file: Path) -> bool:
    """Tell whether `file` is a compressed copy of another file."""
    return file.suffix in ENDINGS and file.with_suffix("").is_file()


def _copies(file: Path, before: Path) -> Iterator[Path]:
    if file.suffix not in TEXTS or not file.is_file() or file.stat().st_size < SMALLEST:
        return
    data = file.read_bytes()
    for ending in ENDINGS:
        smaller = _reused(data, Path(f"{before}{ending}"), ending) or _CODECS[ending][0](data)
        if len(smaller) < len(data):
            made = Path(f"{file}{ending}")
            made.write_bytes(smaller)
            yield made


def _reused(data: bytes, before: Path, ending: str) -> bytes:
    """Return the compressed file `before` if it unpacks to `data`, else nothing; unpacking is the cheaper way."""
    try:
        found = before.read_bytes()
        return found if _CODECS[ending][1](found) == data else b""
    except (OSError, EOFError, zlib.error, brotli.error):
        return b""
