"""Images: what cameras, programs and people noted in them. What a picture shows is not looked at."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from typing import Any

from .piece import Piece, Unread

_STARTS = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS")
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, zlib.error)
"""What Pillow raises where an image is cut or damaged."""
_FOLDERS = (0x8769, 0x8825, 0xA005)
"""Where EXIF keeps further tables: of the camera, of the place, of other makers."""
_TEXTS_OF_PNG = (b"tEXt", b"zTXt", b"iTXt")
_CODES = (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0", b"\0" * 8)
"""The bytes before a comment in EXIF that name its encoding."""


def is_picture(data: bytes) -> bool:
    """Tell whether `data` begins as images do of which notes can be read."""
    return data.startswith(_STARTS) or data[8:12] == b"WEBP" or data[4:12] in (b"ftypavif", b"ftypheic", b"ftypmif1")


def notes(path: str, data: bytes) -> Iterator[Piece | Unread]:
    """Yield whatever is noted in the image `path`."""
    from PIL import Image  # noqa: PLC0415 - most sites and builds have no image

    try:
        with Image.open(BytesIO(data)) as image:
            if any(mark in data for mark in _TEXTS_OF_PNG):
                image.load()  # notes may stand behind the image
            found = list(_noted(image))
    except (*_BROKEN, Image.DecompressionBombError):
        yield Unread(path, "an image whose notes cannot be read")
        return
    yield Piece(path, "\n<hr>\n".join(found))


def _noted(image: Any) -> Iterator[str]:  # noqa: ANN401 - Pillow's images
    from PIL import IptcImagePlugin  # noqa: PLC0415 - see `notes`

    exif = image.getexif()
    kept = (image.info, exif, *(exif.get_ifd(number) for number in _FOLDERS), IptcImagePlugin.getiptcinfo(image) or {})
    for each in kept:
        yield from _texts(each)


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
    """Yield the letters of a note in every way in which it may have been written."""
    for code in _CODES:
        value = value.removeprefix(code)
    if b"\0" in value.rstrip(b"\0"):
        yield from (escape(value.decode(order, "ignore")) for order in ("utf-16-le", "utf-16-be"))
    else:
        yield value.rstrip(b"\0").decode("utf-8", "replace")
