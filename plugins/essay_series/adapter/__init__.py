"""The only room that imports Pelican: takes its settings and articles, and returns our pages to it.

The plugin has two modes. On any Pelican site it is a guest, which only adds files: see the group `guest`. The setting
``ESSAY_SERIES_SITE = True`` switches on the site mode, in which it is in charge of the whole site. The other modules
here belong to that mode; read them in the order of a build:

- `command`, the builder, runs Pelican in a staging folder. `inputs` are the files and values that a build depends on.
- `site_mode` connects to Pelican's signals; `building` sets up the `Build`, and `environment` the templates. `patches`
  replaces slow functions of libraries.
- `generator` reads and checks all sources before Pelican reads any, with the group `reading`.
- `assembly` makes the `Site` of what Pelican has read. `compat` is ``article.series``.
- The group `outputs` makes the targets of the build: pages, feeds, books, images and other files.

The group `settings` turns Pelican's settings into typed values, for both modes. `reading` imports `settings`, and
`outputs` and `guest` import both.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from pelican import Pelican, signals

from ..extras import install_command
from . import guest
from .settings.common import SITE

_SWITCH_OFF: list[Callable[[], None]] = []
"""The function that switches the site mode off; empty until a build of this process has switched it on."""


def connect() -> None:
    """Connect to Pelican's signals; everything else waits until the settings of a build are known."""
    signals.initialized.connect(_choose_mode)
    guest.connect()


def _choose_mode(pelican: Pelican) -> None:
    """Switch the site mode on or off, since a process may make builds of both kinds."""
    if pelican.settings.get(SITE):
        _switch_on(pelican)
    else:
        for switch_off in _SWITCH_OFF:
            switch_off()
        guest.begin(pelican.settings)


def _switch_on(pelican: Pelican) -> None:
    _demand_extras(pelican.settings)
    from . import site_mode  # noqa: PLC0415 - not needed for a guest, and it imports what the extra `site` installs

    _SWITCH_OFF[:] = [site_mode.switch_off]
    site_mode.switch_on(pelican)


def _demand_extras(settings: Mapping[str, Any]) -> None:
    """Exit with the command that installs the extras of the package that the settings need, if any is missing."""
    needed = {SITE: "site", "IMAGE_WIDTHS": "images", "CARDS": "images", "SEARCH_INDEX": "search"}
    asking = {name: extra for name, extra in needed.items() if settings.get(name) and install_command([extra])}
    if asking:
        message = "%s: required packages are missing. Install them: %s"
        logging.getLogger("pelican").critical(message, " and ".join(asking), install_command(asking.values()))
        raise SystemExit(1)
