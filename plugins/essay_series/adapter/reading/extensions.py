"""The extensions of Markdown with which a site of this project's kind converts its texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from ...package import PACKAGE

Settings = Mapping[str, Any]

COMMENTS = f"{PACKAGE}.build.texts.comments"
"""The extension of Markdown with which a site keeps all comments from its readers."""
OURS = (COMMENTS, f"{PACKAGE}.build.texts.heading_ids")


def with_our_extensions(configuration: Mapping[str, Any]) -> dict[str, Any]:
    """Return a configuration of Markdown, as ``MARKDOWN`` holds it, with our extensions before all others."""
    others = {name: facts for name, facts in configuration.get("extension_configs", {}).items() if name not in OURS}
    return {**configuration, "extension_configs": {**{name: {} for name in OURS}, **others}}


def keeps_comments_back(settings: Settings) -> bool:
    """Tell whether the site keeps all comments from its readers."""
    return uses(settings, COMMENTS)


def uses(settings: Settings, extension: str) -> bool:
    """Tell whether the settings list an `extension` of Markdown."""
    markdown = settings["MARKDOWN"]
    return extension in markdown.get("extension_configs", ()) or extension in markdown.get("extensions", ())


def converter(markdown: Mapping[str, Any]) -> Callable[[str], str]:
    """Return what makes HTML of Markdown where the setting MARKDOWN is `markdown`."""

    @cache
    def ready() -> Callable[[str], str]:
        from ...build.texts.convert import Converter, configuration  # noqa: PLC0415 - a guest does without

        return Converter(configuration(markdown)).html

    def to_html(text: str) -> str:
        return ready()(text)

    return to_html


def keeping_comments(configuration: Mapping[str, Any]) -> dict[str, Any]:
    """Return a configuration of Markdown without the extension that takes comments out, which would ask it again."""
    listed, configured = configuration.get("extensions", ()), configuration.get("extension_configs", {})
    return {
        **configuration,
        "extensions": [each for each in listed if each != COMMENTS],
        "extension_configs": {name: facts for name, facts in configured.items() if name != COMMENTS},
    }
