"""Images in texts: how large each is, in which sizes and formats readers may have it, and what it looks like in HTML.

`picture` says what is known of one image, `sizes` makes of its bytes what readers get, `stock` keeps that from build to
build, and `markup` puts it into a text.
"""

from __future__ import annotations

from .cache import Stock
from .markup import illustrated
from .picture import Picture, Source, measured
from .sizes import FOLDER, KINDS, Made, encoders, key_of, made_of, may_be_resized, picture_of

__all__ = [
    "FOLDER",
    "KINDS",
    "Made",
    "Picture",
    "Source",
    "Stock",
    "encoders",
    "illustrated",
    "key_of",
    "made_of",
    "may_be_resized",
    "measured",
    "picture_of",
]
