"""The dimensions of an image, and its files in other formats and widths."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from ..values import dataclass

_TURNED = (5, 6, 7, 8)
"""EXIF orientations that swap width and height."""
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Source:
    """An image in one format and several widths."""

    type: str
    """The format as a media type, such as ``image/avif``."""
    files: tuple[tuple[str, int], ...]
    """The output path and the width in pixels of each file, the narrowest first."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on a page."""

    width: int
    """In pixels, after rotation by the EXIF orientation."""
    height: int
    sources: tuple[Source, ...] = ()
    """Its files in other formats and widths, the best format first."""


def measured(image: Path | bytes) -> Picture | None:
    """Return the dimensions of an image, whose pixels are not decoded; None if Pillow is missing or cannot read it."""
    if not find_spec("PIL"):
        return None
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - most sites and builds have no image

    try:
        with Image.open(BytesIO(image) if isinstance(image, bytes) else image) as opened:
            width, height = opened.size
            turned = opened.getexif().get(_ORIENTATION) in _TURNED
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return Picture(height, width) if turned else Picture(width, height)
