"""The `Build` in Pelican's settings: how generators and writers get it, and how it is set up from the settings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from pelican import Pelican, signals
from pelican.log import console

from ..build.build import Build
from ..build.cache.store import store_of
from ..build.speaker import Speaker
from ..build.templates import CompiledTemplates, file_in
from ..build.texts.conversions import Conversions
from ..build.workers import ask_for
from ..l10n.tags import language
from ..package import PACKAGE
from ..sources.schedule import UnreadableMomentError
from .inputs import common_key
from .outputs.publication import site_look
from .outputs.theme_assets import theme_assets
from .reading.reader import text_settings
from .settings.common import Settings, languages_of
from .settings.config import BUILD, ContentError, clock


def build_of(settings: Mapping[str, Any]) -> Build:
    """Return the build of which these are the settings."""
    return cast("Build", settings[BUILD])


def begin_build(pelican: Pelican) -> Build:
    """Set up the build that `command` created, or if Pelican runs without it, a new one that writes to its output.

    Raises:
        ContentError: ``AS_OF`` is not a date, or the theme's look is invalid.
        SettingsError: ``BUILD_WORKERS`` is invalid.

    """
    settings, live = pelican.settings, Path(pelican.output_path)
    build: Build | None = settings.get(BUILD)
    if build is None or build.common:  # with ``pelican --autoreload``, it is that of the build before
        build = settings[BUILD] = Build(store_of(Path(settings["CACHE_PATH"]), live), live, live)
    ask_for(settings["BUILD_WORKERS"], os.environ)
    build.speaker = Speaker(languages_of(settings), language(settings["DEFAULT_LANG"]))
    if not build.speaker.languages.has(lang := settings["DEFAULT_LANG"]):
        console.print(f'There is no catalogue for DEFAULT_LANG, "{lang}": the interface of the site is in English.')
    build.look = site_look(settings)
    build.common = common_key(pelican, build)
    build.templates = CompiledTemplates(file_in(Path(settings["CACHE_PATH"])), build.config_digest)
    build.conversions = _conversions(settings, build)
    build.is_alone = _is_alone(settings["PLUGINS"])
    build.assets = theme_assets(settings, build.look, build.templates, build.speaker)
    try:
        build.now = clock(settings)
    except UnreadableMomentError as error:
        raise ContentError(str(error)) from error
    return build


def _conversions(settings: Settings, build: Build) -> Conversions:
    """Return the converted texts of `build`; print a line if they cannot be cached."""
    converted_by = text_settings(settings)
    if converted_by.not_cached:
        console.print(f"All texts are converted in every build: {converted_by.not_cached}.")
    return Conversions(converted_by, build.store, build.common["code"])


def _is_alone(plugins: Sequence[object]) -> bool:
    """Tell whether no other plugin may change files or listens to each being written; print a line if one does."""
    listened_to = (signals.content_written, signals.feed_written, signals.feed_generated)
    alone = list(plugins) == [PACKAGE] and not any(signal.receivers for signal in listened_to)
    if not alone:
        console.print("Other plugins are enabled, so every file is written again.")
    return alone
