"""Text for terminals: display widths, columns, colours and counts."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Mapping
from typing import Literal

from ..l10n.days import noun

WIDTH = 80
Style = Literal["strong", "faint", "cost", "benefit", "alarm"]
Styler = Callable[[str, Style], str]
"""Returns a text with the codes of a colour, or unchanged."""
_CODES: Mapping[Style, str] = {"strong": "1", "faint": "2", "cost": "33", "benefit": "36", "alarm": "31"}


def plain(text: str, _: Style) -> str:
    """Return `text` unchanged: the styler for files, pipes and ``NO_COLOR``."""
    return text


def coloured(text: str, style: Style) -> str:
    """Return `text` between the ANSI escape codes for `style`."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if text else text


def styler_for(environment: Mapping[str, str], *, terminal: bool) -> Styler:
    """Return `coloured` for a terminal, unless `environment` has ``NO_COLOR`` (no-color.org); otherwise `plain`."""
    wanted = terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return coloured if wanted else plain


def standard_styler() -> Styler:
    """Return the styler for the standard output of this process."""
    return styler_for(os.environ, terminal=sys.stdout.isatty())


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes: two for wide East Asian letters, none for combining marks."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def fitted(text: str, columns: int) -> str:
    """Return `text` in exactly `columns` columns: padded with spaces, or cut with an ellipsis."""
    if width(text) <= columns:
        return text + " " * (columns - width(text))
    kept = ""
    for letter in text:
        if width(kept + letter) > columns - 1:
            break
        kept += letter
    return fitted(f"{kept}…", columns) if columns > 0 else ""


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: 1 essay, 1,200 essays."""
    return f"{number:,} {noun(number, one, many)}"


def listed(names: list[str]) -> str:
    """Return names as a list in a sentence: a, b and c."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
