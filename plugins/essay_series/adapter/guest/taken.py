"""The places in the output at which something of the site's own is written; a guest gives way there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pelican.contents import Content
from pelican.writers import Writer


class Taken:
    """Output paths, with ``/`` between folders, at which there is a file."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        for path in paths:
            self.add(path)

    @classmethod
    def of(cls, writer: Writer, context: Mapping[str, Any]) -> Taken:
        """Return what `writer` has written, and what Pelican will copy after the pages."""
        written: Iterable[str] = getattr(writer, "_written_files", ())
        root = os.path.abspath(writer.output_path)  # noqa: PTH100 - as Pelican names them
        static: Iterable[Content] = context.get("staticfiles", ())
        copied = (each.get_url_setting("save_as") for each in static)  # its own attribute would fix where it lies
        return cls([*(Path(os.path.relpath(path, root)).as_posix() for path in written), *map(str, copied)])

    def add(self, path: str) -> None:
        """Note that there is a file at `path`."""
        self._files.add(path)
        self._folders.update(parent.as_posix() for parent in Path(path).parents)

    def __contains__(self, path: str) -> bool:
        """Tell whether no file can be written at `path`: there is one, or a folder, or a file in a folder's place."""
        above = (parent.as_posix() for parent in Path(path).parents)
        return path in self._files or path in self._folders or any(each in self._files for each in above)
