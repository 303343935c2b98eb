"""Archives, and what lies in them: ZIP with all that is built on it, tar, gzip, bzip2 and xz."""

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

from .piece import Member, Piece, Room, Unread

Stream = gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile | IO[bytes]

_PAGEFIND = b"pagefind_dcd"
"""The bytes at the start of each file of the search index."""
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
"""What the standard library raises where an archive is cut, damaged, or packed in a way that it does not know."""
_ENCRYPTED = 0x1


def is_packed(data: bytes) -> bool:
    """Tell whether `data` begins as an archive does."""
    return data.startswith((_ZIP, *(start for start, _ in _STREAMS))) or _is_tar(data)


def has_archive(data: bytes) -> bool:
    """Tell whether an archive is hung onto `data`, as programs do that unpack themselves."""
    return _END_OF_ZIP in data[-(2**16 + 22) :]


def members(path: str, data: bytes, room: Room) -> Iterator[Member | Piece | Unread]:
    """Yield the files in the archive `path`, and the data around them.

    Args:
        path: its name.
        data: its bytes.
        room: how much may be unpacked.

    """
    try:
        if has_archive(data) or data.startswith(_ZIP):
            yield from _in_zip(path, data, room)
        elif _is_tar(data):
            yield from _in_tar(path, data, room)
        else:
            yield from _in_stream(path, data, room)
    except _DAMAGED:
        yield Unread(path, "a damaged archive")


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _in_zip(path: str, data: bytes, room: Room) -> Iterator[Member | Piece | Unread]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for remark in (archive.comment, *(info.comment for info in archive.infolist())):
            yield Piece(path, remark.decode("utf-8", "replace"))
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
                    yield _taken(name, file, room)
            except _DAMAGED:
                yield Piece(name, "")
                yield Unread(name, "damaged, or packed in a way that is not known")


def _in_tar(path: str, data: bytes, room: Room) -> Iterator[Member | Piece | Unread]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for info in archive:
            name = f"{path}!{info.name}"
            around = (info.linkname, info.uname, info.gname, *info.pax_headers.values())
            yield Piece(name, "\n".join(around))
            if file := archive.extractfile(info) if info.isfile() else None:
                yield _taken(name, file, room)


def _in_stream(path: str, data: bytes, room: Room) -> Iterator[Member | Piece | Unread]:
    opening = next(opening for start, opening in _STREAMS if data.startswith(start))
    yield Piece(path, data[:_HEAD].decode("latin-1"), is_text=False)
    with opening(io.BytesIO(data)) as file:
        found = _taken(f"{path}!", file, room)
    yield Member(found.name, found.data.removeprefix(_PAGEFIND)) if isinstance(found, Member) else found


def _taken(name: str, file: Stream, room: Room) -> Member | Unread:
    data = file.read(room.left + 1)
    return Member(name, data) if room.take(len(data)) else Unread(name, "too large when it is unpacked")
