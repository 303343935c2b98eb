"""The settings that say which languages a site speaks, and what it calls things of the domain.

``CATALOGUES`` names folders with catalogues of the site's own, ``LANG.po``, which come before those of the plugin.
``WORDS`` names things otherwise, in every language or in some. A guest's begin with ``ESSAY_SERIES_``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...config import SettingsError
from ...l10n import CatalogueError, Languages, chosen, tags_in

NAMES, FOLDERS = "WORDS", "CATALOGUES"


def languages_of(settings: Mapping[str, Any]) -> Languages:
    """Return the languages that a site of this project's kind can speak.

    Raises:
        SettingsError: a setting cannot be used, or a catalogue cannot be read.

    """
    languages, problems = read_languages(settings, "")
    if problems:
        raise SettingsError("\n".join(problems))
    return languages


def read_languages(settings: Mapping[str, Any], prefix: str) -> tuple[Languages, tuple[str, ...]]:
    """Return the languages that a site can speak, and what is wrong with its settings, in words.

    Args:
        settings: those of the site.
        prefix: with what the names of our settings begin.

    """
    choice = chosen(settings.get(f"{prefix}{NAMES}"))
    problems = [f"{prefix}{NAMES}: {each}." for each in choice.problems]
    folders = settings.get(f"{prefix}{FOLDERS}") or ()
    if isinstance(folders, str) or not all(isinstance(each, str) and Path(each).is_dir() for each in folders):
        problems.append(f'{prefix}{FOLDERS}: write a list of folders, such as ["l10n"]; each has to be there.')
        folders = ()
    languages = Languages([Path(each) for each in folders], choice.names)
    try:
        for tag in (settings["DEFAULT_LANG"], *(tag for folder in folders for tag in tags_in(Path(folder)))):
            languages.locale(tag)
    except CatalogueError as error:
        return Languages(names=choice.names), (*problems, str(error))
    return languages, tuple(problems)
