"""Photographs that nobody took."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image


@cache
def a_photo(width=1000, height=600, form="JPEG", *, noted=False, turned=False) -> bytes:
    """Return a photograph of a slope of colours, with what a camera notes of place and owner if it is `noted`."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    noting = Image.Exif()
    if noted:
        noting[0x010F] = "Secretive Cameras"
        noting.get_ifd(0x8825)[1] = "N"
    if turned:
        noting[0x0112] = 6
    data = BytesIO()
    image.save(data, form, **({"exif": noting} if noting else {}))
    return data.getvalue()
