"""The files of series and plays, in the folders that the settings name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from pelican.contents import Page
from pelican.readers import MarkdownReader

from ...config import SiteConfig
from ...model import PUBLISHED, Address, PlayPage, SeriesPage
from ...sources.declare import play_page_from, series_page_from
from ...sources.frontmatter import Source, read, read_elsewhere
from ...sources.keys import Kind
from ...values import dataclass
from ..settings.values import text_from, texts_from


@dataclass(frozen=True)
class Declarations:
    """These files, by path relative to the content folder: their front matter, and the pages that Pelican read."""

    config: SiteConfig
    sources: Mapping[str, Source] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)

    @cached_property
    def series(self) -> tuple[SeriesPage, ...]:
        """The declared series."""
        found = (series_page_from(source, self.config) for source in self._of("series"))
        return tuple(replace(each, title=each.title or self._title(each.source), announced=True) for each in found)

    @cached_property
    def plays(self) -> tuple[PlayPage, ...]:
        """The declared plays."""
        found = (play_page_from(source, self.config) for source in self._of("play"))
        return tuple(replace(each, title=each.title or self._title(each.source), announced=True) for each in found)

    @property
    def playbook(self) -> Source | None:
        """The file with the introduction of the playbook, if there is one."""
        return next(self._of("playbook"), None)

    @property
    def addresses(self) -> Mapping[str, Address]:
        """The address of the page of each published file, by source."""
        routes = self.config.routes
        found = {each.source: routes.series(each.slug) for each in self.series}
        found |= {each.source: routes.play(each.slug) for each in self.plays}
        found |= {source.path: routes.page("PLAYBOOK") for source in self._of("playbook")}
        return {path: address for path, address in found.items() if is_published(self.sources[path]) and address.path}

    def _of(self, kind: Kind) -> Iterator[Source]:
        return (source for source in self.sources.values() if source.kind == kind)

    def _title(self, path: str) -> str:
        return text_from(self.pages[path].metadata.get("title", ""))


def source_from(path: str, kind: Kind, page: Page) -> Source:
    """Return the source of a file that Pelican has read as `page`."""
    file = Path(str(page.source_path))
    if kind == "play" and PurePosixPath(path).stem == "index":
        kind = "playbook"
    if file.suffix.removeprefix(".") in MarkdownReader.file_extensions:
        return read(path, kind, file.read_bytes())
    return read_elsewhere(path, kind, file.read_bytes(), texts_from(page.metadata), "")


def is_published(source: Source) -> bool:
    """Tell whether the file is published."""
    return (source.text("status").lower() or PUBLISHED) == PUBLISHED
