"""The configuration of Markdown in the site mode: the author's, with our extensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from ...package import PACKAGE

COMMENTS = f"{PACKAGE}.build.texts.comments"
"""The Markdown extension that removes HTML comments."""
OURS = (COMMENTS, f"{PACKAGE}.build.texts.heading_ids")


def with_our_extensions(configuration: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value of the setting ``MARKDOWN`` with our extensions added before all others."""
    others = {name: facts for name, facts in configuration.get("extension_configs", {}).items() if name not in OURS}
    return {**configuration, "extension_configs": {**{name: {} for name in OURS}, **others}}


def keeps_comments_back(settings: Mapping[str, Any]) -> bool:
    """Tell whether the site removes HTML comments from all its texts."""
    markdown = settings["MARKDOWN"]
    return COMMENTS in markdown.get("extension_configs", ()) or COMMENTS in markdown.get("extensions", ())


def converter(markdown: Mapping[str, Any]) -> Callable[[str], str]:
    """Return the function from Markdown to HTML under `markdown`, a value of the setting ``MARKDOWN``."""

    @cache
    def ready() -> Callable[[str], str]:
        from ...build.texts.convert import Converter, configuration  # noqa: PLC0415 - only when it is used

        return Converter(configuration(markdown)).html

    def to_html(text: str) -> str:
        return ready()(text)

    return to_html


def keeping_comments(configuration: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value of the setting ``MARKDOWN`` without the extension that removes comments."""
    listed, configured = configuration.get("extensions", ()), configuration.get("extension_configs", {})
    return {
        **configuration,
        "extensions": [each for each in listed if each != COMMENTS],
        "extension_configs": {name: facts for name, facts in configured.items() if name != COMMENTS},
    }
