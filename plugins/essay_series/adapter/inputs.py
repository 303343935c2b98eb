"""All that a build depends on: for the front door, which looks whether it has changed, and for the keys of pages."""

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
"""The kind of results that name the author's own modules, also those that were loaded while pages were written."""


def inputs_of(pelican: Pelican, store: Store, recorded: Recording) -> Inputs:
    """Return what a build depends on, as it is now; what the settings read, as it was when they read it.

    Args:
        pelican: has not read any source yet.
        store: what the last build left.
        recorded: what the settings read.

    """
    settings = pelican.settings
    folders = (*settings["ASSET_PATHS"], *settings["THEME_STATIC_PATHS"])
    theme = _theme(pelican, site_look(settings))
    below_theme = [Path(pelican.theme, folder) for folder in folders]
    own = [*settings["CATALOGUES"], *plugin_folders(settings), *_own_modules(settings, store)]
    roots = [pelican.path, *theme, *below_theme, *own]
    return Inputs(roots, recorded.states, recorded.environment, recorded.arguments)


def leave_modules(pelican: Pelican, store: Store) -> None:
    """Let the next build know which modules this one has loaded by its end."""
    store.leave(MODULES, {path: Result("", "") for path in _own_modules(pelican.settings)})


def note_inputs(pelican: Pelican, build: Build, before: Inputs | None, recorded: Recording) -> None:
    """Note what the build depends on; nothing where it is not known what the settings or late modules read.

    Args:
        pelican: has written everything.
        build: has been put in place.
        before: what it depends on; None if that is not known.
        recorded: what the settings read.

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
    """Return the parts of keys that nearly all files have in common: theme, settings, and the code with its packages.

    Where it is not known what made a setting that is no plain value, such as a filter, the settings stand for this
    build alone.

    Args:
        pelican: has not read any source yet.
        build: knows what the last one left, what the settings read, and the look of the site.

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
    """Return the folders that plugins are loaded from, this package's own too."""
    return outermost([*settings["PLUGIN_PATHS"], str(Path(__file__).parent.parent)])


def _own_modules(settings: Mapping[str, Any], store: Store | None = None) -> list[str]:
    """Return the files of all modules that are loaded and neither installed nor below the folders of plugins.

    They are the author's own, wherever they lie.

    Args:
        settings: the settings of a build.
        store: what the last build left; the modules that it loaded, maybe late, are returned too.

    """
    files = {str(getattr(module, "__file__", None) or "") for module in list(sys.modules.values())}
    elsewhere = tuple(f"{folder}/" for folder in plugin_folders(settings))
    own = {f for f in files if f.startswith(os.sep) and not is_installed(f) and not f.startswith(elsewhere)}
    return sorted(own | (store.all(MODULES).keys() if store else set()))


def _contents(roots: Iterable[str]) -> Iterator[str]:
    """Yield the name of each file below `roots`, and a digest of what it holds."""
    for root in outermost(roots):
        for path in paths_below([root]):
            yield f"{path.removeprefix(root)} {digest_of_file(path)}"
