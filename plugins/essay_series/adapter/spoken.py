"""The settings that say which languages a site speaks, and what it calls things."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..l10n import Languages


def languages_of(settings: Mapping[str, Any]) -> Languages:
    """Return the languages that a site can speak."""
    return Languages(cache=Path(settings["CACHE_PATH"]))
