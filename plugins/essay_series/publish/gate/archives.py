"""The files in archives: ZIP and the formats based on it, tar, gzip, bzip2 and xz."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from .piece import Member, Piece, UnpackBudget, Unread

Stream = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile | IO[bytes]

_PAGEFIND = b"pagefind_dcd"
"""The bytes at the start of each unpacked file of the search index."""
_STREAMS: tuple[tuple[bytes, Callable[[io.BytesIO], Stream]], ...] = (
    (b"\x1f\x8b", lambda file: gzip.GzipFile(fileobj=file)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\0", lzma.LZMAFile),
)
_ZIP, _END_OF_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_HEAD = 1024
_DAMAGED = (
    *(OSError, EOFError, ValueError, NotImplementedError, RuntimeError, struct.error, zlib.error, lzma.LZMAError),
    *(zipfile.BadZipFile, tarfile.TarError),
)
"""The errors of the standard library for archives that are truncated, damaged or of an unknown compression."""
_ENCRYPTED = 0x1


def is_archive(data: bytes) -> bool:
    """Tell whether `data` begins like an archive."""
    return data.startswith((_ZIP, *(start for start, _ in _STREAMS))) or _is_tar(data)


def has_appended_archive(data: bytes) -> bool:
    """Tell whether `data` ends with a ZIP archive, as a self-extracting program does."""
    return _END_OF_ZIP in data[-(2**16 + 22) :]


def members(path: str, data: bytes, budget: UnpackBudget) -> Iterator[Member | Piece | Unread]:
    """Yield the files in the archive `path` with the content `data`, its comments, and the data around it.

    Nothing is unpacked beyond `budget`.
    """
    try:
        if has_appended_archive(data) or data.startswith(_ZIP):
            yield from _in_zip(path, data, budget)
        elif _is_tar(data):
            yield from _in_tar(path, data, budget)
        else:
            yield from _in_stream(path, data, budget)
    except _DAMAGED:
        yield Unread(path, "a damaged archive")


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _in_zip(path: str, data: bytes, budget: UnpackBudget) -> Iterator[Member | Piece | Unread]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for comment in (archive.comment, *(info.comment for info in archive.infolist())):
            yield Piece(path, comment.decode("utf-8", "replace"))
        before = min((info.header_offset for info in archive.infolist()), default=0)
        if before:
            yield Member(f"{path}!", data[:before])
        for info in archive.infolist():
            name = f"{path}!{info.filename}"
            if info.flag_bits & _ENCRYPTED:
                yield Piece(name, "")
                yield Unread(name, "encrypted")
                continue
            try:
                with archive.open(info) as file:
                    yield _unpacked(name, file, budget)
            except _DAMAGED:
                yield Piece(name, "")
                yield Unread(name, "damaged, or packed in an unknown way")


def _in_tar(path: str, data: bytes, budget: UnpackBudget) -> Iterator[Member | Piece | Unread]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for info in archive:
            name = f"{path}!{info.name}"
            around = (info.linkname, info.uname, info.gname, *info.pax_headers.values())
            yield Piece(name, "\n".join(around))
            if file := archive.extractfile(info) if info.isfile() else None:
                yield _unpacked(name, file, budget)


def _in_stream(path: str, data: bytes, budget: UnpackBudget) -> Iterator[Member | Piece | Unread]:
    opening = next(opening for start, opening in _STREAMS if data.startswith(start))
    yield Piece(path, data[:_HEAD].decode("latin-1"), is_text=False)
    with opening(io.BytesIO(data)) as file:
        found = _unpacked(f"{path}!", file, budget)
    yield Member(found.name, found.data.removeprefix(_PAGEFIND)) if isinstance(found, Member) else found


def _unpacked(name: str, file: Stream, budget: UnpackBudget) -> Member | Unread:
    data = file.read(budget.left + 1)
    return Member(name, data) if budget.take(len(data)) else Unread(name, "too large when unpacked")
