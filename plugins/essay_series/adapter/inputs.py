"""The inputs of a build: theme, settings, code and sources, for `build.cache.unchanged` and for the keys of files."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pelican import Pelican

from ..build.build import Build
from ..build.cache.fingerprint import plain_words
from ..build.cache.recording import Recording, is_installed
from ..build.cache.store import Result, Store, digest_of, digest_of_all
from ..build.cache.unchanged import Inputs, forget, installed, note
from ..build.output.states import digest_of_file, outermost, paths_below
from ..build.target import Key
from ..look import Look
from .outputs.publication import look_files, site_look

MODULES = "module"
"""The kind of the results in the store that name the author's own modules, those that were loaded late too."""


def inputs_of(pelican: Pelican, store: Store, recorded: Recording) -> Inputs:
    """Return the inputs of a build that has read no source yet, with their present states.

    The files that the settings file read, listed in `recorded`, have the states of that time.
    """
    settings = pelican.settings
    folders = (*settings["ASSET_PATHS"], *settings["THEME_STATIC_PATHS"])
    theme = [*_theme(pelican, site_look(settings)), *(Path(pelican.theme, folder) for folder in folders)]
    roots = [pelican.path, *theme, *_code(settings, store)]
    return Inputs(roots, recorded.states, recorded.environment, recorded.arguments)


def save_modules(pelican: Pelican, store: Store) -> None:
    """Save the names of the author's modules that the build has loaded by its end."""
    store.leave(MODULES, {path: Result("", "") for path in _own_modules(pelican.settings)})


def note_inputs(pelican: Pelican, build: Build, before: Inputs | None, recorded: Recording) -> None:
    """Write the note of the build's inputs, or remove it if what the settings or late modules read is not known.

    `before` are the inputs at the start of the build; None if they are not known.
    """
    settings, due = pelican.settings, build.due.timestamp() if build.due else None
    known = before.states if before and recorded.is_complete else {}
    if before and known and all(os.path.realpath(path) in known for path in _own_modules(settings)):
        note(settings["CACHE_PATH"], build.live, before, build.targets, due)
    else:
        forget(settings["CACHE_PATH"], build.live)


def common_key(pelican: Pelican, build: Build) -> Key:
    """Return the parts of keys that most files share: digests of the theme, the settings, and the code with packages.

    If a setting is not a plain value, such as a filter, and what the settings file read is not known, the digest of the
    settings is a random one, so that every file is written.
    """
    settings, recorded = pelican.settings, build.recorded
    names = sorted(name for name in settings if name.isupper() and not name.startswith("ESSAY_SERIES_"))
    plain = [f"{name}={words}" for name in names if (words := plain_words(settings[name])) is not None]
    read = list(recorded.words()) if recorded and recorded.is_complete else []
    if not read and len(plain) < len(names):
        read = [secrets.token_hex()]
    return {
        "theme": digest_of_all(_contents(_theme(pelican, build.look))),
        "settings": digest_of(digest_of_all(plain), *read),
        "code": digest_of_all([*_contents(_code(settings, build.store)), *installed()]),
    }


def _theme(pelican: Pelican, look: Look | None) -> list[str]:
    files = map(str, look_files(pelican.settings, look))
    return list(map(os.path.abspath, [pelican.theme, *files, *pelican.settings["THEME_TEMPLATES_OVERRIDES"]]))


def plugin_folders(settings: Mapping[str, Any]) -> list[str]:
    """Return the folders of plugins, including this package's own."""
    return outermost([*settings["PLUGIN_PATHS"], str(Path(__file__).parent.parent)])


def _code(settings: Mapping[str, Any], store: Store) -> list[str]:
    """Return the folders of catalogues and plugins, and the author's modules that this or the last build has loaded."""
    own = _own_modules(settings) | store.all(MODULES).keys()
    return [*settings["CATALOGUES"], *plugin_folders(settings), *sorted(own)]


def _own_modules(settings: Mapping[str, Any]) -> set[str]:
    """Return the files of the author's own modules: loaded, not installed, and not below the folders of plugins."""
    files = {str(getattr(module, "__file__", None) or "") for module in list(sys.modules.values())}
    elsewhere = tuple(f"{folder}/" for folder in plugin_folders(settings))
    return {f for f in files if f.startswith(os.sep) and not is_installed(f) and not f.startswith(elsewhere)}


def _contents(roots: Iterable[str]) -> Iterator[str]:
    """Yield the relative path of each file below `roots` with a digest of its content."""
    for root in outermost(roots):
        for path in paths_below([root]):
            yield f"{path.removeprefix(root)} {digest_of_file(path)}"
