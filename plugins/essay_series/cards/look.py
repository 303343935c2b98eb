"""The look of cards, as a theme declares it in ``card.toml``: its letters and its colours."""

from __future__ import annotations

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

    Raises:
        ValueError: what it declares is no TOML, or lacks a cut or a colour.

    """
    file = theme / "card.toml"
    if not file.is_file():
        return None
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    missing = {"plain", "italic", "bold"} - found.get("fonts", {}).keys()
    missing |= {"paper", "ink", "quiet", "rule", "cost", "benefit", "flame"} - found.get("colours", {}).keys()
    if missing:
        raise ValueError(f"{file} says nothing of {', '.join(sorted(missing))}.")
    return Look({cut: theme / path for cut, path in found["fonts"].items()}, dict(found["colours"]))
