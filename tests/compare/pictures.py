"""Images for the generated site, of every format and size class that a build treats in a way of its own."""

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
        "images/noted.jpg": _photo(900, 600, noted=True),
        "images/turned.jpg": _photo(500, 900, turned=True),
        "images/small.jpg": _photo(120, 90),
        "images/clear.png": _encoded(_slope(600, 400).convert("RGBA"), "PNG"),
        "images/modern.webp": _encoded(_slope(640, 480), "WEBP"),
        "images/dot.gif": _encoded(_slope(16, 16).convert("P"), "GIF"),
        "images/moving.gif": _moving(),
        "images/roof.svg": _SVG.encode(),
        "images/ein Foto.jpg": _photo(820, 400),
    }


def _slope(width: int, height: int) -> Image.Image:
    """Return a gradient in colours, which compresses well and differs in every row."""
    grey = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (grey, grey.transpose(Image.Transpose.ROTATE_180), grey))


def _photo(width: int, height: int, *, noted: bool = False, turned: bool = False) -> bytes:
    noting = Image.Exif()
    if noted:
        noting[_MAKE] = "Some Cameras"
        noting.get_ifd(_GPS)[1] = "N"
    if turned:
        noting[_ORIENTATION] = 6
    return _encoded(_slope(width, height), "JPEG", **({"exif": noting} if noting else {}))


def _moving() -> bytes:
    frames = [_slope(40, 40), _slope(40, 40).transpose(Image.Transpose.ROTATE_90)]
    return _encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=200)


def _encoded(image: Image.Image, form: str, **options: object) -> bytes:
    data = BytesIO()
    image.save(data, form, **options)
    return data.getvalue()
