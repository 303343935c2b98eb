"""An image → AVIF and WebP files in several widths, and the image itself without its metadata."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from ..values import dataclass
from .picture import Picture, Source, measured

FOLDER = "sizes"
"""The output folder of the files, whose names contain a digest of their content."""
KINDS = (".jpg", ".jpeg", ".png", ".webp", ".avif")
"""The extensions of images that can be resized."""
_FORMATS = {
    "AVIF": {"quality": 60, "speed": 6, "max_threads": 1, "autotiling": False},
    "WEBP": {"quality": 80, "method": 5},
}
"""The output formats, the best first, with options of their encoders; one thread gives the same bytes everywhere."""
_PROFILE = "Raw profile type"
_METADATA = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", f"{_PROFILE} exif", f"{_PROFILE} xmp")
"""The names of metadata in Pillow's images, such as the camera, location, time and owner."""
_PLAIN = ("L", "RGB", "RGBA")
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Made:
    """The files made of one image."""

    clean: bytes
    """The image itself, without metadata."""
    files: dict[str, bytes]
    """Other formats and widths, by output path."""


def key_of(name: str, data: bytes, widths: Collection[int]) -> str:
    """Return a digest of everything that decides the files of an image: its bytes, the widths and the encoders."""
    return sha256(data + repr((name, sorted(widths), encoders(), _FORMATS, _METADATA)).encode()).hexdigest()


def encoders() -> list[str]:
    """Return the versions of Pillow and its encoders."""
    from PIL import __version__, features  # noqa: PLC0415 - see `measured`

    return [__version__, *(str(features.version(name)) for name in ("avif", "webp", "libjpeg_turbo", "zlib"))]


def may_be_resized(data: bytes) -> bool:
    """Tell whether `data` is an image that is not animated."""
    from PIL import Image  # noqa: PLC0415 - see `measured`

    if measured(data) is None:
        return False
    with Image.open(BytesIO(data)) as opened:
        return not getattr(opened, "is_animated", False) or opened.format == "MPO"


def made_of(name: str, data: bytes, widths: Collection[int]) -> Made | None:
    """Return the files of the image `data`; None if it is animated or not an image.

    Args:
        name: the name of its file.
        data: its bytes.
        widths: in pixels; the image's own width replaces those that are larger.

    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - see `measured`

    if not may_be_resized(data):
        return None
    with Image.open(BytesIO(data)) as opened:
        upright = ImageOps.exif_transpose(opened)
        clean = _clean(opened, upright, data)
        plain = upright if upright.mode in _PLAIN else upright.convert("RGBA" if _is_clear(upright) else "RGB")
        key = key_of(name, data, widths)
        files = {_path(name, image.width, key, form): _encoded(image, form) for image, form in _wanted(plain, widths)}
    return Made(clean, files)


def picture_of(name: str, data: bytes, widths: Collection[int]) -> Picture | None:
    """Return the image `data` with the files that `made_of` makes as its sources; None if it is not an image."""
    picture, key = measured(data), key_of(name, data, widths)
    if picture is None:
        return None
    fitting = _fitting(picture.width, widths)
    sources = (
        Source(f"image/{form.lower()}", tuple((_path(name, width, key, form), width) for width in fitting))
        for form in _FORMATS
    )
    return Picture(picture.width, picture.height, tuple(sources))


def _fitting(width: int, widths: Collection[int]) -> list[int]:
    return sorted({min(each, width) for each in widths})


def _wanted(image: Any, widths: Collection[int]) -> Iterator[tuple[Any, str]]:  # noqa: ANN401 - Pillow's images
    for width in _fitting(image.width, widths):
        height = max(1, round(image.height * width / image.width))
        smaller = image if width == image.width else image.resize((width, height), reducing_gap=3.0)
        yield from ((smaller, form) for form in _FORMATS)


def _path(name: str, width: int, key: str, form: str) -> str:
    return f"{FOLDER}/{PurePosixPath(name).stem}-{width}.{key[:_DIGITS]}.{form.lower()}"


def _encoded(image: Any, form: str, **more: Any) -> bytes:  # noqa: ANN401 - likewise
    """Return `image` in a format, with its colour profile and no other metadata."""
    data = BytesIO()
    profile = {"icc_profile": image.info["icc_profile"]} if image.info.get("icc_profile") else {}
    image.info = profile
    image.save(data, form, exif=b"", **profile, **_FORMATS.get(form, {}), **more)
    return data.getvalue()


def _clean(opened: Any, upright: Any, data: bytes) -> bytes:  # noqa: ANN401 - likewise
    """Return the image in its own format, upright and without metadata; `data` itself if there is none."""
    has_metadata = any(each in opened.info for each in _METADATA) or getattr(opened, "text", None)
    if not has_metadata and opened.format != "MPO":
        return data
    form = "JPEG" if opened.format == "MPO" else str(opened.format)
    return _encoded(upright.copy(), form, **({"quality": 92} if form == "JPEG" else {}))


def _is_clear(image: Any) -> bool:  # noqa: ANN401 - likewise
    return image.mode in ("LA", "PA", "RGBa") or "transparency" in image.info
