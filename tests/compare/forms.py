"""Files as readable lines: text broken at tags and sentences, archives unpacked, images described."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import brotli
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

LONG = 160
"""Longer lines are broken at the end of sentences, rules and tags, so that a difference is easy to see."""
_ENDS = re.compile(r"(?<=[.;!?}]) +|(?<=[;}])(?=\S)|(?=&lt;[a-z])|(?<=\\n)(?=.)|(?<=,)(?=[\"{\[])", re.IGNORECASE)
_TAGS = re.compile(r"(?<=>)(?=[^\n])|(?<=[^\n])(?=<)")
_MARKUP = (".html", ".xhtml", ".htm", ".xml", ".svg", ".atom", ".rss", ".opml", ".opf", ".ncx")
_JSON = (".json", ".webmanifest")
_ARCHIVES = (".epub", ".zip")
_PACKED = (".gz", ".br")


def lines(path: str, data: bytes) -> list[str]:
    """Return the readable lines of the file `path`, which holds `data`."""
    if path.endswith(_PACKED):
        return _unpacked(path, data)
    if path.endswith(_ARCHIVES):
        return _archive(data)
    if path.endswith(".pdf"):
        return _document(data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _binary(data)
    return _binary(data) if "\0" in text else _text(path, text)


def _text(path: str, text: str) -> list[str]:
    if path.endswith(_JSON):
        with suppress(ValueError):  # invalid JSON is compared as text
            text = json.dumps(json.loads(text), indent=1, ensure_ascii=False)
    elif path.endswith(_MARKUP):
        text = _TAGS.sub("\n", text)
    return [piece for line in text.removesuffix("\n").split("\n") for piece in _broken(line)]


def _broken(line: str) -> list[str]:
    return [piece for piece in _ENDS.split(line) if piece] if len(line) > LONG else [line]


def _unpacked(path: str, data: bytes) -> list[str]:
    """Return the lines of a compressed file, after its compressed size."""
    try:
        inside = gzip.decompress(data) if path.endswith(".gz") else brotli.decompress(data)
    except (OSError, EOFError, zlib.error, brotli.error):
        return _binary(data)
    return [f"({len(data)} bytes, compressed)", *lines(path.rpartition(".")[0], inside)]


def _archive(data: bytes) -> list[str]:
    """Return the lines of all members of a ZIP archive, each after its name and metadata."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return [line for member in archive.infolist() for line in _member(archive, member.filename)]
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return _binary(data)


def _member(archive: ZipFile, name: str) -> Iterator[str]:
    facts = archive.getinfo(name)
    yield f"{name} (packed by method {facts.compress_type}, dated {facts.date_time}, attributes {facts.external_attr})"
    yield from (f"{name}: {line}" for line in lines(name, archive.read(name)))


def _document(data: bytes) -> list[str]:
    """Return a PDF's metadata and its text, page by page."""
    try:
        reader = PdfReader(BytesIO(data))
        facts = [f"{name}: {value}" for name, value in sorted((reader.metadata or {}).items())]
        pages = [[f"(page {number})", *page.extract_text().split("\n")] for number, page in enumerate(reader.pages, 1)]
    except (PyPdfError, ValueError, KeyError, OSError):
        return _binary(data)
    return [*facts, *(line for page in pages for line in page)]


def _binary(data: bytes) -> list[str]:
    """Return the lines of other data: gzipped text is unpacked, images have format and size, the rest a digest."""
    if data.startswith(b"\x1f\x8b"):  # parts of a search index have no .gz extension
        with suppress(OSError, EOFError, zlib.error):  # other data may begin with the same bytes
            return [f"({len(data)} bytes, compressed)", *lines("", gzip.decompress(data))]
    facts = [f"({len(data)} bytes, SHA-256 {sha256(data).hexdigest()})"]
    with suppress(UnidentifiedImageError, OSError, ValueError), Image.open(BytesIO(data)) as image:
        facts.append(f"({image.format}, {image.width} by {image.height} pixels, {image.mode})")
    return facts
