"""`Cover` → the PNG of the cover of a book, in the site's fonts."""

from __future__ import annotations

from pathlib import Path

from ..look import Look
from ..values import dataclass
from .letters import ABOVE
from .matches import Shape, box
from .pen import Pen

WIDTH, HEIGHT = 1200, 1800
"""In pixels: a ratio of 2 to 3, which all reading systems show without cropping."""
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
    """The content of a cover; all text is plain."""

    title: str
    text: str
    name: str
    """The author, or the name of the site; may be empty."""
    mark: Path | None = None
    """The image file of the site's mark."""
    from_right: bool = False
    """Whether it is read from right to left."""


def draw_cover(cover: Cover, look: Look) -> bytes:
    """Return `cover` as a PNG; the same cover and look give the same bytes.

    Returns:
        An empty value if the fonts lack letters of the title; reading systems then generate a cover.

    """
    pen = Pen((WIDTH, HEIGHT), MARGIN, look, from_right=cover.from_right)
    if cover.mark:
        pen.paste(cover.mark, MARK_TOP, MARK)
    for size in TITLE_SIZES:
        title = pen.set(cover.title, "bold", size, TITLE_LEADING, (COLUMN, TITLE_LINES))
        if title.is_whole:
            break
    if not title.lines:
        return b""
    pen.write(title, "ink", TITLE_TOP + title.face.size * ABOVE)
    y = TITLE_TOP + title.height + GAP
    for top in (y, y + 9):
        pen.fill(Shape(box(MARGIN, top, WIDTH - MARGIN, top + 3), "rule"))
    text = pen.set(cover.text, "italic", TEXT_SIZE, TEXT_LEADING, (COLUMN, TEXT_LINES))
    pen.write(text, "quiet", y + GAP + text.face.size * ABOVE)
    pen.write(pen.set(cover.name, "plain", NAME_SIZE, room=(COLUMN, 1)), "ink", FOOT)
    return pen.png()
