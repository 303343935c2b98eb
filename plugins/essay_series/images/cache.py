"""A cache of the files made of images: one archive per image, named by the digest of everything that decides its files.

Archives contain checksums, so that the files of a damaged one are made again.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from .sizes import Made, key_of, made_of

_CLEAN = "clean"


@dataclass
class ImageCache:
    """The archives in `folder`, which need not exist yet."""

    folder: Path

    def made_of(self, name: str, data: bytes, widths: Collection[int]) -> Made | None:
        """Return the result of `sizes.made_of`, from the cache if it is there."""
        archive = self.folder / f"{key_of(name, data, widths)}.zip"
        made = _read(archive) or made_of(name, data, widths)
        if made and not archive.exists():
            _write(archive, made)
        return made

    def prune(self, keys: Iterable[str]) -> None:
        """Remove all archives but those with these keys."""
        for archive in {*self.folder.glob("*")} - {self.folder / f"{key}.zip" for key in keys}:
            archive.unlink()


def _read(archive: Path) -> Made | None:
    try:
        with zipfile.ZipFile(archive) as found:
            files = {name: found.read(name) for name in found.namelist()}
        return Made(files.pop(_CLEAN), files)
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error, EOFError):
        archive.unlink(missing_ok=True)
        return None


def _write(archive: Path, made: Made) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    fresh = archive.with_suffix(".new")
    with zipfile.ZipFile(fresh, "w") as written:
        for name, data in {_CLEAN: made.clean, **made.files}.items():
            written.writestr(zipfile.ZipInfo(name), data)
    fresh.replace(archive)
