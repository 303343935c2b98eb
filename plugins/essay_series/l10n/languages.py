"""Catalogues of the site and of the plugin → a `Locale` for each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from .catalogue import FOLDER, SOURCE, matching, messages, tags_in
from .locale import Locale
from .names import Names
from .tags import language


class Languages:
    """The languages of one build, each loaded when it is first used."""

    def __init__(self, own: Sequence[Path] = (), names: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """Create the languages without reading any catalogue.

        Args:
            own: folders with catalogues of the site, which take precedence over the plugin's.
            names: the names that the site has chosen, by the tag of a language; an empty tag means all languages.

        """
        self.folders = (*own, FOLDER)
        self._names = names or {}
        self._locales: dict[str, Locale] = {}

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags of the languages that have a catalogue, and of English, which needs none, sorted."""
        return tuple(sorted({SOURCE, *(tag for folder in self.folders for tag in tags_in(folder))}))

    def locale(self, tag: str = SOURCE) -> Locale:
        """Return the language `tag`; its messages are in English as far as catalogues lack them.

        Raises:
            CatalogueError: its catalogue cannot be read.

        """
        tag = language(tag)
        if tag not in self._locales:
            self._locales[tag] = self._loaded(tag)
        return self._locales[tag]

    def has(self, tag: str) -> bool:
        """Tell whether there is a catalogue for readers of `tag`."""
        return language(tag).partition("-")[0] == SOURCE or self._served_by(language(tag)) is not None

    def files(self, tag: str) -> tuple[Path, ...]:
        """Return the catalogues of the language `tag`, in the order of precedence."""
        return tuple(file for folder in self.folders if (file := folder / f"{tag}.po").is_file())

    def _loaded(self, tag: str) -> Locale:
        spoken = self._served_by(tag) or SOURCE
        given = {**self._names.get("", {}), **self._names.get(spoken, {}), **self._names.get(tag, {})}
        return Locale(tag, spoken, messages(self.files(spoken)), Names(given))

    def _served_by(self, tag: str) -> str | None:
        return tag if tag == SOURCE else matching(tag, self.tags)
