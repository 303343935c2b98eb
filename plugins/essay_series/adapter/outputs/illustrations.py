"""The images among Pelican's static files: their sizes, the HTML that shows them, and their resized versions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from pelican.contents import Static
from pelican.generators import Generator, StaticGenerator

from ...build.cache.store import digest_of
from ...build.executor import one_of
from ...build.target import IMAGE, Target
from ...htmltext import with_encoded_addresses
from ...images.cache import ImageCache
from ...images.markup import illustrated
from ...images.picture import Picture, measured
from ...images.sizes import KINDS, encoders, key_of, may_be_resized, picture_of
from ...l10n.tags import LangString
from ...model import Essay
from ..reading.typesetting import typesetter
from ..settings.common import Settings
from ..settings.config import memory_of

COST = 20
"""How long one size of an image takes to make, relative to a typical page."""


@dataclass
class ImageSet:
    """The published images of one build."""

    settings: Settings
    files: Mapping[str, Path] = field(default_factory=dict)
    """The published static files, by output path."""
    _known: dict[str, Picture | None] = field(default_factory=dict)

    @classmethod
    def of(cls, generators: Iterable[Generator], withheld: AbstractSet[str], settings: Settings) -> ImageSet:
        """Return the set of all static files that Pelican has found, except those in `withheld`, paths of sources."""
        static = [file for each in generators if isinstance(each, StaticGenerator) for file in each.staticfiles]
        published = (file for file in static if str(file.get_relative_source_path()) not in withheld)
        return cls(settings, {_path(file): Path(str(file.source_path)) for file in published})

    def copied(self, file: Static) -> bool:
        """Tell whether `file` is published unchanged; resized images have `targets` instead."""
        return _path(file) in self.files and _path(file) not in self.resized

    def illustrated(self, html: str, lang: str = "") -> str:
        """Return `html` with responsive images; captions are typeset by the rules of `lang`."""
        return self._with_images(with_encoded_addresses(html), lang)

    def illustrating(self, essay: Essay) -> Essay:
        """Return `essay` with responsive images in its text."""
        html, memory = essay.content, memory_of(self.settings)
        encoded = memory.of("encoded addresses", essay.source, html, partial(with_encoded_addresses, html))
        content = self._with_images(encoded, essay.lang)
        return essay if content == essay.content else replace(essay, content=content)

    def _with_images(self, html: str, lang: str) -> str:
        def typeset(text: str) -> str:
            return self._typeset(LangString(text, lang) if lang else text)

        settings = self.settings
        return illustrated(html, settings["SITEURL"], self.picture, settings["IMAGE_COLUMN"], typeset)

    def picture(self, path: str) -> Picture | None:
        """Return the dimensions and sizes of the image at the output path `path`; None if it is not an image."""
        if path not in self._known:
            file, picture = self.files.get(path), None
            if file and path in self.resized:
                picture = picture_of(file.name, file.read_bytes(), self.settings["IMAGE_WIDTHS"])
            elif file:
                picture = measured(file)
            self._known[path] = picture
        return self._known[path]

    @cached_property
    def resized(self) -> Mapping[str, str]:
        """The key of each image that has several sizes, by output path; empty if ``IMAGE_WIDTHS`` is."""
        widths = self.settings["IMAGE_WIDTHS"]
        found = {}
        for path, file in sorted(self.files.items()) if widths else ():
            if file.suffix.lower() in KINDS and may_be_resized(data := file.read_bytes()):
                found[path] = key_of(file.name, data, widths)
        return found

    def targets(self) -> Iterator[Target]:
        """Yield every image in several sizes with its sizes, and remove all others from the cache."""
        widths = self.settings["IMAGE_WIDTHS"]
        settings, code = digest_of(repr(sorted(widths))), digest_of(*encoders()) if self.resized else ""
        image_cache = ImageCache(Path(self.settings["CACHE_PATH"]) / "images")
        for path, digest in self.resized.items():
            key = {"content": digest, "settings": settings, "code": code}
            picture = self.picture(path)
            sizes = [name for source in (picture.sources if picture else ()) for name, _ in source.files]
            make = partial(_files_of, path, self.files[path], tuple(widths), image_cache)
            for each in (path, *sizes):
                yield Target(each, key, partial(one_of, make, each), IMAGE, batch=path, cost=COST)
        if widths:
            image_cache.prune(self.resized.values())

    @cached_property
    def _typeset(self) -> Callable[[str], str]:
        return typesetter(self.settings)


def _files_of(path: str, file: Path, widths: tuple[int, ...], image_cache: ImageCache) -> Mapping[str, bytes]:
    made = image_cache.made_of(file.name, file.read_bytes(), widths)
    return {path: made.clean, **made.files} if made else {}


def _path(file: Static) -> str:
    return str(file.save_as).replace(os.sep, "/")
