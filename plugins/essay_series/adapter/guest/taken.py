"""The output paths that the site itself uses; a guest writes nothing there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pelican.contents import Content
from pelican.writers import Writer


class Taken:
    """The output paths of files, with slashes between folders."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        for path in paths:
            self.add(path)

    @classmethod
    def of(cls, writer: Writer, context: Mapping[str, Any]) -> Taken:
        """Return the paths that `writer` has written, and those of static files, which Pelican copies later."""
        written: Iterable[str] = getattr(writer, "_written_files", ())
        root = os.path.abspath(writer.output_path)  # noqa: PTH100 - as Pelican names them
        static: Iterable[Content] = context.get("staticfiles", ())
        copied = (each.get_url_setting("save_as") for each in static)  # reading `save_as` would fix the path
        return cls([*(Path(os.path.relpath(path, root)).as_posix() for path in written), *map(str, copied)])

    def add(self, path: str) -> None:
        """Add the path of a file."""
        self._files.add(path)
        self._folders.update(parent.as_posix() for parent in Path(path).parents)

    def __contains__(self, path: str) -> bool:
        """Tell whether no file can be written to `path`: it is a file or a folder, or one of its parents is a file."""
        above = (parent.as_posix() for parent in Path(path).parents)
        return path in self._files or path in self._folders or any(each in self._files for each in above)
