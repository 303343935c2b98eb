"""``LANG.po`` → the messages of a language, without translations that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ..values import dataclass
from . import cldr
from .tags import tag_of

if TYPE_CHECKING:
    from babel.messages import Catalog, Message

FOLDER = Path(__file__).parent / "catalogues"
"""The folder of the plugin's own catalogues."""
SOURCE = "en"
"""The language of the messages themselves."""
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class CatalogueError(Exception):
    """A catalogue cannot be read; the text names the file and the reason."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A translation that cannot be used, so that its message stays English."""

    message: str
    reason: str
    line: int


def tags_in(folder: Path) -> tuple[str, ...]:
    """Return the tags of the languages that have a catalogue in `folder`, sorted."""
    return tuple(sorted(file.stem for file in folder.glob("*.po") if tag_of(file.stem) == file.stem))


def matching(tag: str, available: Sequence[str]) -> str | None:
    """Return the tag in `available` for readers of `tag`: the same one, or the same language in the same script.

    For example, ``zh-Hant`` for ``zh-TW``, and ``pt`` rather than ``pt-BR`` for ``pt-AO``. None if there is none.
    """
    if tag in available:
        return tag
    language, script, region = cldr.likely(tag)
    alike = [each for each in available if cldr.likely(each)[:2] == (language, script)]
    return min(alike, key=lambda each: (cldr.likely(each)[2] != region or "-" not in each, len(each)), default=None)


def messages(files: Sequence[Path]) -> NullTranslations:
    """Return the messages of the catalogues of one language; each falls back to the next.

    Raises:
        CatalogueError: a catalogue cannot be read.

    """
    found = [_compiled(file) for file in files]
    for one, next_one in pairwise(found):
        one.add_fallback(next_one)
    return found[0] if found else NullTranslations()


def broken(file: Path) -> Iterator[Broken]:
    """Yield the translations in `file` that cannot be used.

    Raises:
        CatalogueError: the file cannot be read.

    """
    for message in read(file):
        if message.id and (reason := _mistake_in(message)):
            yield Broken(_ids(message)[0], reason, message.lineno or 1)


def read(file: Path) -> Catalog:
    """Return the catalogue in `file`.

    Raises:
        CatalogueError: it cannot be read.

    """
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - English sites do not need it

    language = (cldr.known(file.stem) or SOURCE).replace("-", "_")  # without it, Babel drops the rule of plurals
    try:
        with file.open("rb") as stream:
            return read_po(stream, language, abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CatalogueError(f"{file} cannot be read: {error}") from error


def _compiled(file: Path) -> GNUTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - English sites do not need it

    catalog = read(file)
    for message in list(catalog):
        if message.id and _mistake_in(message):
            catalog.delete(message.id, message.context)
    data = BytesIO()
    write_mo(data, catalog)
    data.seek(0)
    return GNUTranslations(data)


def _mistake_in(message: Message) -> str:
    """Return why a translation cannot be used; empty if it can, or if there is none."""
    names = {name for text in _ids(message) for name in _PLACEHOLDER.findall(text)}
    for text in _texts(message):
        try:
            text % dict.fromkeys(names, "")
        except KeyError as error:
            return f"there is no placeholder %({error.args[0]})s in the message"
        except (ValueError, TypeError):
            return "a percent sign is written %%, and a placeholder %(name)s"
    return ""


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def _texts(message: Message) -> tuple[str, ...]:
    texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return tuple(filter(None, texts))
