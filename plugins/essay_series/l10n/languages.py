"""All languages that a site can speak: its own catalogues, and those that come along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from .catalogue import FOLDER, SOURCE, matching, messages, tags_in
from .locale import Locale
from .names import Names
from .tags import language


class Languages:
    """The languages of one build, each loaded once it is asked for."""

    def __init__(
        self, own: Sequence[Path] = (), cache: Path | None = None, names: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        """Take note of where catalogues lie; none is read yet.

        Args:
            own: folders with the site's own catalogues, which come before those that come along.
            cache: a folder for compiled catalogues; None for nowhere.
            names: what the site calls things of the domain, by the tag of a language; an empty tag holds for all.

        """
        self.folders = (*own, FOLDER)
        self._cache, self._names = cache, names or {}
        self._locales: dict[str, Locale] = {}

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The languages that have a catalogue, in the order of their tags; English too, which needs none."""
        return tuple(sorted({SOURCE, *(tag for folder in self.folders for tag in tags_in(folder))}))

    def locale(self, tag: str = SOURCE) -> Locale:
        """Return the language `tag`, as far as there is a catalogue for it; what is missing is English.

        Raises:
            CatalogueError: its catalogue cannot be read.

        """
        tag = language(tag)
        if tag not in self._locales:
            self._locales[tag] = self._loaded(tag)
        return self._locales[tag]

    def has(self, tag: str) -> bool:
        """Tell whether there is a catalogue that serves readers of `tag`."""
        return language(tag).partition("-")[0] == SOURCE or self._served_by(language(tag)) is not None

    def files(self, tag: str) -> tuple[Path, ...]:
        """Return the catalogues of the language `tag`, the one that counts most first."""
        return tuple(file for folder in self.folders if (file := folder / f"{tag}.po").is_file())

    def _loaded(self, tag: str) -> Locale:
        spoken = self._served_by(tag) or SOURCE
        given = {**self._names.get("", {}), **self._names.get(spoken, {}), **self._names.get(tag, {})}
        return Locale(tag, spoken, messages(self.files(spoken), self._cache), Names(given))

    def _served_by(self, tag: str) -> str | None:
        if tag == SOURCE:
            return tag
        return matching(tag, self.tags)


def missing(tags: Iterable[str], languages: Languages) -> list[str]:
    """Return those of `tags` that no catalogue serves."""
    return [tag for tag in tags if not languages.has(tag)]
