"""The current part of a series → a row of matches, burnt up to that part, as outlines like those of the theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, radians, sin, tan

from ..values import dataclass

Point = tuple[float, float]
Outline = Sequence[Point]

STEPS = 24
"""The number of straight segments of each curve."""
NEAR, WIDE = 30.0, 560.0
"""The largest distance of matches, and the largest width of the row."""
LEAST = 0.45
"""The smallest scale of the height of matches."""
LEANS = (-4, 5)
"""The angles, in degrees, by which burnt matches lean alternately."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline."""

    outline: Outline
    colour: str
    """The name of a colour in `pen`."""


def row(lit: int, matches: int, right: float, bottom: float) -> Iterator[Shape]:
    """Yield a row of matches that ends at `right`: burnt ones, the one that is `lit`, and fresh ones."""
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


def alight(foot: Point, scale: Point) -> Iterator[Shape]:
    """Yield a burning match, the site's mark."""
    yield Shape(_placed(box(-2.5, -60, 2.5, 0), foot, scale), "ink")
    tip = (foot[0], foot[1] - 57 * scale[1])
    yield Shape(_placed(_flame(), tip, scale), "flame")


def _burnt(foot: Point, scale: Point, number: int) -> Shape:
    return Shape(_placed(box(-2.5, -48 - 6 * (number % 2), 2.5, 0), foot, scale, LEANS[number % 2]), "ink")


def _placed(outline: Outline, foot: Point, scale: Point, lean: float = 0) -> Outline:
    """Return `outline`, whose foot is at the origin, scaled, sheared by `lean` degrees, and moved to `foot`."""
    return [(foot[0] + x * scale[0] - y * scale[1] * tan(radians(lean)), foot[1] + y * scale[1]) for x, y in outline]


def box(left: float, top: float, right: float, bottom: float) -> Outline:
    """Return the outline of a box."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _oval(middle: float, across: float, along: float, until: float = 2 * pi) -> Outline:
    """Return an ellipse, or an arc of it up to the angle `until`, clockwise from its right end."""
    angles = (until * step / STEPS for step in range(STEPS + 1))
    return [(across * cos(angle), middle + along * sin(angle)) for angle in angles]


def _flame() -> Outline:
    """Return the flame of the site's mark, 40 high: two curves from its tip, and half an ellipse below."""
    curve = [_on_curve(step / STEPS, ((0, -40), (8.9, -30.2), (14.2, -22.5), (14.2, -14.5))) for step in range(STEPS)]
    return [*curve, *_oval(-14.5, 14.2, 14.5, pi), *((-x, y) for x, y in reversed(curve))]


def _on_curve(t: float, points: Sequence[Point]) -> Point:
    """Return a point of a cubic Bézier curve."""
    shares = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
    pairs = list(zip(shares, points, strict=True))
    return sum(share * x for share, (x, _) in pairs), sum(share * y for share, (_, y) in pairs)
