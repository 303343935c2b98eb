"""The text of PDFs: of the pages, and of all other objects."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from html import escape
from typing import Any

from .piece import Member, Piece, Unread

_DIVIDED = re.compile("(?<=\\w)[-\N{HYPHEN}]\n")
_BROKEN = (
    *(OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, NotImplementedError),
    *(RecursionError, ArithmeticError, zlib.error),
)
"""The errors of pypdf for damaged PDFs, beside its own exceptions."""
_HEAD = 1024
_TEXT_STREAMS = {"/EmbeddedFile", "/XML", "/Metadata"}
"""The types of streams that hold a file or metadata."""
_IMAGES = ("/DCTDecode", "/JPXDecode")


def is_pdf(data: bytes) -> bool:
    """Tell whether `data` is a PDF, whose header may follow other bytes."""
    return b"%PDF-" in data[:_HEAD]


def contents(path: str, data: bytes) -> Iterator[Piece | Member | Unread]:
    """Yield the text of a PDF: pages, outline, annotations, forms and metadata; and the files attached to it."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an optional dependency
        from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415 - likewise
    except ImportError:
        yield Unread(path, "a PDF, and the package pypdf is not installed")
        return
    try:
        read = PdfReader(io.BytesIO(data))
        if read.is_encrypted and not read.decrypt(""):
            yield Unread(path, "encrypted")
            return
        yield from _pages(path, read)
        yield from _objects(path, read)
    except DependencyError:
        yield Unread(path, "encrypted")
    except (PyPdfError, *_BROKEN):
        yield Unread(path, "a PDF that cannot be read")
    if data.count(b"startxref") > 1 and b"/Linearized" not in data[:_HEAD]:
        yield Unread(path, "a PDF that holds earlier versions of itself")


def _pages(path: str, read: Any) -> Iterator[Piece]:  # noqa: ANN401 - of pypdf, which is optional
    """Yield the text of the pages, with hyphenated words joined."""
    texts = (escape(_DIVIDED.sub("", page.extract_text())) for page in read.pages)
    yield Piece(path, "\n<hr>\n".join(texts))


def _objects(path: str, read: Any) -> Iterator[Piece | Member]:  # noqa: ANN401 - likewise
    """Yield every string in every object, and every stream that is a file."""
    from pypdf.generic import IndirectObject, StreamObject  # noqa: PLC0415 - likewise

    numbers = {(number, generation) for generation, places in read.xref.items() for number in places}
    numbers |= {(number, 0) for number in read.xref_objStm}
    found = {
        number: read.get_object(IndirectObject(number, generation, read)) for number, generation in sorted(numbers)
    }
    attached = {number for each in found.values() for number in _attached(each)}
    strings: list[str] = []
    for number, each in found.items():
        strings += _strings(each)
        if isinstance(each, StreamObject):
            yield from _file_in(f"{path}!{number}", each, is_attached=number in attached)
    yield Piece(path, "\n<hr>\n".join(map(escape, strings)))


def _strings(value: object) -> Iterator[str]:
    from pypdf.generic import IndirectObject, NameObject  # noqa: PLC0415 - likewise

    if isinstance(value, IndirectObject):
        return
    if isinstance(value, NameObject):
        if "-" in value or " " in value:  # else it is a keyword of the format
            yield value.lstrip("/")
    elif isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (*_strings(key), *_strings(each))
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _attached(value: object) -> Iterator[int]:
    """Yield the object number of each attached file in `value`."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415 - likewise

    if isinstance(value, IndirectObject):
        return
    if isinstance(value, dict):
        files = value.get("/EF") or {}
        yield from (each.idnum for each in files.values() if isinstance(each, IndirectObject))
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _attached(each)


def _file_in(name: str, stream: Any, *, is_attached: bool) -> Iterator[Member]:  # noqa: ANN401 - likewise
    kinds = str(stream.get("/Filter", ""))
    if any(kind in kinds for kind in _IMAGES):
        yield Member(name, stream._data)  # noqa: SLF001 - the file itself, and not its pixels
    elif is_attached or {str(stream.get("/Type")), str(stream.get("/Subtype"))} & _TEXT_STREAMS:
        yield Member(name, stream.get_data())
