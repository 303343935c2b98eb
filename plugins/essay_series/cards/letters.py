"""Text → lines that fit into a box, in characters that the font has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import bidirectional, category, normalize

from PIL import ImageFont
from PIL.features import check as supports

from ..htmltext import NARROW, words_in
from ..values import dataclass

ABOVE, BELOW = 0.7, 0.22
"""The height of capitals and the depth of descenders, relative to the font size."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font at one size."""

    file: Path
    size: int
    """In pixels."""
    small_caps: bool = False

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The font that Pillow draws with."""
        return _opened(self.file, self.size)

    @property
    def features(self) -> list[str] | None:
        """OpenType features: a digit one that differs from a capital I, and small capitals if wanted."""
        if not can_shape():
            return None
        return ["ss11", "smcp", "c2sc"] if self.small_caps else ["ss11"]


@dataclass(frozen=True, slots=True)
class Block:
    """A text in lines."""

    lines: tuple[str, ...]
    face: Face
    leading: float
    """The distance of baselines, relative to the font size."""
    is_whole: bool
    """Whether the whole text fits."""

    @property
    def height(self) -> float:
        """The height in pixels, from the top of capitals to the bottom of descenders; 0 without lines."""
        return self.face.size * (ABOVE + BELOW + self.leading * (len(self.lines) - 1)) if self.lines else 0


def block(text: str, face: Face, leading: float, room: tuple[float, int]) -> Block:
    """Return `text` in lines of about equal length; if it does not fit, an ellipsis replaces the rest.

    `leading` is the distance of baselines, relative to the font size; `room` is the width in pixels and
    the largest number of lines.
    """
    width, most = room
    words = words_in(text)
    lines = _broken(words, face, width)
    if len(lines) <= most and all(_fits(line, face, width) for line in lines):
        return Block(_balanced(words, face, width, len(lines)), face, leading, is_whole=True)
    kept = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return Block(tuple(_cut(line, face, width) for line in kept if line), face, leading, is_whole=False)


def legible(text: str, file: Path) -> str:
    """Return `text` in characters of the font `file`: letters that it lacks lose their accents, symbols are left out.

    Returns:
        An empty text if the font lacks a letter, digit or punctuation mark altogether.

    """
    shown = text if _has(NARROW, file) else text.replace(NARROW, "\N{NO-BREAK SPACE}")
    if not can_shape() and any(_needs_shaping(each) for each in normalize("NFC", shown)):
        return ""
    found = [(each, _in_font(each, file)) for each in normalize("NFC", shown)]
    if any(category(each)[0] in "LNP" and not shown for each, shown in found):
        return ""
    return "".join(shown for _, shown in found)


def can_shape() -> bool:
    """Tell whether Pillow has Raqm, which it needs for OpenType features, joined letters, and right-to-left text."""
    return bool(supports("raqm"))


def _needs_shaping(letter: str) -> bool:
    return bidirectional(letter) in ("R", "AL") or category(letter)[0] == "M"


def has_all(text: str, file: Path) -> bool:
    """Tell whether the font `file` has every character of `text`."""
    return all(_has(each, file) for each in normalize("NFC", text))


@cache
def _opened(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size)


@lru_cache(maxsize=10_000)
def _width(word: str, face: Face) -> float:
    return face.font.getlength(word, features=face.features)


def _fits(line: str, face: Face, width: float) -> bool:
    """Tell whether `line` fits; kerning at spaces is ignored, so that each word is measured once."""
    words = line.split(" ")
    return sum(_width(word, face) for word in words) + _width(" ", face) * (len(words) - 1) <= width


def _broken(words: Sequence[str], face: Face, width: float) -> list[str]:
    lines, used, blank = list[str](), 0.0, _width(" ", face)
    for word in words:
        needed = _width(word, face)
        if lines and used + blank + needed <= width:
            lines[-1] = f"{lines[-1]} {word}"
            used += blank + needed
        else:
            lines.append(word)
            used = needed
    return lines


def _balanced(words: Sequence[str], face: Face, width: float, count: int) -> tuple[str, ...]:
    """Return the lines of the narrowest column in which `words` take `count` lines."""

    def is_enough(column: int) -> bool:
        lines = _broken(words, face, column)
        return len(lines) <= count and all(_fits(line, face, column) for line in lines)

    return tuple(_broken(words, face, 1 + bisect_left(range(1, int(width)), x=True, key=is_enough)))


def _cut(line: str, face: Face, width: float) -> str:
    """Return the longest beginning of `line` that fits; by bisection, since a line may be as long as a page."""
    if _fits(line, face, width):
        return line
    lengths = range(1, len(line) + 1)
    fitting = bisect_left(lengths, x=True, key=lambda length: not _fits(_shortened(line, length), face, width))
    return _shortened(line, fitting)


def _shortened(line: str, length: int) -> str:
    """Return the first `length` characters of `line` without an incomplete last word, unless it is the only one."""
    start, between, broken = line[:length].rpartition(" ")
    kept = start if between and broken and not line[length : length + 1].isspace() else line[:length]
    return f"{kept.rstrip(' ,;:.-')}\N{HORIZONTAL ELLIPSIS}"


def _in_font(character: str, file: Path) -> str:
    versions = (character, normalize("NFKD", character)[:1])
    return next((each for each in versions if _has(each, file)), "")


@cache
def _has(character: str, file: Path) -> bool:
    """Tell whether the font has a glyph for `character`, other than the one for missing characters."""
    return character.isspace() or _drawn(character, file) != _drawn("\uffff", file)


def _drawn(character: str, file: Path) -> tuple[tuple[int, int], bytes]:
    font = ImageFont.truetype(str(file), 32, layout_engine=ImageFont.Layout.BASIC)
    mask = font.getmask(character)
    return mask.size, bytes(mask)
