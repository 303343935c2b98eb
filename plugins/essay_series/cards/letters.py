"""Words → lines that have room, in the letters that a font has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import bidirectional, category, normalize

from PIL import ImageFont
from PIL.features import check as supports

from ..htmltext import NARROW, words_in
from ..values import dataclass

ABOVE, BELOW = 0.7, 0.22
"""How far capitals reach above the line on which they stand, and tails below it, by the size of the letters."""


@dataclass(frozen=True, slots=True)
class Face:
    """Letters of one kind and size."""

    file: Path
    size: int
    """In pixels."""
    small_caps: bool = False

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """What draws them."""
        return _opened(self.file, self.size)

    @property
    def features(self) -> list[str] | None:
        """What is asked of the font: a one that is no capital I, and small capitals where they are wanted."""
        if not can_shape():
            return None
        return ["ss11", "smcp", "c2sc"] if self.small_caps else ["ss11"]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines below each other."""

    lines: tuple[str, ...]
    face: Face
    leading: float
    """Distance of the lines, by the size of the letters."""
    is_whole: bool
    """Whether all words had room."""

    @property
    def height(self) -> float:
        """From the top of its capitals to the end of its tails, in pixels; 0 where it says nothing."""
        return self.face.size * (ABOVE + BELOW + self.leading * (len(self.lines) - 1)) if self.lines else 0


def block(text: str, face: Face, leading: float, room: tuple[float, int]) -> Block:
    """Return `text` in lines that are all about as long.

    Args:
        text: words; what has no room is left out behind an ellipsis.
        face: its letters.
        leading: distance of lines, by the size of the letters.
        room: the width in pixels, and how many lines there may be.

    """
    width, most = room
    words = words_in(text)
    lines = _broken(words, face, width)
    if len(lines) <= most and all(_fits(line, face, width) for line in lines):
        return Block(_balanced(words, face, width, len(lines)), face, leading, is_whole=True)
    kept = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return Block(tuple(_cut(line, face, width) for line in kept if line), face, leading, is_whole=False)


def legible(text: str, file: Path) -> str:
    """Return `text` in the characters of the font `file`; for a letter that it lacks stands the one without accents.

    What cannot be written whole is not written at all. Signs that are no part of words, such as emoji, are left out.
    """
    shown = text if _has(NARROW, file) else text.replace(NARROW, "\N{NO-BREAK SPACE}")
    if not can_shape() and any(_needs_shaping(each) for each in normalize("NFC", shown)):
        return ""
    found = [(each, _in_font(each, file)) for each in normalize("NFC", shown)]
    if any(category(each)[0] in "LNP" and not shown for each, shown in found):
        return ""
    return "".join(shown for _, shown in found)


def can_shape() -> bool:
    """Tell whether letters can be joined, and set from right to left, for which Pillow needs Raqm."""
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
    """Tell whether `line` has room; all blanks are taken to be as wide, so that each word is measured once."""
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
    """Return the lines of the narrowest column in which the words still take `count` lines."""
    low, high = 1, int(width)
    while low < high:
        middle = (low + high) // 2
        lines = _broken(words, face, middle)
        if len(lines) <= count and all(_fits(line, face, middle) for line in lines):
            high = middle
        else:
            low = middle + 1
    return tuple(_broken(words, face, high))


def _cut(line: str, face: Face, width: float) -> str:
    """Return as much of `line` as has room, found by halving, since a line may hold a whole page."""
    if _fits(line, face, width):
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(_shortened(line, middle), face, width):
            low = middle
        else:
            high = middle - 1
    return _shortened(line, low)


def _shortened(line: str, length: int) -> str:
    """Return the first characters of `line`, without a word that would be broken if there is one before it."""
    start, between, broken = line[:length].rpartition(" ")
    kept = start if between and broken and not line[length : length + 1].isspace() else line[:length]
    return f"{kept.rstrip(' ,;:.-')}\N{HORIZONTAL ELLIPSIS}"


def _in_font(character: str, file: Path) -> str:
    versions = (character, normalize("NFKD", character)[:1])
    return next((each for each in versions if _has(each, file)), "")


@cache
def _has(character: str, file: Path) -> bool:
    """Tell whether the font draws `character` as anything but the sign for what it lacks."""
    return character.isspace() or _drawn(character, file) != _drawn("\uffff", file)


def _drawn(character: str, file: Path) -> tuple[tuple[int, int], bytes]:
    font = ImageFont.truetype(str(file), 32, layout_engine=ImageFont.Layout.BASIC)
    mask = font.getmask(character)
    return mask.size, bytes(mask)
