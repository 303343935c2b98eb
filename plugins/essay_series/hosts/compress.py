"""Texts compressed once, so that a host need not do it for every reader: a ``.gz`` and a ``.br`` beside each."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import brotli

SMALLEST = 1024
"""Bytes; less than that fits one packet anyway."""
TEXTS = (".html", ".css", ".js", ".json", ".xml", ".opml", ".svg", ".txt", ".md", ".bib")
_WAYS: Mapping[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    ".gz": (lambda data: gzip.compress(data, 9, mtime=0), gzip.decompress),
    ".br": (brotli.compress, brotli.decompress),
}
ENDINGS = tuple(_WAYS)


def compress(folder: Path, before: Path) -> list[Path]:
    """Compress the texts below `folder`, and return the new files; the same texts always give the same bytes.

    Args:
        folder: the site that is about to be published.
        before: the site that is published; what was compressed there, and is as it was, is taken over.

    """
    return [made for file in sorted(folder.rglob("*")) for made in _beside(file, before / file.relative_to(folder))]


def is_compressed(file: Path) -> bool:
    """Tell whether `file` is a compressed copy of another file."""
    return file.suffix in ENDINGS and file.with_suffix("").is_file()


def _beside(file: Path, before: Path) -> Iterator[Path]:
    if file.suffix not in TEXTS or not file.is_file() or file.stat().st_size < SMALLEST:
        return
    data = file.read_bytes()
    for ending in ENDINGS:
        smaller = _taken_over(data, Path(f"{before}{ending}"), ending) or _WAYS[ending][0](data)
        if len(smaller) < len(data):
            made = Path(f"{file}{ending}")
            made.write_bytes(smaller)
            yield made


def _taken_over(data: bytes, before: Path, ending: str) -> bytes:
    """Return the file `before` if it holds `data` and nothing else, for that is sooner told than compressed again."""
    try:
        found = before.read_bytes()
        return found if _WAYS[ending][1](found) == data else b""
    except (OSError, EOFError, zlib.error, brotli.error):
        return b""
