"""`Card` → PNG: where it stands above, its title, one sentence, and below how far the series has burned down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont
from PIL.features import check as supports

from .card import Card
from .look import Look

WIDTH, HEIGHT = 1200, 630
"""What those who show links ask for: 1.91 to 1 (https://ogp.me gives no size; their guides do)."""
MARGIN, FOOT = 80, 76
"""Empty edges, and what the matches take below the text."""
TITLE_SIZES, TEXT_SIZES = (96, 84, 72, 60, 50, 42), (44, 40, 36, 32)
SMALL = 32
TITLE_LINES, TEXT_LINES = 3, 3
LEADING, AIRY, GAP = 1.08, 1.3, 24
"""Distance of lines in the title and in the sentence, by the size of their letters; and the air around the rule."""
SPREAD = 4
"""Shapes are drawn so many times as large and made small again, which takes the steps out of their edges."""
SHADES = 9
"""Colours between each ink and the paper, which the edges of letters take."""
SIGNS = {"cost": "\N{MINUS SIGN} cost", "benefit": "+ benefit"}


def draw(card: Card, look: Look) -> bytes:
    """Return the picture of `card` as a PNG; the same card and look give the same bytes."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), look.colours["paper"])
    pen = _Pen(picture, look)
    y = float(MARGIN)
    if card.kicker:
        pen.write((MARGIN, y), card.kicker, "plain", SMALL, "quiet", small_caps=True)
    if card.side:
        pen.write((WIDTH - MARGIN, y), SIGNS[card.side], "bold", SMALL, card.side, small_caps=True, anchor="ra")
    _words(card, pen, MARGIN + SMALL * 1.9)
    _foot(card, pen)
    data = BytesIO()
    few = picture.quantize(palette=_palette(look), dither=Image.Dither.NONE)
    few.save(data, "PNG", optimize=True)
    return data.getvalue()


def _words(card: Card, pen: _Pen, y: float) -> None:
    """Write the title and the sentence below it, the title as large as leaves room for both."""
    for number in range(len(TITLE_SIZES)):
        title = pen.fitted(card.title, "bold", TITLE_SIZES[number:], TITLE_LINES)
        text = pen.fitted(card.text, "italic", TEXT_SIZES, TEXT_LINES) if card.text else (0, [])
        height = title[0] * LEADING * len(title[1]) + text[0] * AIRY * len(text[1]) + 2 * GAP
        if y + height <= HEIGHT - MARGIN - FOOT:
            break
    y = pen.lines(title, "bold", "ink", y, leading=LEADING)
    if card.text:
        pen.rule(y + GAP)
        pen.lines(text, "italic", card.side or "quiet", y + 2 * GAP, leading=AIRY)


def _palette(look: Look) -> Image.Image:
    """Return the inks and their shades on paper; a palette of its own keeps a small flame from turning grey."""
    paper = ImageColor.getrgb(look.colours["paper"])
    inks = [ImageColor.getrgb(colour) for colour in look.colours.values()]
    shades = [
        round(p + (i - p) * step / (SHADES - 1))
        for ink in inks
        for step in range(SHADES)
        for p, i in zip(paper, ink, strict=False)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette(shades + list(paper) * (256 - len(shades) // 3))
    return palette


def _foot(card: Card, pen: _Pen) -> None:
    """Draw the matches of the series, or one that burns, and the name of the site."""
    bottom = HEIGHT - MARGIN + 14
    step = min(26.0, 700 / max(card.matches, 1))
    for number in range(1, (card.matches or 1) + 1):
        pen.match(
            MARGIN + 8 + (number - 1) * step,
            bottom,
            lit=card.matches == 0 or number == card.lit,
            burnt=number < card.lit,
        )
    if card.site:
        pen.write((WIDTH - MARGIN, bottom), card.site, "bold", SMALL, "ink", anchor="rs")


class _Pen:
    """Writes and draws on one picture."""

    def __init__(self, picture: Image.Image, look: Look) -> None:
        self._picture, self._look = picture, look
        self._draw = ImageDraw.Draw(picture)

    def write(
        self,
        at: tuple[float, float],
        text: str,
        cut: str,
        size: int,
        colour: str,
        *,
        small_caps: bool = False,
        anchor: str = "la",
    ) -> None:
        """Write one line of `text`."""
        font, features = self._font(cut, size), _features(small_caps=small_caps)
        self._draw.text(at, text, self._look.colours[colour], font, anchor, features=features)

    def fitted(self, text: str, cut: str, sizes: Sequence[int], most: int) -> tuple[int, list[str]]:
        """Return the greatest of `sizes` in which `text` takes at most so many lines, and the lines, all about as long.

        Where even the least is too large, what has no room is left out behind an ellipsis.
        """
        words = text.split()
        for size in sizes:
            lines = list(self._broken(words, cut, size, WIDTH - 2 * MARGIN))
            if len(lines) <= most and all(self._width(line, cut, size) <= WIDTH - 2 * MARGIN for line in lines):
                return size, self._balanced(words, cut, size, len(lines))
        kept = list(self._broken(words, cut, sizes[-1], WIDTH - 2 * MARGIN))[:most]
        return sizes[-1], [self._cut(line, cut, sizes[-1]) for line in kept[:-1]] + [
            self._cut(f"{kept[-1]}\N{HORIZONTAL ELLIPSIS}", cut, sizes[-1])
        ]

    def lines(self, fitted: tuple[int, list[str]], cut: str, colour: str, y: float, *, leading: float) -> float:
        """Write lines below each other from `y` on, and return where the next would begin."""
        size, lines = fitted
        for line in lines:
            self.write((MARGIN, y), line, cut, size, colour)
            y += size * leading
        return y

    def rule(self, y: float) -> None:
        """Draw a hairline across the text."""
        self._draw.line((MARGIN, y, WIDTH - MARGIN, y), self._look.colours["rule"], 2)

    def match(self, x: float, bottom: float, *, lit: bool, burnt: bool) -> None:
        """Draw a match that stands at `x` on the line `bottom`."""
        stick = "ink" if lit or burnt else "rule"
        self._shape((x - 2.5, bottom - 44, x + 2.5, bottom), stick, round_=False)
        head = (x - 6, bottom - 66, x + 6, bottom - 42) if lit else (x - 5, bottom - 52, x + 5, bottom - 40)
        self._shape(head, "flame" if lit else stick, round_=True)

    def _shape(self, box: tuple[float, float, float, float], colour: str, *, round_: bool) -> None:
        left, top = int(box[0]) - 1, int(box[1]) - 1
        size = (int(box[2]) - left + 2, int(box[3]) - top + 2)
        mask = Image.new("L", (size[0] * SPREAD, size[1] * SPREAD))
        inside = [(value - edge) * SPREAD for value, edge in zip(box, (left, top, left, top), strict=True)]
        shape = ImageDraw.Draw(mask)
        (shape.ellipse if round_ else shape.rectangle)(inside, 255)
        self._picture.paste(self._look.colours[colour], (left, top), mask.resize(size, Image.Resampling.LANCZOS))

    def _broken(self, words: Sequence[str], cut: str, size: int, width: float) -> Iterator[str]:
        line = ""
        for word in words:
            longer = f"{line} {word}".strip()
            if line and self._width(longer, cut, size) > width:
                yield line
                line = word
            else:
                line = longer
        yield line

    def _balanced(self, words: Sequence[str], cut: str, size: int, count: int) -> list[str]:
        """Return the lines of the narrowest column in which the words still take `count` lines."""
        low, high = 1, WIDTH - 2 * MARGIN
        while low < high:
            middle = (low + high) // 2
            if len(list(self._broken(words, cut, size, middle))) <= count:
                high = middle
            else:
                low = middle + 1
        return list(self._broken(words, cut, size, high))

    def _cut(self, line: str, cut: str, size: int) -> str:
        while self._width(line, cut, size) > WIDTH - 2 * MARGIN:
            line = f"{line[:-2]}\N{HORIZONTAL ELLIPSIS}"
        return line

    def _width(self, text: str, cut: str, size: int) -> float:
        return self._font(cut, size).getlength(text, features=_features(small_caps=False))

    def _font(self, cut: str, size: int) -> ImageFont.FreeTypeFont:
        return _font(self._look.fonts[cut], size)


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size)


def _features(*, small_caps: bool) -> list[str] | None:
    """Return the features of the letters: a one that is no capital I, and small capitals where they are asked for."""
    if not supports("raqm"):
        return None
    return ["ss11", "smcp", "c2sc"] if small_caps else ["ss11"]
