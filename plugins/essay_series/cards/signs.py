"""Costs, benefits and outcomes → rows of signs and beams, as filled outlines like those of the theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

from ..model import Outcome
from .matches import Point, Shape, box

FAR, WIDE = 48.0, 560.0
"""The largest distance of signs, and the largest width of the row."""
LINE = 4
"""The height of the line below the signs."""
BEAM, APART = 3.2, 62.0
"""The largest scale of a beam, and the distance of beams, in the units of the theme's drawing."""
ENDS: dict[Outcome, Sequence[tuple[int, int]]] = {
    "cost": ((20, 10),),
    "benefit": ((10, 20),),
    "level": ((15, 15),),
    "depends": ((10, 20), (20, 10)),
}
"""The y coordinates of both ends of each beam; the outcome "depends" has two, dashed."""


def balance(costs: int, benefits: int, right: float, bottom: float) -> Iterator[Shape]:
    """Yield the signs of costs and benefits on a line that ends at `right`, with a double rule between them."""
    most = max(costs, benefits, 3)
    step = min(FAR, WIDE / 2 / most)
    half = (most + 0.6) * step
    middle = right - half
    for x in (middle - 3, middle + 3):
        yield Shape(box(x - 1, bottom - 84, x + 1, bottom), "rule")
    for number in range(1, costs + 1):
        yield from _sign(middle - number * step, bottom - 40, step * 0.34, "cost")
    for number in range(1, benefits + 1):
        yield from _sign(middle + number * step, bottom - 40, step * 0.34, "benefit")
    yield Shape(box(middle - half, bottom, right, bottom + LINE), "ink")


def beams(outcomes: Sequence[Outcome], right: float, bottom: float) -> Iterator[Shape]:
    """Yield a beam for each outcome, the last of which ends at `right`; the heavier side is lower, its sign thicker."""
    scale = min(BEAM, WIDE / len(outcomes) / APART)
    for number, outcome in enumerate(outcomes, 1):
        left = right - ((len(outcomes) - number) * APART + 48) * scale
        for shape in _beam(outcome):
            yield Shape([(left + x * scale, bottom + (y - 27.5) * scale) for x, y in shape.outline], shape.colour)


def _beam(outcome: Outcome) -> Iterator[Shape]:
    """Yield a beam in a box of 48 by 30, as the theme's `components/inline/verdict.html` draws it."""
    yield Shape([(24, 15.5), (19.5, 27.5), (28.5, 27.5)], "ink")
    for left, right in ENDS[outcome]:
        for begin, end in [(0.0, 1.0)] if len(ENDS[outcome]) == 1 else [(n / 9, (n + 0.6) / 9) for n in range(9)]:
            slope = right - left
            yield _line((4 + 40 * begin, left + slope * begin), (4 + 40 * end, left + slope * end), 1.6)
    low, high = (13, 13) if len(ENDS[outcome]) > 1 else ENDS[outcome][0]
    yield from _sign(7, low - 7, 4, "cost", 3.4 if outcome == "cost" else 1.8)
    yield from _sign(41, high - 7, 4, "benefit", 3.4 if outcome == "benefit" else 1.8)


def _sign(x: float, y: float, size: float, side: str, strong: float = 0) -> Iterator[Shape]:
    """Yield the sign of `side` around a point: a minus for a cost, a plus for a benefit."""
    strong = (strong or size * 0.36) / 2
    yield Shape(box(x - size, y - strong, x + size, y + strong), side)
    if side == "benefit":
        yield Shape(box(x - strong, y - size, x + strong, y + size), side)


def _line(begin: Point, end: Point, strong: float) -> Shape:
    length = hypot(end[0] - begin[0], end[1] - begin[1])
    x, y = (begin[1] - end[1]) / length * strong / 2, (end[0] - begin[0]) / length * strong / 2
    outline = [
        (begin[0] + x, begin[1] + y),
        (end[0] + x, end[1] + y),
        (end[0] - x, end[1] - y),
        (begin[0] - x, begin[1] - y),
    ]
    return Shape(outline, "ink")
