"""`Card` → PNG: above where it stands, then its title and one sentence, below how far the series has burned down."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import product

from PIL import Image, ImageColor, ImageDraw

from .card import HEIGHT, WIDTH, Card
from .letters import ABOVE, Block, Face, block, can_shape, has_all, legible
from .look import Look
from .matches import Shape, alight, row
from .signs import balance, beams

MARGIN = 80
HEAD, FOOT = 108, 556
"""The lines on which the first and the last words stand."""
TOP, BOTTOM = 152, 444
"""Between these stand title and sentence."""
COLUMN = 960
"""How wide title and sentence may be."""
TITLE_SIZES, TEXT_SIZES = (96, 86, 76, 68, 60, 52, 46), (46, 42, 38, 34)
TITLE_LINES, TEXT_LINES, LAST_LINES = 3, 3, 2
"""How many lines there may be at most; and of a sentence that has no room in any letters."""
TITLE_LEADING, TEXT_LEADING, GAP = 1.06, 1.28, 40
SMALL, NAME = 34, 36
"""Sizes of what stands above, and of the site's name."""
SPREAD = 4
"""Shapes are drawn so many times as large and made small again, which takes the steps out of their edges."""
SHADES = 9
"""Colours between each ink and the paper, which the edges of letters take."""
SIGNS = {"cost": "\N{MINUS SIGN}", "benefit": "+"}


def draw(card: Card, look: Look) -> bytes:
    """Return the picture of `card` as a PNG; the same card and look give the same bytes."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), look.colours["paper"])
    pen = _Pen(picture, look, from_right=card.from_right)
    _head(card, pen)
    _words(card, pen)
    name = pen.set(card.site, "bold", NAME, room=(COLUMN // 2, 1))
    pen.write(name, "ink", FOOT)
    for shape in _figure(card):
        pen.fill(shape)
    data = BytesIO()
    few = picture.quantize(palette=_palette(look), dither=Image.Dither.NONE)
    few.save(data, "PNG", optimize=True)
    return data.getvalue()


def _head(card: Card, pen: _Pen) -> None:
    """Write where the essay stands, and on which side."""
    whole = WIDTH - 2 * MARGIN
    pen.write(pen.set(card.kicker, "plain", SMALL, room=(whole * 0.8, 1), small_caps=True), "quiet", HEAD)
    if card.side:
        sign = pen.set(f"{SIGNS[card.side]} {card.sign}", "plain", SMALL, room=(whole, 1), small_caps=True)
        pen.write(sign, card.side, HEAD, anchor="rs")


def _words(card: Card, pen: _Pen) -> None:
    """Write the title and the sentence below it, both as large as leaves room for both."""
    title, text = next(filter(_has_room, _layouts(card, pen)), None) or _last(card, pen)
    y = TOP + max(0, BOTTOM - TOP - _height((title, text))) * 0.4
    pen.write(title, "ink", y + title.face.size * ABOVE)
    pen.write(text, card.side or "quiet", y + title.height + GAP + text.face.size * ABOVE)


def _layouts(card: Card, pen: _Pen) -> Iterator[tuple[Block, Block]]:
    """Yield title and sentence in ever smaller letters; the title gives way first, as the sentence is small already."""
    title = cache(lambda size: pen.set(card.title, "bold", size, TITLE_LEADING, (COLUMN, TITLE_LINES)))
    text = cache(lambda size: pen.set(card.text, "italic", size, TEXT_LEADING, (COLUMN, TEXT_LINES)))
    for large, small in sorted(product(TITLE_SIZES, TEXT_SIZES), key=lambda pair: pair[0] * pair[1] ** 3, reverse=True):
        yield title(large), text(small)


def _has_room(pair: tuple[Block, Block]) -> bool:
    return all(each.is_whole for each in pair) and _height(pair) <= BOTTOM - TOP


def _last(card: Card, pen: _Pen) -> tuple[Block, Block]:
    """Return what is left of a title and a sentence that have no room in the smallest letters."""
    return (
        pen.set(card.title, "bold", TITLE_SIZES[-1], TITLE_LEADING, (COLUMN, TITLE_LINES)),
        pen.set(card.text, "italic", TEXT_SIZES[-1], TEXT_LEADING, (COLUMN, LAST_LINES)),
    )


def _height(pair: tuple[Block, Block]) -> float:
    heights = [each.height for each in pair if each.lines]
    return sum(heights) + GAP * (len(heights) - 1)


def _figure(card: Card) -> Iterator[Shape]:
    """Yield how the pairs weigh, the balance of costs and benefits, the matches of the series, or the site's mark."""
    if card.outcomes:
        return beams(card.outcomes, WIDTH - MARGIN, FOOT)
    if card.costs or card.benefits:
        return balance(card.costs, card.benefits, WIDTH - MARGIN, FOOT)
    if card.matches:
        return row(card.lit, card.matches, WIDTH - MARGIN, FOOT)
    return alight((WIDTH - MARGIN - 22, FOOT), (1.5, 1.5))


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


class _Pen:
    """Writes and draws on one picture."""

    def __init__(self, picture: Image.Image, look: Look, *, from_right: bool = False) -> None:
        self._picture, self._look, self._from_right = picture, look, from_right
        self._draw = ImageDraw.Draw(picture)

    def set(
        self,
        text: str,
        cut: str,
        size: int,
        leading: float = 1,
        room: tuple[float, int] = (COLUMN, 1),
        *,
        small_caps: bool = False,
    ) -> Block:
        """Return `text` in lines; where the cut lacks one of its characters, in the plain one if that has them all."""
        fonts = self._look.fonts
        file = next((fonts[each] for each in (cut, "plain") if has_all(text, fonts[each])), fonts[cut])
        return block(legible(text, file), Face(file, size, small_caps=small_caps), leading, room)

    def write(self, words: Block, colour: str, y: float, anchor: str = "ls") -> None:
        """Write lines below each other, of which the first stands on `y`, at the left or the right margin.

        On a card that is read from the right, the margins are the other way round.
        """
        if self._from_right:
            anchor = {"ls": "rs", "rs": "ls"}[anchor]
        face, x = words.face, MARGIN if anchor == "ls" else WIDTH - MARGIN
        way = "rtl" if self._from_right and can_shape() else None
        for number, line in enumerate(words.lines):
            at = (x, y + face.size * words.leading * number)
            ink = self._look.colours[colour]
            self._draw.text(at, line, ink, face.font, anchor, direction=way, features=face.features)

    def fill(self, shape: Shape) -> None:
        """Draw one shape with smooth edges."""
        outline = [(WIDTH - x, y) for x, y in shape.outline] if self._from_right else shape.outline
        xs, ys = zip(*outline, strict=True)
        left, top = int(min(xs)) - 2, int(min(ys)) - 2
        size = (int(max(xs)) - left + 3, int(max(ys)) - top + 3)
        mask = Image.new("L", (size[0] * SPREAD, size[1] * SPREAD))
        ImageDraw.Draw(mask).polygon([((x - left) * SPREAD, (y - top) * SPREAD) for x, y in outline], 255)
        self._picture.paste(self._look.colours[shape.colour], (left, top), mask.resize(size, Image.Resampling.BOX))
