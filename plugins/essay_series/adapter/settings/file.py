"""The settings file: executed by Pelican, with every mistake in it reported at once, by file and line."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pelican.settings import DEFAULT_CONFIG, get_settings_from_file, read_settings

from ...build.cache.recording import is_installed
from ...config import SettingsError
from ...routes import COPIES
from .common import SITE
from .defaults import OWN_DEFAULTS

_NOTHING_WRITTEN = "Nothing was written; your last build is unchanged."
_TYPES: Mapping[type, tuple[str, tuple[type, ...], str]] = {
    str: ("a text", (str, os.PathLike), '"…"'),
    list: ("a list", (list, tuple, set, frozenset), '["…"]'),
    dict: ("a dictionary", (Mapping,), '{"…": "…"}'),
    int: ("a whole number", (int,), "10"),
    bool: ("True or False", (bool, int), "True"),
}
"""By the type of a default: its name, the types of valid values, and an example."""
_REQUIRED = ("SITEURL", "SITENAME", "DEFAULT_LANG", "PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME")
"""Texts that may be empty, but not `None` or `False`."""
_PELICANS = (
    *(*_REQUIRED, "STATIC_PATHS", "PAGE_PATHS", "PLUGIN_PATHS", "MARKDOWN", "DEFAULT_METADATA", "JINJA_FILTERS"),
    *("JINJA_GLOBALS", "DIRECT_TEMPLATES", "THEME_TEMPLATES_OVERRIDES", "THEME_STATIC_PATHS", "IGNORE_FILES"),
    *("FILENAME_METADATA", "PATH_METADATA", "SLUG_REGEX_SUBSTITUTIONS"),
)
"""The settings of Pelican's that are checked; their types are those of Pelican's defaults."""
_WITHOUT_DEFAULT: Mapping[str, type] = {
    **dict.fromkeys(("FEED_ICON", "AUTHOR", "SITESUBTITLE", "TIMEZONE"), str),
    "ALLOWED_HOSTS": list,
    "OFFLINE": bool,
    "DEFAULT_PAGINATION": int,
}
_PATTERNS = (
    *("FILENAME_METADATA", "PATH_METADATA"),
    *(f"{kind}_REGEX_SUBSTITUTIONS" for kind in ("SLUG", "AUTHOR", "CATEGORY", "TAG")),
)
"""Settings that are a regular expression, or a list of pairs of one and its replacement."""
_CHOICES: Mapping[str, Collection[str]] = {"COPIES": COPIES, "BOOK_FORMATS": ("page", "epub", "pdf")}


def settings_from_file(path: str | None, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the settings of a site, as Pelican reads them.

    Args:
        path: the settings file; None for Pelican's defaults alone.
        overrides: settings that come before those of the file.

    Raises:
        SettingsError: the file cannot be executed, or settings of a site of this project's kind have wrong types.

    """
    try:
        read: dict[str, Any] = read_settings(path, dict(overrides or {}))
    except Exception as error:
        if path is None:
            raise
        raise SettingsError("\n".join([*_after_failure(path, error), _NOTHING_WRITTEN])) from error
    problems = [*_problems(read, path)] if path and read.get(SITE) else []
    if problems:
        raise SettingsError("\n".join([*problems, _NOTHING_WRITTEN]))
    return read


def _after_failure(path: str, error: Exception) -> list[str]:
    """Return why the file cannot be used: values of wrong types, or else the error with its place."""
    try:
        problems = [*_problems(get_settings_from_file(path), path)]
    except Exception:  # noqa: BLE001 - settings are a program, which may raise anything; `error` says what
        problems = []
    why = error.msg if isinstance(error, SyntaxError) else f"{type(error).__name__}: {error}"
    return problems or [f"{_place(path, error)}: {why}. Correct the settings file."]


def _problems(settings: Mapping[str, Any], path: str) -> Iterator[str]:
    for name, kind in _types().items():
        value = settings.get(name)
        if name in settings and not _is_valid(name, value, kind):
            wanted, _, example = _TYPES[kind]
            example = f"[{value!r}]" if kind is list and isinstance(value, str) else example
            yield f"{_line_of(name, path)}: {name} is {value!r}, which is not {wanted}. Write for example {example}."
    for name, known in _CHOICES.items():
        for unknown in [each for each in settings.get(name) or () if each not in known]:
            yield f"{_line_of(name, path)}: {name}: there is no form {unknown!r}. Choose from {', '.join(known)}."
    for name in _PATTERNS:
        yield from (f"{_line_of(name, path)}: {told}" for told in _pattern_problems(name, settings.get(name)))
    if not isinstance(settings.get("DEFAULT_DATE"), str | tuple | list | date | None):
        yield f'{_line_of("DEFAULT_DATE", path)}: DEFAULT_DATE is no date. Write "2009-04-01", or "fs".'
    zone = settings.get("TIMEZONE")
    if isinstance(zone, str) and not _is_zone(zone):
        yield f'{_line_of("TIMEZONE", path)}: there is no time zone "{zone}". Write one such as "Europe/Paris".'


def _types() -> dict[str, type]:
    """Return the type of each setting that is checked, by name; one with a default has the type of the default."""
    defaults = {**OWN_DEFAULTS, **{name: DEFAULT_CONFIG[name] for name in _PELICANS if name in DEFAULT_CONFIG}}
    given = {name: type(default) for name, default in defaults.items() if type(default) in _TYPES}
    del given["BUILD_WORKERS"]  # it may come from the environment too, and is checked with that
    return {**given, **_WITHOUT_DEFAULT}


def _is_valid(name: str, value: object, kind: type) -> bool:
    """Tell whether a value has the right type; `None` and `False` switch off what a site can do without."""
    may_be_off = name in _WITHOUT_DEFAULT or (kind in (str, bool) and name not in _REQUIRED)
    return isinstance(value, _TYPES[kind][1]) or (may_be_off and value in (None, False))


def _pattern_error(pattern: str, replacement: str = "") -> str:
    """Return why a regular expression and its replacement cannot be used; empty if they can."""
    try:
        re.sub(pattern, replacement, "")
    except (re.error, IndexError) as error:
        return str(error)
    return ""


def _pattern_problems(name: str, value: object) -> Iterator[str]:
    """Yield what is wrong with the value of a setting that holds a regular expression, or a list of substitutions."""
    if isinstance(value, str) and (error := _pattern_error(value)):
        yield f"{name} is not a regular expression: {error}."
    for pair in value if isinstance(value, list | tuple) else ():
        match pair:
            case (str(pattern), str(replacement)):
                if error := _pattern_error(pattern, replacement):
                    yield f"{name}: {pattern!r} cannot be replaced by {replacement!r}: {error}."
            case _:
                yield f'{name}: {pair!r} is not a pair of texts. Write for example (r"[^a-z]", "-").'


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _line_of(name: str, path: str) -> str:
    """Return where `name` is set: in the settings file or in `pelicanconf.py`, from which another one starts."""
    for file in dict.fromkeys((Path(path), Path(path).with_name("pelicanconf.py"))):
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        numbers = [n for n, line in enumerate(text.splitlines(), 1) if re.match(rf"{name}\s*[=:]", line)]
        if numbers:
            return f"{_shown(file)}:{numbers[-1]}"
    return _shown(Path(path))


def _place(path: str, error: Exception) -> str:
    """Return where the settings failed: the last line of a file below the folder of the settings file."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_shown(Path(error.filename))}:{error.lineno}"
    folder, place = Path(path).resolve().parent, _shown(Path(path))
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        if file.is_file() and folder in file.resolve().parents and not is_installed(frame.filename):
            place = f"{_shown(file)}:{frame.lineno}"
    return place


def _shown(file: Path) -> str:
    return Path(os.path.relpath(file)).as_posix()
