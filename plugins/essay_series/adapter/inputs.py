"""All that a build depends on: for the front door, which looks whether it has changed, and for the keys of pages."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pelican import Pelican

from ..build.memory import Memory
from ..build.recording import Recording, is_installed
from ..build.states import digest_of_file, paths_below
from ..build.store import Result, Store, digest_of, digest_of_all
from ..build.unchanged import Inputs, forget, installed, note
from .publication import look_files
from .settings import RECORDED

MODULES = "module"
"""The kind of results that name the author's own modules, also those that were loaded while pages were written."""


def inputs_of(pelican: Pelican, store: Store) -> Inputs:
    """Return what a build depends on, as it is now; what the settings read, as it was when they read it.

    Args:
        pelican: has not read any source yet.
        store: what the last build left.

    """
    settings = pelican.settings
    folders = (*settings["ASSET_PATHS"], *settings["THEME_STATIC_PATHS"])
    below_theme = [Path(pelican.theme, folder) for folder in folders]
    roots = [pelican.path, *_theme(pelican), *below_theme, *_plugins(settings), *_own_modules(settings, store)]
    recorded: Recording | None = settings.get(RECORDED)
    if recorded is None:
        return Inputs(roots)
    return Inputs(roots, recorded.states, recorded.environment, recorded.arguments)


def leave_modules(pelican: Pelican, store: Store) -> None:
    """Let the next build know which modules this one has loaded by its end."""
    store.leave(MODULES, {path: Result("", "") for path in _own_modules(pelican.settings)})


def note_inputs(pelican: Pelican, before: Inputs, files: Iterable[str], live: Path, due: float | None) -> None:
    """Note of what `files` were made; nothing where it is not known what the settings or late modules read.

    Args:
        pelican: has written everything.
        before: what the build depends on.
        files: paths below `live`.
        live: the output folder.
        due: when the next scheduled essay is due, in seconds since 1970.

    """
    settings = pelican.settings
    is_known = _is_known(settings.get(RECORDED))
    if is_known and all(os.path.realpath(path) in before.states for path in _own_modules(settings)):
        note(settings["CACHE_PATH"], live, before, files, due)
    else:
        forget(settings["CACHE_PATH"], live)


def memory_of(pelican: Pelican, live: Path, store: Store) -> Memory:
    """Return what a build takes over from the last one in the output folder `live`."""
    return Memory(store, live, realm=_realm(pelican, store), look=digest_of_all(_contents(_theme(pelican))))


def _realm(pelican: Pelican, store: Store) -> str:
    """Return what stands for all that texts and pages depend on beside sources and theme.

    Where it is not known what made a setting that is no plain value, such as a filter, it stands for this build alone.
    """
    settings = pelican.settings
    recorded: Recording | None = settings.get(RECORDED)
    names = sorted(name for name in settings if name.isupper() and not name.startswith("ESSAY_SERIES_"))
    plain = [f"{name}={settings[name]!r}" for name in names if _is_plain(settings[name])]
    if not _is_known(recorded) and len(plain) < len(names):
        return secrets.token_hex()
    code = _contents([*_plugins(settings), *_own_modules(settings, store)])
    read = recorded.words() if recorded else ()
    return digest_of(*map(digest_of_all, (installed(), code, plain, read)))


def _is_known(recorded: Recording | None) -> bool:
    return recorded is not None and recorded.is_complete


def _is_plain(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_plain(each) for pair in value.items() for each in pair)
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float | bool)


def _theme(pelican: Pelican) -> list[str]:
    look = map(str, look_files(pelican.settings))
    return [pelican.theme, *look, *pelican.settings["THEME_TEMPLATES_OVERRIDES"]]


def _plugins(settings: Mapping[str, Any]) -> list[str]:
    return [*settings["PLUGIN_PATHS"], str(Path(__file__).parent.parent)]


def _own_modules(settings: Mapping[str, Any], store: Store | None = None) -> list[str]:
    """Return the files of all modules that are loaded and neither installed nor below the folders of plugins.

    They are the author's own, wherever they lie.

    Args:
        settings: the settings of a build.
        store: what the last build left; the modules that it loaded, maybe late, are returned too.

    """
    files = {str(getattr(module, "__file__", None) or "") for module in list(sys.modules.values())}
    elsewhere = tuple(f"{folder}/" for folder in _plugins(settings))
    own = {f for f in files if f.startswith(os.sep) and not is_installed(f) and not f.startswith(elsewhere)}
    return sorted(own | (store.all(MODULES).keys() if store else set()))


def _contents(roots: Iterable[str]) -> Iterator[str]:
    """Yield the name of each file below `roots`, and a digest of what it holds."""
    for root in roots:
        for path in paths_below([root]):
            yield f"{path.removeprefix(root)} {digest_of_file(path)}"
