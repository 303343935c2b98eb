"""`Card` → PNG: above where it stands, then its title and one sentence, below how far the series has burned down."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from .card import HEIGHT, WIDTH, Card
from .letters import ABOVE, Block
from .look import Look
from .matches import Shape, alight, row
from .pen import Pen
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
"""Sizes of the line above the title, and of the site's name."""
SIGNS = {"cost": "\N{MINUS SIGN}", "benefit": "+"}


def draw(card: Card, look: Look) -> bytes:
    """Return the picture of `card` as a PNG; the same card and look give the same bytes."""
    pen = Pen((WIDTH, HEIGHT), MARGIN, look, from_right=card.from_right)
    _head(card, pen)
    _words(card, pen)
    name = pen.set(card.signature, "bold", NAME, room=(COLUMN // 2, 1))
    pen.write(name, "ink", FOOT)
    for shape in _figure(card):
        pen.fill(shape)
    return pen.png()


def _head(card: Card, pen: Pen) -> None:
    """Write where the essay stands, and on which side."""
    whole = WIDTH - 2 * MARGIN
    pen.write(pen.set(card.kicker, "plain", SMALL, room=(whole * 0.8, 1), small_caps=True), "quiet", HEAD)
    if card.side:
        sign = pen.set(f"{SIGNS[card.side]} {card.sign}", "plain", SMALL, room=(whole, 1), small_caps=True)
        pen.write(sign, card.side, HEAD, anchor="rs")


def _words(card: Card, pen: Pen) -> None:
    """Write the title and the sentence below it, both as large as leaves room for both."""
    title, text = next(filter(_has_room, _layouts(card, pen)), None) or _last(card, pen)
    y = TOP + max(0, BOTTOM - TOP - _height((title, text))) * 0.4
    pen.write(title, "ink", y + title.face.size * ABOVE)
    pen.write(text, card.side or "quiet", y + title.height + GAP + text.face.size * ABOVE)


def _layouts(card: Card, pen: Pen) -> Iterator[tuple[Block, Block]]:
    """Yield title and sentence in ever smaller letters; the title gives way first, as the sentence is small already."""
    title = cache(lambda size: pen.set(card.title, "bold", size, TITLE_LEADING, (COLUMN, TITLE_LINES)))
    text = cache(lambda size: pen.set(card.text, "italic", size, TEXT_LEADING, (COLUMN, TEXT_LINES)))
    for large, small in sorted(product(TITLE_SIZES, TEXT_SIZES), key=lambda pair: pair[0] * pair[1] ** 3, reverse=True):
        yield title(large), text(small)


def _has_room(pair: tuple[Block, Block]) -> bool:
    return all(each.is_whole for each in pair) and _height(pair) <= BOTTOM - TOP


def _last(card: Card, pen: Pen) -> tuple[Block, Block]:
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
