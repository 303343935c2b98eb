"""Reads all files in the content folder into a `Manuscript`, before Pelican reads any of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

from docutils.utils import SystemMessage
from pelican.generators import Generator
from pelican.readers import BaseReader, MarkdownReader, Readers

from ...model import DRAFT
from ...record.record import FILE
from ...sources.frontmatter import Source, read, read_elsewhere
from ...sources.keys import Kind
from ...sources.manuscript import Manuscript, manuscript
from ...values import dataclass
from ..settings.addresses import inherited_metadata
from ..settings.common import Settings
from ..settings.config import complete, config_from, memory_of
from ..settings.file import settings_from_file
from ..settings.values import texts_from


def open_manuscript(settings_file: str = "pelicanconf.py", overrides: Mapping[str, Any] | None = None) -> Manuscript:
    """Return the manuscript of a site, for commands that do not build it.

    Args:
        settings_file: the path of Pelican's settings file.
        overrides: settings that override those in the file.

    """
    settings = settings_from_file(settings_file, overrides)
    complete(settings)
    return manuscript_from(settings)


@dataclass(frozen=True, slots=True)
class ContentFiles:
    """The files in the content folder; paths are relative to it."""

    readable: Mapping[str, Kind]
    """The kind of each source, by path."""
    files: tuple[str, ...]
    """All files, sources or not."""
    strays: frozenset[str]
    """Those that are symbolic links to a place outside the folder, or broken ones."""


def find_sources(settings: Settings) -> ContentFiles:
    """Find all files, and those among them that Pelican would read under `settings`, after `complete`."""
    generator = Generator({}, settings, settings["PATH"], settings["THEME"], settings["OUTPUT_PATH"])
    found: dict[str, Kind] = {}
    rooms: list[tuple[Kind, list[str], list[str]]] = [
        ("page", settings["PAGE_PATHS"], settings["PAGE_EXCLUDES"]),
        ("essay", settings["ARTICLE_PATHS"], settings["ARTICLE_EXCLUDES"]),
        ("series", settings["SERIES_PATHS"], []),
        ("play", settings["PLAYBOOK_PATHS"], []),
    ]
    for kind, paths, excludes in rooms:
        read_by_pelican = generator.get_files(paths, excludes)
        found.update({os.path.normpath(file).replace(os.sep, "/"): kind for file in read_by_pelican})
    root = Path(settings["PATH"])
    files = tuple(_files(root))
    strays = frozenset(_strays(root, files))
    return ContentFiles({path: _kind(path, kind) for path, kind in found.items() if path not in strays}, files, strays)


def manuscript_from(settings: Settings, found: ContentFiles | None = None) -> Manuscript:
    """Read every source that Pelican would read.

    Args:
        settings: the settings of a build, after `complete`.
        found: the result of `find_sources`, if it has been called.

    """
    there = found or find_sources(settings)
    root = Path(settings["PATH"])
    sources = list(_sources(there.readable, root, settings))
    record = root / FILE
    published = record.read_bytes() if record.is_file() else None
    return manuscript(sources, there.files, config_from(settings), published, there.strays)


def is_markdown(path: str) -> bool:
    """Tell whether the source `path` is in Markdown; like Pelican, by its file extension."""
    return Path(path).suffix.removeprefix(".") in MarkdownReader.file_extensions


def _sources(readable: Mapping[str, Kind], root: Path, settings: Settings) -> Iterator[Source]:
    """Read every source; those in other formats than Markdown with Pelican's reader for the format."""
    others = Readers(settings).readers if not all(map(is_markdown, readable)) else {}
    closed = any(kind in ("series", "play") for kind in readable.values())
    memory = memory_of(settings)
    for path, kind in readable.items():
        data = (root / path).read_bytes()
        if is_markdown(path):
            yield memory.of(kind, path, data, partial(read, path, kind, data))
        elif (found := _read_elsewhere(others[Path(path).suffix[1:]], path, root)) is not None:
            texts, html = found
            known = {**texts_from(inherited_metadata(path, settings)), **texts}
            if closed or kind != "essay" or {"title", "date"} <= known.keys() or known.get("status") == DRAFT:
                yield read_elsewhere(path, kind, data, texts, html)


def _read_elsewhere(reader: BaseReader, path: str, root: Path) -> tuple[dict[str, str], str] | None:
    """Return front matter and HTML of a file; None if its reader fails, which Pelican will report later."""
    own = type(reader)(reader.settings)
    cast("Any", own).process_metadata = lambda _, value: value  # keep the author's text
    try:
        html, metadata = own.read(str(root / path))
    except (SystemMessage, ValueError, OSError):
        return None
    return texts_from(metadata), html or ""


def _files(root: Path) -> Iterator[str]:
    """Yield every file below `root`, following links as Pelican does."""
    for folder, _, names in os.walk(root, followlinks=True):
        yield from (Path(folder, name).relative_to(root).as_posix() for name in names)


def _strays(root: Path, files: Iterable[str]) -> Iterator[str]:
    """Yield those of `files` that are behind a link out of `root`, or are broken or circular links."""
    real_root = os.path.realpath(root)
    for path in files:
        real = os.path.realpath(Path(real_root, path))
        linked = real != os.path.join(real_root, path) or os.path.islink(real)  # noqa: PTH114, PTH118 - as it is written
        if linked and not (real.startswith(real_root + os.sep) and os.path.exists(real)):  # noqa: PTH110 - likewise
            yield path


def _kind(path: str, kind: Kind) -> Kind:
    return "playbook" if kind == "play" and Path(path).name.startswith("index.") else kind
