"""Turns Pelican's settings into a `SiteConfig`, and completes them with the plugin's defaults."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ...build.cache.memory import Memory
from ...config import AuthorError, SiteConfig
from ...house_style import house_style
from ...htmltext import anchors
from ...l10n import FOLDER
from ...l10n.tags import language
from ...model import Address
from ...package import PACKAGE, TEMPLATES
from ...routes import DEFAULTS, Routes, as_url
from ...sources.schedule import moment
from .addresses import Addressing, addressing, inherited_lang, inherited_metadata
from .common import Settings, filled, languages_of, placeholders, slugifier
from .dates import certain_date
from .defaults import OWN_DEFAULTS
from .made_files import PELICANS_FEED, direct_path, made_files
from .markdown import converter, keeping_comments, with_our_extensions
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


def is_alone(settings: Mapping[str, Any]) -> bool:
    """Tell whether this plugin is the only one in ``PLUGINS``."""
    return list(settings["PLUGINS"]) == [PACKAGE]


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
        routes=_routes(settings),
        default_lang=language(settings["DEFAULT_LANG"]),
        timezone=ZoneInfo(settings.get("TIMEZONE", "UTC")),
        now=settings[BUILD].now if BUILD in settings else clock(settings),
        book_formats=tuple(settings["BOOK_FORMATS"]),
        theme_folder=settings["THEME_STATIC_DIR"],
        manifest=settings["MANIFEST_SAVE_AS"],
        as_of=bool(settings["AS_OF"]),
        preview=bool(settings["PREVIEW"]),
        **_what_is_public(settings),
        house_style=style,
        invalid_rules=invalid_rules,
        folders={kind: next(iter(settings[name]), "") for kind, name in _FOLDERS.items()},
        needs_date=not settings.get("DEFAULT_DATE"),
        slugify=memory_of(settings).of("function", "slugify", None, lambda: cache(slugifier(settings))),
        slug_from_file=settings["SLUGIFY_SOURCE"] == "basename",
        inherited=cache(partial(_inherited, settings=settings)),
        address=_remembered(addressing(settings), settings),
        lenient_date=certain_date,
        to_html=converter(settings["MARKDOWN"]),
        to_html_with_comments=converter(keeping_comments(settings["MARKDOWN"])),
        other_urls=_other_urls(settings),
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


def _other_urls(settings: Settings) -> frozenset[str]:
    named = re.compile(r"FEED_\w*(ATOM|RSS)\w*|\w+_SAVE_AS|\w+_URL")
    return frozenset(str(value) for name, value in settings.items() if value and named.fullmatch(name))


def _routes(settings: Settings) -> Routes:
    ends = ("_SAVE_AS", "_URL")
    patterns = {name: str(value or "") for name, value in settings.items() if name.endswith(ends)}
    for template, name in (("index", "INDEX"), ("archives", "ARCHIVES")):
        path = direct_path(template, settings) if template in settings["DIRECT_TEMPLATES"] else ""
        patterns[f"{name}_SAVE_AS"] = path
        patterns[f"{name}_URL"] = patterns.get(f"{name}_URL") or path
    for name, usual in DEFAULTS.items():
        filled(name, patterns[name], placeholders(usual))
    filled("LANGUAGE_FOLDER", settings["LANGUAGE_FOLDER"], ["lang"])
    return Routes(patterns, settings["LANGUAGE_FOLDER"], language(settings["DEFAULT_LANG"]))


def _inherited(path: str, settings: Settings) -> dict[str, str]:
    """Return the front matter that Pelican takes from the settings and a file's path rather than from its text."""
    return texts_from(inherited_metadata(path, settings))


def _what_is_public(settings: Settings) -> dict[str, Any]:
    """Return the fields of `SiteConfig` that say which files, words and keys are public."""
    return {
        "static_paths": tuple(os.path.normpath(path) for path in settings["STATIC_PATHS"]),
        "declared_files": frozenset(_declared_files(settings)),
        "theme_and_settings_text": cache(partial(_theme_and_settings_text, settings)),
        "theme_anchors": cache(partial(_theme_anchors, settings)),
        "public_keys": frozenset(name.lower() for name in settings["PUBLIC_KEYS"]),
    }


def _declared_files(settings: Settings) -> Iterator[str]:
    """Yield the files that the settings publish by name, relative to the content folder."""
    for path in settings["EXTRA_PATH_METADATA"]:
        yield os.path.normpath(path).replace(os.sep, "/")
    for path in settings["STATIC_PATHS"]:
        if Path(settings["PATH"], path).is_file():
            yield os.path.normpath(path).replace(os.sep, "/")


def words_of(settings: Settings) -> Iterator[str]:
    """Yield all texts of the settings, the catalogues and the theme, except paths on this machine."""
    for value in settings.values():
        yield from (text for text in _texts_in(value) if not (text.startswith("/") and os.path.exists(text)))  # noqa: PTH110 - a text may be no path at all
    for file in (FOLDER / "messages.pot", *languages_of(settings).files(language(settings["DEFAULT_LANG"]))):
        yield file.read_text(encoding="utf-8", errors="replace")
    folders = [Path(settings["THEME"]), Path(TEMPLATES)]
    for file in sorted(file for folder in folders for file in folder.rglob("*")):
        if file.suffix in (".html", ".css", ".js", ".svg", ".xml", ".xsl", ".txt"):
            yield file.read_text(encoding="utf-8", errors="replace")


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.items():
            yield from _texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts_in(each)


def _theme_and_settings_text(settings: Settings) -> str:
    return "\n".join(words_of(settings))


def _theme_anchors(settings: Settings) -> frozenset[str]:
    return frozenset(name for text in words_of(settings) for name in anchors(text))
