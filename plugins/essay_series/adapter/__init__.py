"""The only room that knows Pelican: its settings and articles in, our pages out.

As a guest on any Pelican site the plugin only adds (see `guest`). ``ESSAY_SERIES_SITE = True`` in the settings switches
on what only sites of this project's kind want (see `site_mode`).
"""

from __future__ import annotations

from collections.abc import Callable

from pelican import Pelican, signals

from . import guest
from .guest.own import SITE

_SWITCH_OFF: list[Callable[[], None]] = []
"""What switches the site mode off again; empty until a build of this process has switched it on."""


def connect() -> None:
    """Connect to Pelican's signals; nothing else is touched before the settings of a build are known."""
    signals.initialized.connect(_choose_mode)
    guest.connect()


def _choose_mode(pelican: Pelican) -> None:
    """Switch the site mode on or off: a process may make builds of both kinds."""
    if pelican.settings.get(SITE):
        _switch_on(pelican)
    else:
        for switch_off in _SWITCH_OFF:
            switch_off()
        guest.begin(pelican.settings)


def _switch_on(pelican: Pelican) -> None:
    from .settings.needs import demand_extras  # noqa: PLC0415 - a guest does without

    demand_extras(pelican.settings)
    from . import site_mode  # noqa: PLC0415 - likewise

    _SWITCH_OFF[:] = [site_mode.switch_off]
    site_mode.switch_on(pelican)
