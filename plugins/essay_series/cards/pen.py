"""Text and shapes → PNG, in the fonts and the light colours of a site's look."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageColor, ImageDraw

from ..look import Look
from .letters import Block, Face, block, can_shape, has_all, legible
from .matches import Shape

_FONTS = {"plain": "regular", "italic": "italic", "bold": "semibold"}
_COLOURS = {
    "paper": "paper",
    "ink": "ink",
    "quiet": "ink-quiet",
    "rule": "rule-strong",
    "cost": "ember",
    "benefit": "deep",
    "flame": "flame",
}
"""The names of fonts and colours here, with those in the look."""
SPREAD = 4
"""The factor of supersampling, which smooths the edges of shapes."""
SHADES = 9
"""The number of shades between each colour and the paper, for the edges of letters."""


class Pen:
    """Draws text and shapes on one picture."""

    def __init__(self, size: tuple[int, int], margin: int, look: Look, *, from_right: bool = False) -> None:
        """Begin a picture of `size` pixels; one that is read from right to left is mirrored, except for its letters."""
        self._fonts = {name: look.fonts[font] for name, font in _FONTS.items()}
        self._colours = {name: look.light[colour] for name, colour in _COLOURS.items()}
        self._picture = Image.new("RGB", size, self._colours["paper"])
        self._width, self._margin, self._from_right = size[0], margin, from_right
        self._draw = ImageDraw.Draw(self._picture)

    def set(
        self,
        text: str,
        cut: str,
        size: int,
        leading: float = 1,
        room: tuple[float, int] = (960, 1),
        *,
        small_caps: bool = False,
    ) -> Block:
        """Return `text` in lines, in the plain font if `cut` lacks a character and the plain font has all."""
        fonts = self._fonts
        file = next((fonts[each] for each in (cut, "plain") if has_all(text, fonts[each])), fonts[cut])
        return block(legible(text, file), Face(file, size, small_caps=small_caps), leading, room)

    def write(self, words: Block, colour: str, y: float, anchor: str = "ls") -> None:
        """Write lines at the left margin, or at the right with the anchor ``rs``; `y` is the first baseline."""
        if self._from_right:
            anchor = {"ls": "rs", "rs": "ls"}[anchor]
        face, x = words.face, self._margin if anchor == "ls" else self._width - self._margin
        way = "rtl" if self._from_right and can_shape() else None
        for number, line in enumerate(words.lines):
            at = (x, y + face.size * words.leading * number)
            ink = self._colours[colour]
            self._draw.text(at, line, ink, face.font, anchor, direction=way, features=face.features)

    def fill(self, shape: Shape) -> None:
        """Draw one shape with smooth edges."""
        outline = [(self._width - x, y) for x, y in shape.outline] if self._from_right else shape.outline
        xs, ys = zip(*outline, strict=True)
        left, top = int(min(xs)) - 2, int(min(ys)) - 2
        size = (int(max(xs)) - left + 3, int(max(ys)) - top + 3)
        mask = Image.new("L", (size[0] * SPREAD, size[1] * SPREAD))
        ImageDraw.Draw(mask).polygon([((x - left) * SPREAD, (y - top) * SPREAD) for x, y in outline], 255)
        self._picture.paste(self._colours[shape.colour], (left, top), mask.resize(size, Image.Resampling.BOX))

    def paste(self, file: Path, top: int, height: int) -> None:
        """Put the image of `file` at the margin, `height` pixels high, cropped to what differs from the paper."""
        with Image.open(file) as opened:
            image = opened.convert("RGB")
        blank = Image.new("RGB", image.size, self._colours["paper"])
        image = image.crop(ImageChops.difference(image, blank).getbbox())
        width = round(image.width * height / image.height)
        left = self._width - self._margin - width if self._from_right else self._margin
        self._picture.paste(image.resize((width, height), Image.Resampling.LANCZOS), (left, top))

    def png(self) -> bytes:
        """Return the picture as an optimized PNG with a palette."""
        data = BytesIO()
        few = self._picture.quantize(palette=_palette(self._colours), dither=Image.Dither.NONE)
        few.save(data, "PNG", optimize=True)
        return data.getvalue()


def _palette(colours: Mapping[str, str]) -> Image.Image:
    """Return the colours and their shades on paper; an adaptive palette could turn a small flame grey."""
    paper = ImageColor.getrgb(colours["paper"])
    inks = [ImageColor.getrgb(colour) for colour in colours.values()]
    shades = [
        round(p + (i - p) * step / (SHADES - 1))
        for ink in inks
        for step in range(SHADES)
        for p, i in zip(paper, ink, strict=False)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette(shades + list(paper) * (256 - len(shades) // 3))
    return palette
