"""Images for the generated site, one of each format and size that a build treats differently."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

_MAKE, _ORIENTATION, _GPS = 0x010F, 0x0112, 0x8825
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40">'
    '<path d="M4 36 40 4l36 32z"/></svg>\n'
)


def pictures() -> dict[str, bytes]:
    """Return every image of the generated site, by its path in the content folder."""
    return {
        "images/wide.jpg": _photo(1900, 700),
        "images/noted.jpg": _photo(900, 600, with_exif=True),
        "images/turned.jpg": _photo(500, 900, turned=True),
        "images/small.jpg": _photo(120, 90),
        "images/clear.png": _encoded(_gradient(600, 400).convert("RGBA"), "PNG"),
        "images/modern.webp": _encoded(_gradient(640, 480), "WEBP"),
        "images/dot.gif": _encoded(_gradient(16, 16).convert("P"), "GIF"),
        "images/moving.gif": _animation(),
        "images/roof.svg": _SVG.encode(),
        "images/ein Foto.jpg": _photo(820, 400),
    }


def _gradient(width: int, height: int) -> Image.Image:
    """Return a colour gradient, which compresses well and differs in every row."""
    grey = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (grey, grey.transpose(Image.Transpose.ROTATE_180), grey))


def _photo(width: int, height: int, *, with_exif: bool = False, turned: bool = False) -> bytes:
    exif_data = Image.Exif()
    if with_exif:
        exif_data[_MAKE] = "Some Cameras"
        exif_data.get_ifd(_GPS)[1] = "N"
    if turned:
        exif_data[_ORIENTATION] = 6
    return _encoded(_gradient(width, height), "JPEG", **({"exif": exif_data} if exif_data else {}))


def _animation() -> bytes:
    frames = [_gradient(40, 40), _gradient(40, 40).transpose(Image.Transpose.ROTATE_90)]
    return _encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=200)


def _encoded(image: Image.Image, form: str, **options: object) -> bytes:
    data = BytesIO()
    image.save(data, form, **options)
    return data.getvalue()
