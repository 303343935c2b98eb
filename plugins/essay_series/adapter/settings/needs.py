"""Checks that the extras of the package that the settings need are installed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from ...extras import install_command
from ..guest.own import SITE

_EXTRAS = {SITE: "site", "IMAGE_WIDTHS": "images", "CARDS": "images", "SEARCH_INDEX": "search"}


def demand_extras(settings: Mapping[str, Any]) -> None:
    """Log a message with the command that installs them if extras are missing, and exit.

    Raises:
        SystemExit: an extra is missing.

    """
    asking = [name for name, extra in _EXTRAS.items() if settings.get(name) and install_command([extra])]
    if asking:
        command = install_command(_EXTRAS[name] for name in asking)
        logging.getLogger("pelican").critical(
            "%s: required packages are missing. Install them: %s", " and ".join(asking), command
        )
        raise SystemExit(1)
