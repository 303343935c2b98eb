"""A writer for Pelican that turns the pages and feeds that Pelican writes into targets of the build."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from pelican.paginator import Paginator
from pelican.writers import FileOverwriteFailedError, Writer

from ...build.target import Target
from ..building import build_of


class CollectingWriter(Writer):
    """Adds files to the build instead of writing them; if other plugins take part, it writes them as Pelican does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.build = build_of(self.settings)
        self._into: _File | None = None

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **kwargs: Any) -> None:
        """Add the page `name` to the build, or write it as Pelican does; a paginated list is always written."""
        write_as_pelican = partial(super().write_file, name, template, context, *args, **kwargs)

        def write() -> None:
            self.build.speaker.turn_to(context.get("views", {}).get(name))
            write_as_pelican()

        if name and self.build.is_alone and self._is_one_page(name, **kwargs):
            self._collect(name, write, str(template.name), override=bool(kwargs.get("override_output")))
        else:
            write()

    def write_feed(self, elements: Any, context: Any, path: str | None = None, *args: Any, **kwargs: Any) -> Any:
        """Add a feed to the build, or write it as Pelican does; without a `path` the feed is only returned."""
        write = partial(super().write_feed, elements, context, path, *args, **kwargs)
        if not path or not self.build.is_alone:
            return write()
        return self._collect(path, write, "feed of Pelican's", override=bool(kwargs.get("override_output")))

    def _collect(self, path: str, write: Callable[[], object], kind: str, *, override: bool) -> None:
        """Add a file to the build, with Pelican's rules for two files with one path.

        Raises:
            FileOverwriteFailedError: another file has this path, and neither overrides the other.

        """
        if path in self._overridden_files and not override:
            return
        if path in self._overridden_files or (path in self.build.targets and not override):
            raise FileOverwriteFailedError(f'Failed to overwrite "{path}": another page is already written there.')
        if override:
            self._overridden_files.add(path)
            self.build.targets.pop(path, None)
        self.build.add([Target(path, None, partial(self._rendered, write), kind)])

    def _is_one_page(self, name: str, **kwargs: Any) -> bool:
        """Tell whether Pelican writes exactly one page, called `name`, rather than a paginated list."""
        template = kwargs.get("template_name")
        lists: Mapping[str, Any] = kwargs.get("paginated") or {
            key: kwargs[key] for key in ("articles", "dates") if key in kwargs
        }
        if not lists or template not in self.settings["PAGINATED_TEMPLATES"]:
            return True
        per_page = self.settings["PAGINATED_TEMPLATES"][template] or self.settings["DEFAULT_PAGINATION"]
        pages = [Paginator(name, kwargs.get("url"), each, self.settings, per_page) for each in lists.values()]
        return all(each.num_pages == 1 and each.page(1).save_as == name for each in pages)

    def _rendered(self, write: Callable[[], object]) -> bytes:
        """Return the bytes that `write` writes to its file."""
        self._into = _File()
        try:
            write()
            return self._into.text.encode()
        finally:
            self._into = None

    def _open_w(self, filename: str, *args: Any, **kwargs: Any) -> Any:
        return self._into if self._into is not None else super()._open_w(filename, *args, **kwargs)


def paths_of(writer: Writer) -> set[str]:
    """Return the output paths of all files that `writer` has written and all targets of the build."""
    files = writer._written_files  # noqa: SLF001 - there is no public API
    written = (Path(os.path.relpath(file, writer.output_path)).as_posix() for file in files)
    return {*build_of(writer.settings).targets, *written}


class _File(StringIO):
    """A file in memory whose text is available after it is closed."""

    text = ""

    def close(self) -> None:
        """Keep the text."""
        if not self.closed:
            self.text = self.getvalue()
        super().close()
