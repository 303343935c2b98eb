"""Text for terminals: styles, columns and counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import click
from rich.text import Text

from ..l10n.days import noun

WIDTH = 80
Style = Literal["strong", "faint", "cost", "benefit", "alarm"]
_STYLES: Mapping[Style, Mapping[str, Any]] = {
    "strong": {"bold": True},
    "faint": {"dim": True},
    "cost": {"fg": "yellow"},
    "benefit": {"fg": "cyan"},
    "alarm": {"fg": "red"},
}


def styled(text: str, style: Style) -> str:
    """Return `text` with the ANSI escape codes for `style`, which `command.run` removes where they are not wanted."""
    return click.style(text, **_STYLES[style]) if text else text


def fitted(text: str, columns: int) -> str:
    """Return `text` in exactly `columns` columns: padded with spaces, or cut with an ellipsis."""
    found = Text(text)
    found.truncate(columns, overflow="ellipsis", pad=True)
    return found.plain


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: 1 essay, 1,200 essays."""
    return f"{number:,} {noun(number, one, many)}"


def listed(names: list[str]) -> str:
    """Return names as a list in a sentence: a, b and c."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
