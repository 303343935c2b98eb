"""The benchmark's results as a picture: how many times as long as ours each contender takes, on a log scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from math import floor, log10
from pathlib import Path
from statistics import median

from PIL import Image, ImageDraw, ImageFont
from PIL.features import check as supports

from bench.report import US, Run, names, ratio, sizes

FONTS = Path(__file__).parents[2] / "theme/static/fonts"
TITLE, BOLD, ITALIC, PLAIN, SMALL = (
    ("semibold", 40),
    ("semibold", 30),
    ("italic", 30),
    ("regular", 26),
    ("regular", 24),
)
"""The fonts and their sizes."""
TIMES = "\N{MULTIPLICATION SIGN}"
PAPER, INK, QUIET, RULE = "#fbf8f1", "#2a2420", "#766a5f", "#ddd3c4"
COLOURS = {
    "plugin": "#b5654a",
    "pelican": "#4a6fa5",
    "hugo": "#b98a1f",
    "eleventy": "#5b7a4a",
    "jekyll": "#9a4f6d",
    "nikola": "#6d6a9c",
}
WIDTH, LEFT, RIGHT, TOP, BAR, GAP = 1400, 380, 1200, 190, 34, 26
"""In pixels; the picture is shown at half its size."""


def png(runs: Sequence[Run], modes: Sequence[str]) -> bytes:
    """Return a PNG with a panel for each size, one below the other."""
    others = [name for name in names(runs) if name != US]
    height = TOP + (BAR * len(others) + GAP) * len(modes)
    picture = Image.new("RGB", (WIDTH, height * len(sizes(runs))), PAPER)
    least, most = _range(runs, modes, others)
    for number, size in enumerate(sizes(runs)):
        draw = _Panel(ImageDraw.Draw(picture), number * height, height, least, most)
        draw.frame(f"{size:,} essays: how many times as long as ours others take")
        for row, mode in enumerate(modes):
            top = TOP + row * (BAR * len(others) + GAP)
            draw.words((60, top + BAR * len(others) / 2), mode, BOLD, INK)
            for place, name in enumerate(others):
                found = ratio(runs, size, mode, name)
                if found:
                    draw.bar(top + place * BAR, name, median(found))
    data = BytesIO()
    picture.quantize(64).save(data, "PNG", optimize=True)
    return data.getvalue()


def _range(runs: Sequence[Run], modes: Sequence[str], others: Sequence[str]) -> tuple[int, int]:
    """Return the exponents of ten between which all bars lie."""
    found = [
        median(r) for size in sizes(runs) for mode in modes for name in others if (r := ratio(runs, size, mode, name))
    ]
    logs = [log10(value) for value in (*found, 1)]
    return floor(min(logs)), floor(max(logs)) + 1


class _Panel:
    """The drawing of one size."""

    def __init__(self, draw: ImageDraw.ImageDraw, top: int, height: int, least: int, most: int) -> None:
        self._draw, self._top, self._height, self._least, self._most = draw, top, height, least, most

    def frame(self, title: str) -> None:
        """Draw the title and the scale, with a stronger line for ours."""
        self.words((60, 66), title, TITLE, INK)
        self.words((60, 116), "right of the line we are faster, left of it the other is", ITALIC, QUIET)
        for value in self._marks():
            x = self._x(value)
            line = (x, self._top + TOP - 14, x, self._top + self._height - GAP)
            self._draw.line(line, INK if value == 1 else RULE, 3 if value == 1 else 2)
            self.words((x, TOP - 32), "ours" if value == 1 else f"{value:g}{TIMES}", PLAIN, QUIET, anchor="mm")

    def bar(self, y: float, name: str, value: float) -> None:
        """Draw the ratio of `name`."""
        one, end = self._x(1), self._x(value)
        box = (min(one, end), self._top + y + 5, max(one, end), self._top + y + BAR - 5)
        self._draw.rectangle(box, COLOURS.get(name, QUIET))
        label = f"{name} {value:.0f}{TIMES}" if value >= 10 else f"{name} {value:.2g}{TIMES}"
        anchor, at = ("lm", max(one, end) + 10) if value >= 1 else ("rm", min(one, end) - 10)
        self.words((at, y + BAR / 2), label, SMALL, INK, anchor=anchor)

    def words(
        self, at: tuple[float, float], text: str, letters: tuple[str, int], colour: str, *, anchor: str = "lm"
    ) -> None:
        """Write `text` at a position in this panel."""
        cut, size = letters
        font = ImageFont.truetype(str(FONTS / f"vollkorn-{cut}.woff2"), size)
        features = ["ss11"] if supports("raqm") else None  # a digit one that differs from a capital I
        self._draw.text((at[0], self._top + at[1]), text, colour, font, anchor, features=features)

    def _marks(self) -> Iterator[float]:
        yield from (10.0**power for power in range(self._least, self._most + 1))

    def _x(self, value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (log10(value) - self._least) / (self._most - self._least)
