"""What is known of one image."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from ..values import dataclass

_TURNED = (5, 6, 7, 8)
"""Orientations of EXIF in which an image lies on its side."""
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Source:
    """An image in one format and several widths."""

    type: str
    """The format as a media type, such as ``image/avif``."""
    files: tuple[tuple[str, int], ...]
    """Output path and width in pixels of each, the narrowest first."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as a page shows it."""

    width: int
    """In pixels, as all that follows; of the image as it is seen, which a camera may have turned."""
    height: int
    sources: tuple[Source, ...] = ()
    """Other formats and widths of it, the best format first."""


def measured(image: Path | bytes) -> Picture | None:
    """Return how large an image is, of which only the head is read; None where nothing can read it.

    Without Pillow, which is an extra, nothing can.
    """
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
