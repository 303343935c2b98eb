"""Precompressed copies of text files, ``.gz`` and ``.br``, for hosts that serve them (``gzip_static``)."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path

import brotli

SMALLEST = 1024
"""Bytes; a smaller file fits into one packet anyway."""
TEXTS = (".html", ".css", ".js", ".json", ".xml", ".opml", ".svg", ".txt", ".md", ".bib")
_CODECS: Mapping[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, 9, mtime=0),
    ".br": brotli.compress,
}
ENDINGS = tuple(_CODECS)


def is_worthwhile(file: Path) -> bool:
    """Tell whether `file` should have compressed copies: whether it is a text of at least `SMALLEST` bytes."""
    return file.suffix in TEXTS and file.stat().st_size >= SMALLEST


def compressed(file: Path, ending: str) -> bytes:
    """Return the content of `file` in the format of `ending`, one of `ENDINGS`; the output is deterministic."""
    return _CODECS[ending](file.read_bytes())


def is_compressed(file: Path) -> bool:
    """Tell whether `file` is a compressed copy of another file."""
    return file.suffix in ENDINGS and file.with_suffix("").is_file()
