"""A reader of Markdown for Pelican that takes the HTML from the build's `Conversions`: cached, or made in the pool."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any, ClassVar, cast

from pelican import readers
from pelican.utils import pelican_open

from ...build.texts.conversions import Conversions
from ...build.texts.convert import TextSettings, Typography, configuration
from ...l10n.tags import language
from ...sources.comments import value_without_comments, without_comments
from ..patches import TYPOGRIFY, Typeset
from ..settings.addresses import inherited_lang
from ..settings.common import Settings
from ..settings.markdown import keeps_comments_back
from ..settings.values import text_from

TYPESET_BY_PELICAN = ("title", "summary")
"""The metadata to which Pelican applies typography, besides the text."""


def text_settings(settings: Settings) -> TextSettings:
    """Return the settings that the HTML of a text depends on; without our patch, typography is left to Pelican."""
    return TextSettings(
        markdown=configuration(settings["MARKDOWN"]),
        typography=Typography.of(settings) if TYPOGRIFY.is_on else None,
        formatted_fields=tuple(settings["FORMATTED_FIELDS"]),
        hides_comments=keeps_comments_back(settings),
        lang=language(settings["DEFAULT_LANG"]),
        sets_marks=bool(settings["TYPOGRIFY"]),
    )


class MarkdownReader(readers.MarkdownReader):
    """Returns and logs the same as Pelican's own reader."""

    conversions: ClassVar[Conversions]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the HTML and the metadata of the file `source_path`, typeset unless Pelican does that."""
        self._source_path = source_path
        with pelican_open(source_path) as text:
            found = self.conversions.of(text, _inherited_lang(self, source_path))
        self._md: Any = _converted(found.formatted)
        metadata = self._parse_metadata(found.header)
        for name in TYPESET_BY_PELICAN:
            if isinstance(value := metadata.get(name), str) and value in found.typeset:
                metadata[name] = Typeset(found.typeset[value])
        return Typeset(found.html) if self.conversions.typesets else found.html, metadata


def markdown_reader(conversions: Conversions) -> type[MarkdownReader]:
    """Return the reader class for a build; Pelican wants classes, not instances."""
    return type("MarkdownReader", (MarkdownReader,), {"conversions": conversions})


def without_comments_read(reader: type[readers.BaseReader]) -> type[readers.BaseReader]:
    """Return a subclass of `reader`, of another markup than Markdown, that removes HTML comments.

    It also gives texts the punctuation of their language, as our reader of Markdown does.
    """

    def read(self: readers.BaseReader, source_path: str) -> tuple[str, dict[str, Any]]:
        html, metadata = cast("Any", reader).read(self, source_path)
        facts = {name: value_without_comments(v) if isinstance(v, str) else v for name, v in metadata.items()}
        lang = text_from(facts.get("lang", "")) or _inherited_lang(self, source_path)
        typeset = partial(_typeset, settings=text_settings(self.settings), lang=lang)
        shown = {name: typeset(facts[name]) for name in TYPESET_BY_PELICAN if isinstance(facts.get(name), str)}
        return typeset(without_comments(html)), {**facts, **shown}

    return type(reader.__name__, (reader,), {"read": read})


def _typeset(html: str, settings: TextSettings, lang: str) -> str:
    """Return `html` with the punctuation of its language, typeset unless Pelican does that."""
    spoken = language(lang) or settings.lang
    marked = settings.marked(html, spoken)
    return Typeset(settings.typography.typeset(marked, spoken)) if settings.typography else marked


def _inherited_lang(reader: readers.BaseReader, source_path: str) -> str:
    """Return the language of a file without ``Lang``; empty for the site's."""
    settings = reader.settings
    return inherited_lang(os.path.relpath(source_path, settings["PATH"]).replace(os.sep, "/"), settings)


def _converted(html: Mapping[str, str]) -> SimpleNamespace:
    """Return a stand-in for the `Markdown` with which Pelican converts front matter; `html` is by text."""
    nothing = SimpleNamespace(deregister=lambda _: None)
    return SimpleNamespace(preprocessors=nothing, reset=lambda: None, convert=html.__getitem__)
