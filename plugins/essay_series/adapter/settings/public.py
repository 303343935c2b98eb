"""What the settings and the theme make public: files, keys of the front matter, and all their own text."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ...htmltext import anchors
from ...l10n import FOLDER
from ...l10n.tags import language
from ...package import TEMPLATES
from .common import Settings, languages_of


def what_is_public(settings: Settings) -> dict[str, Any]:
    """Return the fields of `SiteConfig` that say which files, words and keys are public."""
    static = [os.path.normpath(path).replace(os.sep, "/") for path in settings["STATIC_PATHS"]]
    named = [os.path.normpath(path).replace(os.sep, "/") for path in settings["EXTRA_PATH_METADATA"]]
    return {
        "static_paths": tuple(static),
        "declared_files": frozenset((*named, *(path for path in static if Path(settings["PATH"], path).is_file()))),
        "theme_and_settings_text": cache(lambda: "\n".join(texts_of(settings))),
        "theme_anchors": cache(lambda: frozenset(name for text in texts_of(settings) for name in anchors(text))),
        "public_keys": frozenset(name.lower() for name in settings["PUBLIC_KEYS"]),
    }


def texts_of(settings: Settings) -> Iterator[str]:
    """Yield all texts of the settings, the catalogues and the theme, except paths on this machine."""
    for value in settings.values():
        yield from (text for text in _texts_in(value) if not (text.startswith("/") and os.path.exists(text)))  # noqa: PTH110 - a text may be no path at all
    for file in (FOLDER / "messages.pot", *languages_of(settings).files(language(settings["DEFAULT_LANG"]))):
        yield file.read_text(encoding="utf-8", errors="replace")
    for file in sorted(file for folder in (settings["THEME"], TEMPLATES) for file in Path(folder).rglob("*")):
        if file.suffix in (".html", ".css", ".js", ".svg", ".xml", ".xsl", ".txt"):
            yield file.read_text(encoding="utf-8", errors="replace")


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts_in(list(value.items()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts_in(each)
