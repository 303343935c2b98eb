"""The bytes of a site's files as text, down to what is packed in them."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import escape

PACKED = (".gz", ".br", ".zst")
"""How files end that are made of another, for hosts that send them compressed."""

_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_PAGEFIND = b"pagefind_dcd"
"""What stands in each file of the search index before its words."""
_PDF = b"%PDF-"
_DIVIDED = re.compile("(?<=\\w)[-\N{HYPHEN}]\n")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PRINTED = re.compile(rb"[\x20-\x7e]{6,}")


def texts(path: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of the file `path`, and of each that is packed in it: ``book.epub!text.xhtml``.

    Of a file that is no text, such as an image, what is printed in it is yielded, a piece a line.
    """
    if data.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield f"{path}!{name}", ""
                yield from texts(f"{path}!{name}", packed.read(name))
        return
    if data.startswith(_GZIP) and (unpacked := _unpacked(data)):
        yield path, ""
        yield from texts(f"{path}!", unpacked.removeprefix(_PAGEFIND))
        return
    yield path, _unescaped(path, _text_of_pdf(data) if data.startswith(_PDF) else _text(data))


def _unpacked(data: bytes) -> bytes:
    """Return what is packed in `data`; nothing where it only begins as if something were."""
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return b""


def _text(data: bytes) -> str:
    if data.startswith(_UTF16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "\n".join(match[0].decode() for match in _PRINTED.finditer(data))


def _text_of_pdf(data: bytes) -> str:
    """Return what the pages of a PDF and its metadata say, with words whole that a line's end divides."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - only who makes PDFs needs it
        from pypdf.errors import PyPdfError  # noqa: PLC0415 - likewise
    except ImportError:
        return _text(data)
    try:
        read = PdfReader(io.BytesIO(data))
        facts = [str(value) for value in (read.metadata or {}).values()]
        return "\n<hr>\n".join([*facts, *(escape(_DIVIDED.sub("", page.extract_text())) for page in read.pages)])
    except PyPdfError:
        return _text(data)


def _unescaped(path: str, text: str) -> str:
    """Return JSON with its strings as they are read; all other text as it is."""
    if not path.endswith((".json", ".webmanifest", ".pf_fragment!")):
        return text
    try:
        return "\n<hr>\n".join(_strings(json.loads(text)))
    except (ValueError, RecursionError):
        return text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (text for each in value for text in _strings(each))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield f'<hr title="{escape(key)}">' if " " in key or "-" in key else ""
            yield from _strings(each)
