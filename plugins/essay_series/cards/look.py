"""The look of cards: the site's fonts, and its colours by day."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .. import look
from ..values import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Fonts and colours."""

    fonts: Mapping[str, Path]
    """The files of the cuts ``plain``, ``italic`` and ``bold``."""
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
    """Return the look of the cards of a site that looks like `site`."""
    return Look(
        fonts={name: site.fonts[cut] for name, cut in _FONTS.items()},
        colours={name: site.light[colour] for name, colour in _COLOURS.items()},
    )
