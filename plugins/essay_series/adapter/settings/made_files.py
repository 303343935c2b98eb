"""The output paths of the pages and files that settings ask for by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...offline import WORKER
from ...routes import DEFAULTS
from .common import Settings
from .defaults import OWN_DEFAULTS

PELICANS_FEED = re.compile(r"(?:\w+_)?FEED_(?:ALL_)?(?:ATOM|RSS)(?:_URL)?")
"""The names of Pelican's settings of feeds."""


def direct_path(template: str, settings: Settings) -> str:
    """Return the output path of the direct template `template`; empty if it has none."""
    return str(settings.get(f"{template.upper()}_SAVE_AS", f"{template}.html") or "")


def made_files(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the output path of each page and file that settings ask for, with a description for messages."""
    for template in settings["DIRECT_TEMPLATES"]:
        yield direct_path(template, settings), f'the page of the template "{template}"'
    for template, path in settings["TEMPLATE_PAGES"].items():
        yield path, f'the page of the template "{template}"'
    names = [name for name in OWN_DEFAULTS.keys() - DEFAULTS.keys() if name.endswith("_SAVE_AS")]
    for name in [*names, *(name for name in settings if PELICANS_FEED.fullmatch(name))]:
        if "{" not in str(settings[name] or "{"):
            yield str(settings[name]), f"what {name} asks for"
    if settings["OFFLINE"] and settings["OFFLINE_SAVE_AS"]:
        yield settings["OFFLINE_SAVE_AS"], "the page for readers without a network"
    if settings["OFFLINE"] is not None:
        yield WORKER, "the service worker"
