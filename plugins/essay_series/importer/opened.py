"""Exports as files: one file, packed or not, or many in a folder or a zip, all within bounds."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from .item import ImportRefusedError

LARGEST = 4 * 1024**3
"""How many bytes an export may have once it is unpacked."""
LARGEST_FILE = 256 * 1024**2
"""How many bytes one file may have that is read as a whole."""
MOST_FILES = 200_000
MOST_TIMES = 200
"""How many times larger than packed a large file of a zip may be; more is a bomb."""
_SMALL = 1024**2
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError)


class Bounded(io.RawIOBase):
    """A stream that ends with a refusal where it gets too long."""

    def __init__(self, stream: IO[bytes], name: str, most: int | None = None) -> None:
        """Read `stream`, called `name` in messages, up to `most` bytes, or as many as an export may have."""
        self._stream, self._name, self._left = stream, name, LARGEST if most is None else most

    def readable(self) -> bool:
        """Return True."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes.

        Raises:
            ImportRefusedError: the stream is damaged, or longer than it may be.

        """
        try:
            data = self._stream.read(min(size, 1 << 20) if size >= 0 else 1 << 20)
        except _DAMAGE as error:
            raise ImportRefusedError(f"{self._name} is damaged: {error}") from error
        self._left -= len(data)
        if self._left < 0:
            raise ImportRefusedError(f"{self._name} is larger than an import takes; split the export.")
        return data

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer`, and return how many bytes it got."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@dataclass(frozen=True)
class Folder:
    """The files of a folder; links that leave it are not followed."""

    root: Path
    found: list[str] = field(default_factory=list)

    def names(self) -> tuple[str, ...]:
        """Return the path of every file, in order; what begins with a dot, and what programs install, is left out."""
        if not self.found:
            for folder, folders, names in os.walk(self.root):
                folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "node_modules")
                files = (Path(folder, name) for name in names if not name.startswith("."))
                self.found.extend(f.relative_to(self.root).as_posix() for f in files if _lies_in(f, self.root))
            if len(self.found) > MOST_FILES:
                raise ImportRefusedError(f"{self.root} has more than {MOST_FILES:,} files. Choose a folder in it.")
            self.found.sort()
        return tuple(self.found)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        path = self.root / name
        if path.stat().st_size > LARGEST_FILE:
            raise ImportRefusedError(f"{path} is larger than an import takes.")
        return path.read_bytes()


class Zip:
    """The files of a zip."""

    def __init__(self, path: Path) -> None:
        """Open `path`.

        Raises:
            ImportRefusedError: it is not a zip file, or a malicious one.

        """
        try:
            self._zip = zipfile.ZipFile(path)
        except (*_DAMAGE, ValueError) as error:
            raise ImportRefusedError(f"{path} cannot be unpacked: {error}. Export again.") from error
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        for info in infos:
            _demand_harmless(info, path)
        if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > LARGEST:
            raise ImportRefusedError(f"{path} would unpack to more than an import takes.")
        if len({info.filename for info in infos}) < len(infos):
            raise ImportRefusedError(f"{path} holds two files of one name. Export again.")
        self._path = path
        self._infos = {i.filename: i for i in infos if not _is_litter(i.filename)}

    def names(self) -> tuple[str, ...]:
        """Return the path of every file, in order."""
        return tuple(sorted(self._infos))

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        if self._infos[name].file_size > LARGEST_FILE:
            raise ImportRefusedError(f"{name} in {self._path} is larger than an import takes.")
        with self.stream(name) as stream:
            return b"".join(iter(lambda: stream.read(1 << 20), b""))

    @contextmanager
    def stream(self, name: str) -> Iterator[Bounded]:
        """Open a file of it."""
        info = self._infos[name]
        try:
            with self._zip.open(info) as stream:
                yield Bounded(stream, f"{name} in {self._path}", info.file_size)
        except _DAMAGE as error:
            raise ImportRefusedError(f"{name} in {self._path} is damaged: {error}") from error


@dataclass(frozen=True)
class Under:
    """The files of another place that lie in one of its folders, by their paths from there."""

    files: Folder | Zip
    folder: str

    def names(self) -> tuple[str, ...]:
        """Return the path of every file, in order."""
        return tuple(n.removeprefix(self.folder) for n in self.files.names() if n.startswith(self.folder))

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return self.files.read(f"{self.folder}{name}")


def is_zip(path: Path) -> bool:
    """Tell whether the file at `path` begins as a zip does."""
    return path.is_file() and _head(path).startswith(b"PK\x03\x04")


@contextmanager
def stream_of(path: Path, member: str = "") -> Iterator[Bounded]:
    """Open the text of an export: a file, that file packed by gzip, or the file `member` of a zip."""
    if member:
        with Zip(path).stream(member) as stream:
            yield stream
    elif _head(path).startswith(b"\x1f\x8b"):
        with gzip.open(path) as packed:
            yield Bounded(
                cast("IO[bytes]", packed), str(path), min(LARGEST, max(_SMALL * 64, path.stat().st_size * MOST_TIMES))
            )
    else:
        with path.open("rb") as plain:
            yield Bounded(plain, str(path))


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)


def _lies_in(file: Path, root: Path) -> bool:
    return file.is_file() and (not file.is_symlink() or file.resolve().is_relative_to(root.resolve()))


def _is_litter(name: str) -> bool:
    return any(part.startswith(("__MACOSX", ".")) for part in name.split("/"))


def _demand_harmless(info: zipfile.ZipInfo, path: Path) -> None:
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in parts[0]:
        raise ImportRefusedError(f'{path} holds "{info.filename}", a path that leads out of it. It is not opened.')
    if info.flag_bits & 1:
        raise ImportRefusedError(f"{path} is locked by a password. Unpack it, and give the folder.")
    if info.file_size > max(_SMALL * 16, info.compress_size * MOST_TIMES):
        raise ImportRefusedError(f'"{info.filename}" in {path} would unpack to {info.file_size:,} bytes: a zip bomb.')
