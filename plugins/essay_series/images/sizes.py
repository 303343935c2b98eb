"""What readers get of an image: AVIF and WebP in several widths, and the image itself without what its camera noted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from ..values import dataclass
from .picture import Picture, Source, measured

FOLDER = "sizes"
"""Where the sizes lie, below the site; their names change with what they hold."""
KINDS = (".jpg", ".jpeg", ".png", ".webp", ".avif")
"""How the files end that are images of which there can be other sizes."""
_FORMATS = {
    "AVIF": {"quality": 60, "speed": 6, "max_threads": 1, "autotiling": False},
    "WEBP": {"quality": 80, "method": 5},
}
"""The formats that are made, the best first, and how; one thread each, so that no machine cuts an image otherwise."""
_NOTED = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "Raw profile type exif", "Raw profile type xmp")
"""Under which names an image holds what was noted of it: camera, place and time, owner."""
_PLAIN = ("L", "RGB", "RGBA")
_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one image."""

    clean: bytes
    """The image itself."""
    files: dict[str, bytes]
    """Its sizes, by output path."""


def key_of(name: str, data: bytes, widths: Collection[int]) -> str:
    """Return a digest of everything that the sizes of an image are made of: the image, the widths and the encoders."""
    return sha256(data + repr((name, sorted(widths), encoders(), _FORMATS, _NOTED)).encode()).hexdigest()


def encoders() -> list[str]:
    """Return the versions of all that makes images."""
    from PIL import __version__, features  # noqa: PLC0415 - see `measured`

    return [__version__, *(str(features.version(name)) for name in ("avif", "webp", "libjpeg_turbo", "zlib"))]


def may_be_resized(data: bytes) -> bool:
    """Tell whether the image `data` can be read, and does not move."""
    from PIL import Image  # noqa: PLC0415 - see `measured`

    if measured(data) is None:
        return False
    with Image.open(BytesIO(data)) as opened:
        return not getattr(opened, "is_animated", False) or opened.format == "MPO"


def made_of(name: str, data: bytes, widths: Collection[int]) -> Made | None:
    """Return what readers get of the image `data`; None where it is none, or moves.

    Args:
        name: the file's name.
        data: its bytes.
        widths: in pixels; in place of those that are wider than the image is its own.

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
    """Return how pages show the image `data`, of which there are the sizes that `made_of` makes."""
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
    """Return `image` in a format, with its colour profile and nothing else that was noted of it."""
    data = BytesIO()
    profile = {"icc_profile": image.info["icc_profile"]} if image.info.get("icc_profile") else {}
    image.info = profile
    image.save(data, form, exif=b"", **profile, **_FORMATS.get(form, {}), **more)
    return data.getvalue()


def _clean(opened: Any, upright: Any, data: bytes) -> bytes:  # noqa: ANN401 - likewise
    """Return the image in its own format, upright; its bytes as they are where nothing was noted of it."""
    is_noted = any(name in opened.info for name in _NOTED) or getattr(opened, "text", None) or opened.format == "MPO"
    if not is_noted:
        return data
    form = "JPEG" if opened.format == "MPO" else str(opened.format)
    return _encoded(upright.copy(), form, **({"quality": 92} if form == "JPEG" else {}))


def _is_clear(image: Any) -> bool:  # noqa: ANN401 - likewise
    return image.mode in ("LA", "PA", "RGBa") or "transparency" in image.info
