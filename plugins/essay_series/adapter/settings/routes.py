"""The addresses that settings give to generated pages and files, in the site mode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...l10n.tags import language
from ...offline import WORKER
from ...routes import DEFAULTS, Routes
from .common import Settings, filled, placeholders
from .defaults import OWN_DEFAULTS

PELICANS_FEED = re.compile(r"(?:\w+_)?FEED_(?:ALL_)?(?:ATOM|RSS)(?:_URL)?")
"""The names of Pelican's settings of feeds."""
_OF_URLS = re.compile(r"FEED_\w*(ATOM|RSS)\w*|\w+_SAVE_AS|\w+_URL")


def routes_of(settings: Settings) -> Routes:
    """Return the addresses of generated pages.

    Raises:
        SettingsError: a pattern has an unknown placeholder.

    """
    patterns = {name: str(value or "") for name, value in settings.items() if name.endswith(("_SAVE_AS", "_URL"))}
    for template, name in (("index", "INDEX"), ("archives", "ARCHIVES")):
        path = _direct_path(template, settings) if template in settings["DIRECT_TEMPLATES"] else ""
        patterns[f"{name}_SAVE_AS"] = path
        patterns[f"{name}_URL"] = patterns.get(f"{name}_URL") or path
    for name, usual in DEFAULTS.items():
        filled(name, patterns[name], placeholders(usual))
    filled("LANGUAGE_FOLDER", settings["LANGUAGE_FOLDER"], ["lang"])
    return Routes(patterns, settings["LANGUAGE_FOLDER"], language(settings["DEFAULT_LANG"]))


def other_urls(settings: Settings) -> frozenset[str]:
    """Return all values of settings that name an output path, a URL, or a pattern of them."""
    return frozenset(str(value) for name, value in settings.items() if value and _OF_URLS.fullmatch(name))


def made_files(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the output path of each page and file that settings ask for by name, with a description for messages."""
    for template in settings["DIRECT_TEMPLATES"]:
        yield _direct_path(template, settings), f'the page of the template "{template}"'
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


def _direct_path(template: str, settings: Settings) -> str:
    """Return the output path of the direct template `template`; empty if it has none."""
    return str(settings.get(f"{template.upper()}_SAVE_AS", f"{template}.html") or "")
