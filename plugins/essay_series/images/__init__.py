"""Responsive images: their dimensions, their files in several widths and formats, and their HTML.

`picture` describes an image, `sizes` makes its files, `cache` keeps these between builds, and `markup` rewrites the
images in a text.
"""

from __future__ import annotations

from .cache import ImageCache
from .markup import illustrated
from .picture import Picture, Source, measured
from .sizes import FOLDER, KINDS, Made, encoders, key_of, made_of, may_be_resized, picture_of

__all__ = [
    "FOLDER",
    "KINDS",
    "ImageCache",
    "Made",
    "Picture",
    "Source",
    "encoders",
    "illustrated",
    "key_of",
    "made_of",
    "may_be_resized",
    "measured",
    "picture_of",
]
