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
    """Return the inputs of a build with their present states, those that the settings file read with its recorded ones.

    Args:
        pelican: the site, before any source is read.
        store: the store of the output.
        recorded: what the settings file read.

    """
    settings = pelican.settings
    folders = (*settings["ASSET_PATHS"], *settings["THEME_STATIC_PATHS"])
    theme = _theme(pelican, site_look(settings))
    below_theme = [Path(pelican.theme, folder) for folder in folders]
    own = [*settings["CATALOGUES"], *plugin_folders(settings), *_own_modules(settings, store)]
    roots = [pelican.path, *theme, *below_theme, *own]
    return Inputs(roots, recorded.states, recorded.environment, recorded.arguments)


def leave_modules(pelican: Pelican, store: Store) -> None:
    """Save the names of the author's modules that the build has loaded by its end."""
    store.leave(MODULES, {path: Result("", "") for path in _own_modules(pelican.settings)})


def note_inputs(pelican: Pelican, build: Build, before: Inputs | None, recorded: Recording) -> None:
    """Write the note of the build's inputs, or remove it if what the settings or late modules read is not known.

    Args:
        pelican: the site, once everything is written.
        build: the build, once its files are in place.
        before: its inputs; None if they are not known.
        recorded: what the settings file read.

    """
    settings, due = pelican.settings, build.due.timestamp() if build.due else None
    if (
        before
        and recorded.is_complete
        and all(os.path.realpath(path) in before.states for path in _own_modules(settings))
    ):
        note(settings["CACHE_PATH"], build.live, before, build.targets, due)
    else:
        forget(settings["CACHE_PATH"], build.live)


def common_key(pelican: Pelican, build: Build) -> Key:
    """Return the parts of keys that most files share: digests of the theme, the settings, and the code with packages.

    If a setting is not a plain value, such as a filter, and what the settings file read is not known, the digest of the
    settings is a random one, so that every file is written.

    Args:
        pelican: the site, before any source is read.
        build: the build, with its store, what the settings file read, and the look.

    """
    settings, recorded = pelican.settings, build.recorded
    names = sorted(name for name in settings if name.isupper() and not name.startswith("ESSAY_SERIES_"))
    plain = [f"{name}={words}" for name in names if (words := plain_words(settings[name])) is not None]
    read = list(recorded.words()) if recorded and recorded.is_complete else []
    if not read and len(plain) < len(names):
        read = [secrets.token_hex()]
    own = [*settings["CATALOGUES"], *plugin_folders(settings), *_own_modules(settings, build.store)]
    code = [*_contents(own), *installed()]
    return {
        "theme": digest_of_all(_contents(_theme(pelican, build.look))),
        "settings": digest_of(digest_of_all(plain), *read),
        "code": digest_of_all(code),
    }


def _theme(pelican: Pelican, look: Look | None) -> list[str]:
    files = map(str, look_files(pelican.settings, look))
    return list(map(os.path.abspath, [pelican.theme, *files, *pelican.settings["THEME_TEMPLATES_OVERRIDES"]]))


def plugin_folders(settings: Mapping[str, Any]) -> list[str]:
    """Return the folders of plugins, including this package's own."""
    return outermost([*settings["PLUGIN_PATHS"], str(Path(__file__).parent.parent)])


def _own_modules(settings: Mapping[str, Any], store: Store | None = None) -> list[str]:
    """Return the files of the author's own modules: loaded, not installed, and not below the folders of plugins.

    Args:
        settings: the settings of a build.
        store: if given, the modules that the last build had loaded by its end are returned too.

    """
    files = {str(getattr(module, "__file__", None) or "") for module in list(sys.modules.values())}
    elsewhere = tuple(f"{folder}/" for folder in plugin_folders(settings))
    own = {f for f in files if f.startswith(os.sep) and not is_installed(f) and not f.startswith(elsewhere)}
    return sorted(own | (store.all(MODULES).keys() if store else set()))


def _contents(roots: Iterable[str]) -> Iterator[str]:
    """Yield the relative path of each file below `roots` with a digest of its content."""
    for root in outermost(roots):
        for path in paths_below([root]):
            yield f"{path.removeprefix(root)} {digest_of_file(path)}"
