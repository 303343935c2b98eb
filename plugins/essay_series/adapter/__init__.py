"""The only room that imports Pelican: takes its settings and articles, and returns our pages to it.

On any other Pelican site the plugin is a guest, which only adds files (see `guest`). The setting
``ESSAY_SERIES_SITE = True`` switches on everything that only a site of this project's kind wants (see `site_mode`). The
program that builds such a site is `command`.
"""

from __future__ import annotations

from collections.abc import Callable

from pelican import Pelican, signals

from . import guest
from .guest.own import SITE

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
    from .settings.needs import demand_extras  # noqa: PLC0415 - not needed for a guest

    demand_extras(pelican.settings)
    from . import site_mode  # noqa: PLC0415 - likewise

    _SWITCH_OFF[:] = [site_mode.switch_off]
    site_mode.switch_on(pelican)
