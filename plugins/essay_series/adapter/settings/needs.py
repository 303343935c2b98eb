"""What settings ask for and only an extra of the package can make."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from ...extras import install_command
from ..guest.own import SITE

_EXTRAS = {SITE: "site", "IMAGE_WIDTHS": "images", "CARDS": "images", "SEARCH_INDEX": "search"}


def demand_extras(settings: Mapping[str, Any]) -> None:
    """End the build if an extra is not installed that the settings ask for; it is said which, and how to install it.

    Raises:
        SystemExit: one is not.

    """
    asking = [name for name, extra in _EXTRAS.items() if settings.get(name) and install_command([extra])]
    if asking:
        command = install_command(_EXTRAS[name] for name in asking)
        logging.getLogger("pelican").critical(
            "%s: what makes this is not installed. Install it: %s", " and ".join(asking), command
        )
        raise SystemExit(1)
