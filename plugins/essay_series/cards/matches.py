"""How far a series has burned down → matches, as the theme draws them: outlines in their places, and their colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, radians, sin, tan

from ..values import dataclass

Point = tuple[float, float]
Outline = Sequence[Point]

STEPS = 24
"""Straight pieces of each curve."""
NEAR, WIDE = 30.0, 560.0
"""Distance of matches in a row where they are few, and how wide it is where they are many."""
LEAST = 0.45
"""How low matches become at most where there are many."""
LEANS = (-4, 5)
"""How far burnt matches lean, in degrees, in turn."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline, filled."""

    outline: Outline
    colour: str
    """A name in the look."""


def row(lit: int, matches: int, right: float, bottom: float) -> Iterator[Shape]:
    """Yield a row of matches that ends at `right`: burnt ones up to the one that is `lit`, and fresh ones behind it."""
    step = min(NEAR, WIDE / matches)
    scale = (step / NEAR, max(LEAST, step / NEAR))
    for number in range(1, matches + 1):
        foot = (right - 8 - (matches - number) * step, bottom)
        if number < lit:
            yield _burnt(foot, scale, number)
        elif number > lit:
            yield Shape(_placed(box(-2.5, -60, 2.5, 0), foot, scale), "rule")
            yield Shape(_placed(_oval(-60, 6, 9), foot, scale), "rule")
    if 0 < lit <= matches:
        size = max(scale[1], 0.7)
        yield from alight((right - 8 - (matches - lit) * step, bottom), (size, size))


def alight(foot: Point, scale: Point, flame: float = 1) -> Iterator[Shape]:
    """Yield a burning match, the site's mark; `flame` tells how large its flame is for it."""
    yield Shape(_placed(box(-2.5, -60, 2.5, 0), foot, scale), "ink")
    tip = (foot[0], foot[1] - 57 * scale[1])
    yield Shape(_placed(_flame(), tip, (scale[0] * flame, scale[1] * flame)), "flame")


def _burnt(foot: Point, scale: Point, number: int) -> Shape:
    return Shape(_placed(box(-2.5, -48 - 6 * (number % 2), 2.5, 0), foot, scale, LEANS[number % 2]), "ink")


def _placed(outline: Outline, foot: Point, scale: Point, lean: float = 0) -> Outline:
    """Return `outline`, which stands on the origin, in its place and size; its foot stays level where it leans."""
    return [(foot[0] + x * scale[0] - y * scale[1] * tan(radians(lean)), foot[1] + y * scale[1]) for x, y in outline]


def box(left: float, top: float, right: float, bottom: float) -> Outline:
    """Return the outline of a box."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _oval(middle: float, across: float, along: float, until: float = 2 * pi) -> Outline:
    """Return an ellipse from its right end on, clockwise, or a part of it."""
    angles = (until * step / STEPS for step in range(STEPS + 1))
    return [(across * cos(angle), middle + along * sin(angle)) for angle in angles]


def _flame() -> Outline:
    """Return the flame of the site's mark, 40 high: from its tip down a curve on each side, and round below."""
    curve = [_on_curve(step / STEPS, ((0, -40), (8.9, -30.2), (14.2, -22.5), (14.2, -14.5))) for step in range(STEPS)]
    return [*curve, *_oval(-14.5, 14.2, 14.5, pi), *((-x, y) for x, y in reversed(curve))]


def _on_curve(t: float, points: Sequence[Point]) -> Point:
    """Return a point of a cubic Bézier curve."""
    shares = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
    pairs = list(zip(shares, points, strict=True))
    return sum(share * x for share, (x, _) in pairs), sum(share * y for share, (_, y) in pairs)
