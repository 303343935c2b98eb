"""The settings ``CATALOGUES`` and ``WORDS``: a site's own translations and terms.

``CATALOGUES`` lists folders with catalogues ``LANG.po``, which take precedence over those of the plugin. ``WORDS``
renames things of the domain, in every language or in some. For a guest the names begin with ``ESSAY_SERIES_``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...config import SettingsError
from ...l10n import CatalogueError, Languages, chosen, tags_in

NAMES, FOLDERS = "WORDS", "CATALOGUES"


def languages_of(settings: Mapping[str, Any]) -> Languages:
    """Return the languages of a site in the site mode.

    Raises:
        SettingsError: a setting is invalid, or a catalogue cannot be read.

    """
    languages, problems = read_languages(settings, "")
    if problems:
        raise SettingsError("\n".join(problems))
    return languages


def read_languages(settings: Mapping[str, Any], prefix: str) -> tuple[Languages, tuple[str, ...]]:
    """Return the languages of a site, and messages about invalid settings.

    Args:
        settings: the settings of the site.
        prefix: the prefix of the names of our settings.

    """
    choice = chosen(settings.get(f"{prefix}{NAMES}"))
    problems = [f"{prefix}{NAMES}: {each}." for each in choice.problems]
    folders = settings.get(f"{prefix}{FOLDERS}") or ()
    if isinstance(folders, str) or not all(isinstance(each, str) and Path(each).is_dir() for each in folders):
        problems.append(f'{prefix}{FOLDERS}: write a list of existing folders, such as ["l10n"].')
        folders = ()
    languages = Languages([Path(each) for each in folders], choice.names)
    try:
        for tag in (settings["DEFAULT_LANG"], *(tag for folder in folders for tag in tags_in(Path(folder)))):
            languages.locale(tag)
    except CatalogueError as error:
        return Languages(names=choice.names), (*problems, str(error))
    return languages, tuple(problems)
