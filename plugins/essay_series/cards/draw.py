"""`Card` → PNG: a line with the series, the title and one sentence, and a figure such as the matches of the series."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from ..look import Look
from .card import HEIGHT, WIDTH, Card
from .letters import ABOVE, Block
from .matches import Shape, alight, row
from .pen import Pen
from .signs import balance, beams

MARGIN = 80
HEAD, FOOT = 108, 556
"""The baselines of the first and the last line."""
TOP, BOTTOM = 152, 444
"""The top and bottom of the box of title and sentence."""
COLUMN = 960
"""The width of that box."""
TITLE_SIZES, TEXT_SIZES = (96, 86, 76, 68, 60, 52, 46), (46, 42, 38, 34)
TITLE_LINES, TEXT_LINES, LAST_LINES = 3, 3, 2
"""The most lines of a title, of a sentence, and of a sentence that does not fit at any size."""
TITLE_LEADING, TEXT_LEADING, GAP = 1.06, 1.28, 40
SMALL, NAME = 34, 36
"""The font sizes of the line above the title, and of the site's name."""
SIGNS = {"cost": "\N{MINUS SIGN}", "benefit": "+"}


def draw(card: Card, look: Look) -> bytes:
    """Return `card` as a PNG; the same card and look give the same bytes."""
    pen = Pen((WIDTH, HEIGHT), MARGIN, look, from_right=card.from_right)
    _head(card, pen)
    _words(card, pen)
    name = pen.set(card.signature, "bold", NAME, room=(COLUMN // 2, 1))
    pen.write(name, "ink", FOOT)
    for shape in _figure(card):
        pen.fill(shape)
    return pen.png()


def _head(card: Card, pen: Pen) -> None:
    """Write the kicker, and the side of an essay."""
    width = WIDTH - 2 * MARGIN
    pen.write(pen.set(card.kicker, "plain", SMALL, room=(width * 0.8, 1), small_caps=True), "quiet", HEAD)
    if card.side:
        sign = pen.set(f"{SIGNS[card.side]} {card.sign}", "plain", SMALL, room=(width, 1), small_caps=True)
        pen.write(sign, card.side, HEAD, anchor="rs")


def _words(card: Card, pen: Pen) -> None:
    """Write the title and the sentence below it, as large as both fit."""
    title, text = next(filter(_has_room, _layouts(card, pen)), None) or _last(card, pen)
    y = TOP + max(0, BOTTOM - TOP - _height((title, text))) * 0.4
    pen.write(title, "ink", y + title.face.size * ABOVE)
    pen.write(text, card.side or "quiet", y + title.height + GAP + text.face.size * ABOVE)


def _layouts(card: Card, pen: Pen) -> Iterator[tuple[Block, Block]]:
    """Yield title and sentence at smaller and smaller sizes; the title shrinks first, as the sentence is small."""
    title = cache(lambda size: pen.set(card.title, "bold", size, TITLE_LEADING, (COLUMN, TITLE_LINES)))
    text = cache(lambda size: pen.set(card.text, "italic", size, TEXT_LEADING, (COLUMN, TEXT_LINES)))
    for large, small in sorted(product(TITLE_SIZES, TEXT_SIZES), key=lambda pair: pair[0] * pair[1] ** 3, reverse=True):
        yield title(large), text(small)


def _has_room(pair: tuple[Block, Block]) -> bool:
    return all(each.is_whole for each in pair) and _height(pair) <= BOTTOM - TOP


def _last(card: Card, pen: Pen) -> tuple[Block, Block]:
    """Return the title and the sentence at the smallest sizes, cut to fit."""
    return (
        pen.set(card.title, "bold", TITLE_SIZES[-1], TITLE_LEADING, (COLUMN, TITLE_LINES)),
        pen.set(card.text, "italic", TEXT_SIZES[-1], TEXT_LEADING, (COLUMN, LAST_LINES)),
    )


def _height(pair: tuple[Block, Block]) -> float:
    heights = [each.height for each in pair if each.lines]
    return sum(heights) + GAP * (len(heights) - 1)


def _figure(card: Card) -> Iterator[Shape]:
    """Return the verdicts of a series, its balance of costs and benefits, its matches, or else the site's mark."""
    if card.outcomes:
        return beams(card.outcomes, WIDTH - MARGIN, FOOT)
    if card.costs or card.benefits:
        return balance(card.costs, card.benefits, WIDTH - MARGIN, FOOT)
    if card.matches:
        return row(card.lit, card.matches, WIDTH - MARGIN, FOOT)
    return alight((WIDTH - MARGIN - 22, FOOT), (1.5, 1.5))
