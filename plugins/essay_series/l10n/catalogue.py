"""``LANG.po`` → the messages of a language, compiled once and kept by digest in a cache folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from gettext import GNUTranslations, NullTranslations
from hashlib import blake2b
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
"""Where the catalogues lie that come along."""
SOURCE = "en"
"""The language of the messages themselves."""
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_DIGEST = 16


class CatalogueError(Exception):
    """A catalogue cannot be read; the message names the file and says why."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A translation that cannot be used: it is left out, and its message stays English."""

    message: str
    reason: str
    line: int


def tags_in(folder: Path) -> tuple[str, ...]:
    """Return the languages that have a catalogue in `folder`, in the order of their tags."""
    return tuple(sorted(file.stem for file in folder.glob("*.po") if tag_of(file.stem) == file.stem))


def matching(tag: str, available: Sequence[str]) -> str | None:
    """Return the one of the languages `available` that serves readers of `tag`; None where none does.

    That is the same tag, or else the same language in the same script: ``zh-TW`` is served by ``zh-Hant``, and
    ``pt-AO`` by ``pt`` rather than ``pt-BR``.
    """
    if tag in available:
        return tag
    language, script, region = cldr.likely(tag)
    alike = [each for each in available if cldr.likely(each)[:2] == (language, script)]
    return min(alike, key=lambda each: (cldr.likely(each)[2] != region or "-" not in each, len(each)), default=None)


def messages(files: Sequence[Path], cache: Path | None = None) -> NullTranslations:
    """Return the messages of catalogues of one language; what the first lacks is looked up in the next.

    Args:
        files: the catalogues, of which there may be none.
        cache: a folder in which compiled catalogues are kept from build to build; None for nowhere.

    Raises:
        CatalogueError: a catalogue cannot be read.

    """
    found: list[NullTranslations] = []
    for number, file in enumerate(files):
        kept = cache / f"{file.stem}.{number}.mo" if cache else None
        found.append(GNUTranslations(BytesIO(_compiled(file, kept))))
    for one, next_one in pairwise(found):
        one.add_fallback(next_one)
    return found[0] if found else NullTranslations()


def broken(file: Path) -> Iterator[Broken]:
    """Yield the translations in `file` that cannot be used.

    Raises:
        CatalogueError: the file cannot be read.

    """
    for message in read(file):
        if message.id and (reason := _fault_of(message)):
            yield Broken(_ids(message)[0], reason, message.lineno or 1)


def read(file: Path) -> Catalog:
    """Return the catalogue in `file`.

    Raises:
        CatalogueError: it cannot be read.

    """
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - an English site does without

    language = (cldr.known(file.stem) or SOURCE).replace("-", "_")  # without one, the formula of plurals is not kept
    try:
        with file.open("rb") as stream:
            return read_po(stream, language, abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CatalogueError(f"{file} cannot be read: {error}") from error


def _compiled(file: Path, kept: Path | None) -> bytes:
    """Return the catalogue in `file` as a MO file, from the file `kept` if that was made of the same bytes."""
    try:
        source = _digest(file.read_bytes())
    except OSError as error:
        raise CatalogueError(f"{file} cannot be read: {error.strerror}.") from error
    if kept:
        with suppress(OSError):
            head, data = (whole := kept.read_bytes())[: 2 * _DIGEST], whole[2 * _DIGEST :]
            if head == source + _digest(data):
                return data
    data = _made(file)
    if kept:
        fresh = kept.with_name(f"{kept.name}.new")
        with suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(source + _digest(data) + data)
            fresh.replace(kept)
    return data


def _made(file: Path) -> bytes:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - an English site does without

    catalog = read(file)
    for message in list(catalog):
        if message.id and _fault_of(message):
            catalog.delete(message.id, message.context)
    data = BytesIO()
    write_mo(data, catalog)
    return data.getvalue()


def _fault_of(message: Message) -> str:
    """Return why a translation cannot be used; empty where it can, or where there is none."""
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


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()
