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
from ..settings.addresses import inherited_metadata
from ..settings.common import Settings
from ..settings.config import complete, config_from, memory_of
from ..settings.file import settings_from_file
from ..settings.values import texts_from


def open_manuscript(settings_file: str = "pelicanconf.py", overrides: Mapping[str, Any] | None = None) -> Manuscript:
    """Return the manuscript of a site, for commands that do not build it; `overrides` override settings of the file."""
    settings = settings_from_file(settings_file, overrides)
    complete(settings)
    return manuscript_from(settings)


def manuscript_from(settings: Settings) -> Manuscript:
    """Read every source that Pelican would read under `settings`, after `complete`."""
    root = Path(settings["PATH"])
    files = tuple(_files(root))
    strays = frozenset(_strays(root, files))
    kinds = {path: kind for path, kind in _kinds(settings) if path not in strays}
    record = root / FILE
    published = record.read_bytes() if record.is_file() else None
    return manuscript(list(_sources(kinds, root, settings)), files, config_from(settings), published, strays)


def _kinds(settings: Settings) -> Iterator[tuple[str, Kind]]:
    """Yield the path of each source, relative to the content folder, with its kind."""
    generator = Generator({}, settings, settings["PATH"], settings["THEME"], settings["OUTPUT_PATH"])
    folders: list[tuple[Kind, list[str], list[str]]] = [
        ("page", settings["PAGE_PATHS"], settings["PAGE_EXCLUDES"]),
        ("essay", settings["ARTICLE_PATHS"], settings["ARTICLE_EXCLUDES"]),
        ("series", settings["SERIES_PATHS"], []),
        ("play", settings["PLAYBOOK_PATHS"], []),
    ]
    for kind, paths, excludes in folders:
        for file in generator.get_files(paths, excludes):
            path = Path(os.path.normpath(file)).as_posix()
            yield path, "playbook" if kind == "play" and Path(path).name.startswith("index.") else kind


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
