"""The facts of a book → its cover, as a PNG in the site's own letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..values import dataclass
from .letters import ABOVE
from .look import Look
from .matches import Shape, box
from .pen import Pen

WIDTH, HEIGHT = 1200, 1800
"""Two to three, which shelves of all reading systems show whole."""
MARGIN = 120
COLUMN = WIDTH - 2 * MARGIN
MARK_TOP, MARK = 170, 300
TITLE_TOP = 600
TITLE_SIZES, TEXT_SIZE, NAME_SIZE = (156, 136, 120, 104, 90, 76, 64), 50, 46
TITLE_LEADING, TEXT_LEADING, GAP = 1.06, 1.34, 72
TITLE_LINES, TEXT_LINES = 5, 6
FOOT = HEIGHT - 140


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of a cover; all text is plain."""

    title: str
    text: str
    name: str
    """Who wrote it, or where it was published; empty where neither is to be said."""
    mark: Path | None = None
    """The mark of the site as an image."""
    from_right: bool = False
    """Whether it is read from right to left."""


def draw_cover(cover: Cover, look: Look) -> bytes:
    """Return the picture of `cover` as a PNG; the same cover and look give the same bytes.

    Returns:
        Nothing where the fonts lack letters of the title: reading systems then make a cover themselves.

    """
    pen = Pen((WIDTH, HEIGHT), MARGIN, look, from_right=cover.from_right)
    if cover.mark:
        pen.paste(cover.mark, MARK_TOP, MARK)
    sizes = (pen.set(cover.title, "bold", size, TITLE_LEADING, (COLUMN, TITLE_LINES)) for size in TITLE_SIZES)
    title = next((each for each in sizes if each.is_whole), None)
    title = title or pen.set(cover.title, "bold", TITLE_SIZES[-1], TITLE_LEADING, (COLUMN, TITLE_LINES))
    if not title.lines:
        return b""
    pen.write(title, "ink", TITLE_TOP + title.face.size * ABOVE)
    y = TITLE_TOP + title.height + GAP
    for line in _double_rule(y):
        pen.fill(line)
    text = pen.set(cover.text, "italic", TEXT_SIZE, TEXT_LEADING, (COLUMN, TEXT_LINES))
    pen.write(text, "quiet", y + GAP + text.face.size * ABOVE)
    pen.write(pen.set(cover.name, "plain", NAME_SIZE, room=(COLUMN, 1)), "ink", FOOT)
    return pen.png()


def _double_rule(y: float) -> Iterator[Shape]:
    """Yield the line under which an account is summed up."""
    for top in (y, y + 9):
        yield Shape(box(MARGIN, top, WIDTH - MARGIN, top + 3), "rule")
