"""The images of a site: Pelican's static files in, what is known of them and what readers get of them out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pelican.contents import Static
from pelican.generators import Generator, StaticGenerator

from .. import images
from ..htmltext import with_encoded_addresses
from ..model import Essay
from .settings import Settings
from .typesetting import typesetter


@dataclass
class Gallery:
    """The images that readers may see, under the settings of one build."""

    settings: Settings
    files: Mapping[str, Path] = field(default_factory=dict)
    """The static files that are published, by output path."""
    _known: dict[str, images.Picture | None] = field(default_factory=dict)

    @classmethod
    def of(cls, generators: Iterable[Generator], withheld: AbstractSet[str], settings: Settings) -> Gallery:
        """Return the gallery of all static files that Pelican has found, but for those `withheld`."""
        static = [file for each in generators if isinstance(each, StaticGenerator) for file in each.staticfiles]
        published = (file for file in static if str(file.get_relative_source_path()) not in withheld)
        return cls(settings, {_path(file): Path(str(file.source_path)) for file in published})

    def copied(self, file: Static) -> bool:
        """Tell whether readers get `file` as it is; what `made` holds they get as that says."""
        return _path(file) in self.files and _path(file) not in self.made

    def illustrated(self, html: str) -> str:
        """Return the text `html` with its images as readers are shown them."""
        settings = self.settings
        html = with_encoded_addresses(html)
        return images.illustrated(html, settings["SITEURL"], self.picture, settings["IMAGE_COLUMN"], self._typeset)

    def illustrating(self, essay: Essay) -> Essay:
        """Return `essay` with the images of its text as readers are shown them."""
        content = self.illustrated(essay.content)
        return essay if content == essay.content else replace(essay, content=content)

    def picture(self, path: str) -> images.Picture | None:
        """Return what is known of the image at the output path `path`; None where there is no such image."""
        if path not in self._known:
            file = self.files.get(path)
            self._known[path] = self._look_at(file, has_sizes=path in self.made) if file else None
        return self._known[path]

    def _look_at(self, file: Path, *, has_sizes: bool) -> images.Picture | None:
        if has_sizes:
            return images.picture_of(file.name, file.read_bytes(), self.settings["IMAGE_WIDTHS"])
        return images.measured(file)

    @cached_property
    def made(self) -> Mapping[str, images.Made]:
        """What was made of each image, by its output path; of none where no widths are asked for."""
        widths = self.settings["IMAGE_WIDTHS"]
        if not widths:
            return {}
        stock = images.Stock(Path(self.settings["CACHE_PATH"]) / "images")
        kinds = {path: file for path, file in sorted(self.files.items()) if file.suffix.lower() in images.KINDS}
        made = {path: stock.made_of(file.name, file.read_bytes(), widths) for path, file in kinds.items()}
        stock.end()
        return {path: each for path, each in made.items() if each}

    @cached_property
    def _typeset(self) -> Callable[[str], str]:
        return typesetter(self.settings)


def _path(file: Static) -> str:
    return str(file.save_as).replace(os.sep, "/")
