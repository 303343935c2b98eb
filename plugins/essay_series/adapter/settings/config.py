"""Turns Pelican's settings into a `SiteConfig`, and completes them with the plugin's defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ...build.cache.memory import Memory
from ...config import AuthorError, SiteConfig
from ...house_style import house_style
from ...l10n.tags import language
from ...model import Address
from ...routes import as_url
from ...sources.schedule import moment
from .addresses import Addressing, addressing, inherited_lang, inherited_metadata
from .common import Settings, languages_of, slugifier
from .dates import certain_date
from .defaults import OWN_DEFAULTS
from .markdown import converter, keeping_comments, with_our_extensions
from .public import what_is_public
from .routes import PELICANS_FEED, made_files, other_urls, routes_of
from .values import texts_from

BUILD = "ESSAY_SERIES_BUILD"
"""The key of the `build.build.Build` in the settings."""
KEEPS_BACK = "ESSAY_SERIES_KEEPS_BACK"
"""The key that says whether essays with future dates wait; it is derived from the author's ``WITH_FUTURE_DATES``."""

_FOLDERS = {"essay": "ARTICLE_PATHS", "series": "SERIES_PATHS", "play": "PLAYBOOK_PATHS", "page": "PAGE_PATHS"}


class ContentError(AuthorError):
    """The author's sources have problems, which have been printed, or something else that the author can mend."""


def complete(settings: Settings) -> None:
    """Add the plugin's defaults, and turn off what the plugin does in Pelican's place.

    Files of series and plays are not read as articles, Pelican's feeds are off, and so is its handling of future dates,
    which knows only the machine's clock.
    """
    for name, default in OWN_DEFAULTS.items():
        settings.setdefault(name, default)
    settings["SITEURL"] = as_url(settings["SITEURL"])
    settings["MARKDOWN"] = with_our_extensions(settings["MARKDOWN"])
    declaring = [*settings["SERIES_PATHS"], *settings["PLAYBOOK_PATHS"]]
    if settings["FEED_SAVE_AS"]:
        settings.update(dict.fromkeys((name for name in settings if PELICANS_FEED.fullmatch(name)), None))
    for excludes in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
        settings[excludes] = [*settings[excludes], *declaring]
    settings.setdefault(KEEPS_BACK, not settings["WITH_FUTURE_DATES"])
    settings["WITH_FUTURE_DATES"] = True


def clock(settings: Settings) -> datetime | None:
    """Return the moment as of which to build: ``AS_OF`` or now; None if essays with future dates are published too.

    Raises:
        UnreadableMomentError: ``AS_OF`` is not a date.

    """
    zone = ZoneInfo(settings.get("TIMEZONE", "UTC"))
    if settings["AS_OF"]:
        return moment(settings["AS_OF"], zone)
    return datetime.now(zone) if settings[KEEPS_BACK] else None


def memory_of(settings: Mapping[str, Any]) -> Memory:
    """Return the in-memory cache of the build of these settings, or an empty one outside a build."""
    return settings[BUILD].memory if BUILD in settings else Memory()


def config_from(settings: Settings) -> SiteConfig:
    """Return what the other rooms need to know of the settings; raise `SettingsError` if a URL pattern is wrong."""
    style, invalid_rules = house_style(settings["HOUSE_STYLE"])
    return SiteConfig(
        content=Path(os.path.relpath(settings["PATH"])).as_posix(),
        routes=routes_of(settings),
        default_lang=language(settings["DEFAULT_LANG"]),
        timezone=ZoneInfo(settings.get("TIMEZONE", "UTC")),
        now=settings[BUILD].now if BUILD in settings else clock(settings),
        book_formats=tuple(settings["BOOK_FORMATS"]),
        theme_folder=settings["THEME_STATIC_DIR"],
        manifest=settings["MANIFEST_SAVE_AS"],
        as_of=bool(settings["AS_OF"]),
        preview=bool(settings["PREVIEW"]),
        **what_is_public(settings),
        house_style=style,
        invalid_rules=invalid_rules,
        folders={kind: next(iter(settings[name]), "") for kind, name in _FOLDERS.items()},
        needs_date=not settings.get("DEFAULT_DATE"),
        slugify=memory_of(settings).of("function", "slugify", None, lambda: cache(slugifier(settings))),
        slug_from_file=settings["SLUGIFY_SOURCE"] == "basename",
        inherited=cache(lambda path: texts_from(inherited_metadata(path, settings))),
        address=_remembered(addressing(settings), settings),
        lenient_date=certain_date,
        to_html=converter(settings["MARKDOWN"]),
        to_html_with_comments=converter(keeping_comments(settings["MARKDOWN"])),
        other_urls=other_urls(settings),
        made_files=dict(made_files(settings)),
        output=os.path.relpath(settings["OUTPUT_PATH"]),
        name=settings["SITENAME"],
        languages=settings[BUILD].speaker.languages if BUILD in settings else languages_of(settings),
        root=settings["SITEURL"],
        authority=settings["TAG_AUTHORITY"],
        searchable=bool(settings["SEARCH_INDEX"]),
        offline=bool(settings["OFFLINE"]),
        allowed_hosts=None if settings["ALLOWED_HOSTS"] is None else frozenset(settings["ALLOWED_HOSTS"]),
    )


def _remembered(address: Addressing, settings: Settings) -> Addressing:
    """Return `address` with its results cached in memory for texts that have not changed."""
    memory, root = memory_of(settings), settings["PATH"]

    def known(kind: str, path: str, written: Mapping[str, str]) -> Address:
        key = (dict(written), _changed_at(f"{root}/{path}"))
        return memory.of("address", f"{kind} {path}", key, lambda: address(kind, path, written))

    return known


def remembered_lang(path: str, settings: Settings) -> str:
    """Return the language that a source inherits, cached in memory until the file changes; see `inherited_lang`."""
    changed_at = _changed_at(f"{settings['PATH']}/{path}")
    return memory_of(settings).of("language", path, changed_at, partial(inherited_lang, path, settings))


def _changed_at(file: str) -> int | None:
    """Return the mtime of a file, which may be the date of its article; None if there is no such file."""
    try:
        return os.stat(file).st_mtime_ns  # noqa: PTH116 - thousands of times
    except OSError:
        return None
