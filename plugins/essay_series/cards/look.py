"""The look of cards, as a theme declares it in ``card.toml``: its letters and its colours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Look:
    """Letters and colours."""

    fonts: Mapping[str, Path]
    """The files of the cuts ``plain``, ``italic`` and ``bold``."""
    colours: Mapping[str, str]
    """``paper``, ``ink``, ``quiet``, ``rule``, ``cost``, ``benefit`` and ``flame``, as ``#rrggbb``."""


def look_of(theme: Path) -> Look | None:
    """Return the look that the folder `theme` declares; None if it declares none.

    A colour that begins with ``--`` is the custom property of that name in the style sheet that ``tokens`` names.

    Raises:
        ValueError: what it declares is no TOML, or lacks a cut or a colour, or names a property that is not there.

    """
    file = theme / "card.toml"
    if not file.is_file():
        return None
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    missing = {"plain", "italic", "bold"} - found.get("fonts", {}).keys()
    missing |= {"paper", "ink", "quiet", "rule", "cost", "benefit", "flame"} - found.get("colours", {}).keys()
    if missing:
        raise ValueError(f"{file} says nothing of {', '.join(sorted(missing))}.")
    tokens = _tokens(theme / found["tokens"]) if "tokens" in found else {}
    unknown = {name for name in found["colours"].values() if name.startswith("--")} - tokens.keys()
    if unknown:
        raise ValueError(f"{file} names {', '.join(sorted(unknown))}, which its tokens do not.")
    colours = {name: tokens.get(colour, colour) for name, colour in found["colours"].items()}
    return Look({cut: theme / path for cut, path in found["fonts"].items()}, colours)


def _tokens(sheet: Path) -> dict[str, str]:
    """Return the first colour of each custom property of a style sheet, which is that by day."""
    found = re.findall(r"(--[\w-]+):\s*(#[0-9a-fA-F]{6})\b", sheet.read_text(encoding="utf-8"))
    return dict(reversed(found))
