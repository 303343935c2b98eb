"""The fonts and colours of cards, from the look of the site and its light colour scheme."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .. import look
from ..values import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """The fonts and colours of cards and covers."""

    fonts: Mapping[str, Path]
    """The files of the fonts ``plain``, ``italic`` and ``bold``."""
    colours: Mapping[str, str]
    """``paper``, ``ink``, ``quiet``, ``rule``, ``cost``, ``benefit`` and ``flame``, as ``#rrggbb``."""


_FONTS = {"plain": "regular", "italic": "italic", "bold": "semibold"}
_COLOURS = {
    "paper": "paper",
    "ink": "ink",
    "quiet": "ink-quiet",
    "rule": "rule-strong",
    "cost": "ember",
    "benefit": "deep",
    "flame": "flame",
}


def look_from(site: look.Look) -> Look:
    """Return the look of cards on a site with the look `site`."""
    return Look(
        fonts={name: site.fonts[cut] for name, cut in _FONTS.items()},
        colours={name: site.light[colour] for name, colour in _COLOURS.items()},
    )
