"""The addresses that Pelican will give to articles and pages, for checks that run before Pelican reads them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

from pelican import readers, signals
from pelican.contents import Article, Content, Page, Static
from pelican.readers import BaseReader, default_metadata, parse_path_metadata, path_metadata

from ...l10n.tags import language
from ...model import DRAFT, NOWHERE, Address
from ...routes import UnknownWordError
from .common import Settings
from .values import text_from

Process = Callable[[str, Any], Any]
Addressing = Callable[[str, str, Mapping[str, str]], Address]
"""Returns the address of a text; see `config.SiteConfig.address`."""

_KINDS: Mapping[str, type[Content]] = {"essay": Article, "page": Page, "static": Static}
_DISCARD: object = cast("Any", readers)._DISCARD  # noqa: SLF001 - what Pelican's processors return for no value


def addressing(settings: Settings) -> Addressing:
    """Return the function that returns the address of a text; see `config.SiteConfig.address`."""
    plain = {**settings, "DATE_FORMATS": {}}  # addresses have no formatted dates, which would change the locale
    return partial(_address, settings=plain, process=partial(_read, BaseReader(plain)))


def inherited_metadata(path: str, settings: Settings, process: Process | None = None) -> dict[str, Any]:
    """Return the metadata that Pelican takes from the settings and from a file's path rather than from its text.

    `path` is relative to the content folder, and the file need not exist. `process` converts the text under a key to
    Pelican's value; without it texts stay texts.
    """
    file = Path(settings["PATH"], path)
    of_path = path_metadata(str(file), path, settings) if file.exists() else {}
    found = {**default_metadata(settings, process), **of_path, **parse_path_metadata(path, settings, process)}
    return {name: value for name, value in found.items() if value is not _DISCARD}


def inherited_lang(path: str, settings: Settings) -> str:
    """Return the language that the settings or the path give to a file without ``Lang``; empty for the site's."""
    return language(text_from(inherited_metadata(path, settings).get("lang", "")))


def _address(kind: str, path: str, written: Mapping[str, str], settings: Settings, process: Process) -> Address:
    values = {name: process(name, text) for name, text in written.items()}
    metadata = inherited_metadata(path, settings, process) | {n: v for n, v in values.items() if v is not _DISCARD}
    if metadata.get("status") == DRAFT:  # these two keys only apply once it is published
        metadata = {name: value for name, value in metadata.items() if name not in ("save_as", "url")}
    with signals.content_object_init.muted():  # plugins must not take it for a real article
        content = _KINDS[kind]("", metadata, settings, os.path.join(settings["PATH"], path), {})  # noqa: PTH118 - as Pelican
    try:
        save_as = content.save_as  # worked out each time that it is asked for
        return Address(save_as, content.url) if save_as else NOWHERE
    except (KeyError, IndexError, AttributeError, ValueError) as error:
        raise UnknownWordError(str(error.args[0]) if isinstance(error, KeyError) else str(error)) from error


def _read(reader: BaseReader, name: str, value: Any) -> Any:
    """Return Pelican's value for the text under a key; `_DISCARD` for an invalid date."""
    try:
        return reader.process_metadata(name, value)
    except (ValueError, OverflowError):
        return _DISCARD
