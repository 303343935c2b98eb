"""The metadata of images: EXIF, IPTC, XMP and comments. What an image shows is not read."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from typing import Any

from .piece import Piece, Unread

_MAGIC = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS")
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, zlib.error)
"""The errors of Pillow for images that are truncated or damaged."""
_SUBTABLES = (0x8769, 0x8825, 0xA005)
"""The EXIF tags of the subtables: Exif, GPS and interoperability."""
_PNG_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")
_ENCODINGS = (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0", b"\0" * 8)
"""The prefixes of EXIF comments that name their encoding."""


def is_image(data: bytes) -> bool:
    """Tell whether `data` begins like an image in a format whose metadata can be read."""
    return data.startswith(_MAGIC) or data[8:12] == b"WEBP" or data[4:12] in (b"ftypavif", b"ftypheic", b"ftypmif1")


def metadata(path: str, data: bytes) -> Iterator[Piece | Unread]:
    """Yield the metadata of the image `path` as text."""
    from PIL import Image  # noqa: PLC0415 - most sites and builds have no image

    try:
        with Image.open(BytesIO(data)) as image:
            if any(mark in data for mark in _PNG_TEXT_CHUNKS):
                image.load()  # text chunks may follow the image data
            found = list(_strings_in(image))
    except (*_BROKEN, Image.DecompressionBombError):
        yield Unread(path, "an image whose metadata cannot be read")
        return
    yield Piece(path, "\n<hr>\n".join(found))


def _strings_in(image: Any) -> Iterator[str]:  # noqa: ANN401 - Pillow's images
    from PIL import IptcImagePlugin  # noqa: PLC0415 - see `metadata`

    exif = image.getexif()
    yield from _texts([image.info, exif, *map(exif.get_ifd, _SUBTABLES), IptcImagePlugin.getiptcinfo(image) or {}])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value if value.lstrip().startswith("<") else escape(value)
    elif isinstance(value, bytes):
        yield from _decoded(value)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts(key)
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _decoded(value: bytes) -> Iterator[str]:
    """Yield a text in every encoding that it may have."""
    for code in _ENCODINGS:
        value = value.removeprefix(code)
    if b"\0" in value.rstrip(b"\0"):
        yield from (escape(value.decode(order, "ignore")) for order in ("utf-16-le", "utf-16-be"))
    else:
        yield value.rstrip(b"\0").decode("utf-8", "replace")
