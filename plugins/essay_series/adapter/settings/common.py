"""What a guest and the site mode read from Pelican's settings in the same way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from string import Formatter
from typing import Any

from pelican.utils import slugify

from ...config import SettingsError
from ...l10n import CatalogueError, Languages, chosen, tags_in

Settings = dict[str, Any]

PREFIX = "ESSAY_SERIES_"
"""The prefix of the settings of a guest."""
SITE = f"{PREFIX}SITE"
"""The setting that switches on the site mode."""


def by_line(settings: Mapping[str, Any]) -> str:
    """Return ``AUTHOR``; empty if it is not set or is the name of the site."""
    author: str = settings.get("AUTHOR") or ""
    return "" if author == settings["SITENAME"] else author


def slugifier(settings: Mapping[str, Any]) -> Callable[[str], str]:
    """Return the function that slugifies a text as Pelican does under `settings`."""
    return partial(
        slugify,
        regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"],
        preserve_case=settings["SLUGIFY_PRESERVE_CASE"],
        use_unicode=settings["SLUGIFY_USE_UNICODE"],
    )


def placeholders(pattern: str) -> list[str]:
    """Return the names of the placeholders in an address pattern."""
    return [name for _, name, _, _ in Formatter().parse(pattern) if name]


def filled(name: str, pattern: str, known: list[str]) -> str:
    """Return the address pattern in the setting `name` with each placeholder replaced by its own name.

    Raises:
        SettingsError: it has other placeholders than those `known`, or unbalanced braces.

    """
    try:
        return pattern.format(**{word: word for word in known})
    except (KeyError, IndexError, AttributeError, ValueError) as error:
        words = " and ".join(f"{{{word}}}" for word in known) or "none"
        raise SettingsError(f'{name}: "{pattern}" has an unknown placeholder. It may use: {words}.') from error


def languages_of(settings: Mapping[str, Any]) -> Languages:
    """Return the languages of a site in the site mode.

    Raises:
        SettingsError: a setting is invalid, or a catalogue cannot be read.

    """
    languages, problems = read_languages(settings, "")
    if problems:
        raise SettingsError("\n".join(problems))
    return languages


def read_languages(settings: Mapping[str, Any], prefix: str) -> tuple[Languages, list[str]]:
    """Return the languages of a site, with its own translations and terms, and messages about invalid settings.

    ``CATALOGUES`` lists folders with catalogues ``LANG.po``, which take precedence over those of the plugin. ``WORDS``
    renames things of the domain, in every language or in some.

    Args:
        settings: the settings of the site.
        prefix: the prefix of the names of these settings: empty, or `PREFIX` for a guest.

    """
    choice = chosen(settings.get(f"{prefix}WORDS"))
    problems = [f"{prefix}WORDS: {each}." for each in choice.problems]
    folders = settings.get(f"{prefix}CATALOGUES") or ()
    if isinstance(folders, str) or not all(isinstance(each, str) and Path(each).is_dir() for each in folders):
        problems.append(f'{prefix}CATALOGUES: write a list of existing folders, such as ["l10n"].')
        folders = ()
    languages = Languages([Path(each) for each in folders], choice.names)
    try:
        for tag in (settings["DEFAULT_LANG"], *(tag for folder in folders for tag in tags_in(Path(folder)))):
            languages.locale(tag)
    except CatalogueError as error:
        return Languages(names=choice.names), [*problems, str(error)]
    return languages, problems
