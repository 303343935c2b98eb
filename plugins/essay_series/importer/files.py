"""The files of an export: a single file, a folder or a zip, each read within limits."""

from __future__ import annotations

import gzip
import os
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .item import ImportRefusedError

LARGEST = 4 * 1024**3
"""The limit of an unpacked zip, in bytes."""
LARGEST_FILE = 512 * 1024**2
"""The limit of one file, unpacked, in bytes."""
MOST_FILES = 200_000
MOST_TIMES = 200
"""The highest compression ratio of a file over 16 MiB; a higher one is a zip bomb."""
_SMALL = 16 * 1024**2
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Folder:
    """The files of a folder; symbolic links that lead out of it are ignored."""

    root: Path

    def names(self) -> tuple[str, ...]:
        """Return the path of every file, sorted, without hidden files and ``node_modules``."""
        return self._names

    @cached_property
    def _names(self) -> tuple[str, ...]:
        found: list[str] = []
        for folder, folders, names in os.walk(self.root):
            folders[:] = [each for each in folders if not each.startswith(".") and each != "node_modules"]
            files = (Path(folder, name) for name in names if not name.startswith("."))
            found.extend(file.relative_to(self.root).as_posix() for file in files if _lies_in(file, self.root))
        if len(found) > MOST_FILES:
            raise ImportRefusedError(f"{self.root} has more than {MOST_FILES:,} files. Choose a folder in it.")
        return tuple(sorted(found))

    def read(self, name: str) -> bytes:
        """Return the content of a file."""
        return content_of(self.root / name)


class Zip:
    """The files of a zip, by their paths; a folder that holds all of them is not part of the paths."""

    def __init__(self, path: Path) -> None:
        """Open `path`."""
        try:
            self._zip = zipfile.ZipFile(path)
        except (*_DAMAGE, ValueError) as error:
            raise ImportRefusedError(f"{path} cannot be unpacked: {error}. Export again.") from error
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        for info in infos:
            _demand_harmless(info, path)
        if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > LARGEST:
            raise ImportRefusedError(f"{path} is too large to be imported when unpacked.")
        if len({info.filename for info in infos}) < len(infos):
            raise ImportRefusedError(f"{path} holds two files of one name. Export again.")
        found = {info.filename: info for info in infos if not _is_hidden(info.filename)}
        top = f"{next(iter(found), '').partition('/')[0]}/"
        shared = top if all(name.startswith(top) for name in found) else ""
        self._path = path
        self._infos = {name.removeprefix(shared): info for name, info in found.items()}

    def names(self) -> tuple[str, ...]:
        """Return the path of every file, sorted."""
        return tuple(sorted(self._infos))

    def read(self, name: str) -> bytes:
        """Return the content of a file."""
        info = self._infos[name]
        if info.file_size > LARGEST_FILE:
            raise _too_large(f"{name} in {self._path}")
        try:
            with self._zip.open(info) as stream:
                return stream.read(info.file_size)  # the size bounds what a false header unpacks to
        except _DAMAGE as error:
            raise ImportRefusedError(f"{name} in {self._path} is damaged: {error}") from error


def is_zip(path: Path) -> bool:
    """Tell whether the file at `path` begins as a zip does."""
    with path.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


def content_of(path: Path) -> bytes:
    """Return the content of the file at `path`, unpacked if it is in gzip."""
    with path.open("rb") as stream:
        is_packed = stream.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path) if is_packed else path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except _DAMAGE as error:
        raise ImportRefusedError(f"{path} is damaged: {error}") from error
    if len(data) > LARGEST_FILE:
        raise _too_large(str(path))
    return data


def _too_large(name: str) -> ImportRefusedError:
    return ImportRefusedError(f"{name} is larger than {LARGEST_FILE:,} bytes. Split the export.")


def _lies_in(file: Path, root: Path) -> bool:
    return file.is_file() and (not file.is_symlink() or file.resolve().is_relative_to(root.resolve()))


def _is_hidden(name: str) -> bool:
    return any(part.startswith(("__MACOSX", ".")) for part in name.split("/"))


def _demand_harmless(info: zipfile.ZipInfo, path: Path) -> None:
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in parts[0]:
        raise ImportRefusedError(f'{path} holds "{info.filename}", a path that leads out of it. It is not opened.')
    if info.flag_bits & 1:
        raise ImportRefusedError(f"{path} is encrypted. Unpack it, and give the folder.")
    if info.file_size > max(_SMALL, info.compress_size * MOST_TIMES):
        raise ImportRefusedError(f'"{info.filename}" in {path} would unpack to {info.file_size:,} bytes: a zip bomb.')
