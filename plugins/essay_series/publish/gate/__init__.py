"""The leak gate: finds unpublished text, and files that no build made, in a built site.

`secrets` lists the secrets and the public texts of the sources, `phrases` indexes the secrets that are not public,
`machine` the traces of the building machine, `files` reads the files of the site, `normalize` decodes their text, and
`search` looks for the one in the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...sources.manuscript import Manuscript
from ...values import dataclass
from .files import PACKED, read
from .machine import Machine, traces
from .phrases import Secret, phrases
from .piece import Unread
from .search import THIS_MACHINE, Search
from .secrets import public_texts, secret_addresses, secrets

__all__ = ["Leak", "Machine", "Report", "Unread", "examine"]

_LONGEST_QUOTE = 60
_PUBLISH = "Remove it there, or publish that file too."
_RENAME = "Remove it there, publish that file too, or give it a name that means nothing else."


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """A secret in a file of the built site, or a file that no build made."""

    path: str
    """The output path; ``book.epub!text.xhtml`` is a file in an archive."""
    source: str
    """The path of the source below the content folder, or `THIS_MACHINE`; empty for a file that no build made."""
    code: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message} [{self.code}]. {self.hint}"


@dataclass(frozen=True, slots=True)
class Report:
    """The leaks in a built site, and the files that could not be checked."""

    leaks: tuple[Leak, ...]
    """At most one for each file and source, sorted."""
    unread: tuple[Unread, ...]


def examine(
    manuscript: Manuscript,
    files: Mapping[str, bytes],
    *,
    made: Iterable[str] | None = None,
    public: Iterable[str] = (),
    machine: Machine | None = None,
) -> Report:
    """Return the leaks and unknown files in a built site.

    Args:
        manuscript: all sources of the build.
        files: the content of each file of the site, by output path.
        made: the output paths of the files that the build made; None if that is not known.
        public: texts of the theme and the settings, which are not secret.
        machine: the building machine, of which no file may have traces.

    """
    texts = [*public_texts(manuscript), *public]
    index = phrases(secrets(manuscript))
    index.remove(texts)
    search = Search(index, secret_addresses(manuscript), traces(machine or Machine(), texts))
    leaks, unread = _search_files(search, files)
    unknown = set() if made is None else files.keys() - {*made}
    unknown = {path for path in unknown if _original(path) not in files or _original(path) in unknown}
    return Report(tuple(sorted([*leaks, *map(_unknown_file, unknown)])), tuple(sorted(unread)))


def _search_files(search: Search, files: Mapping[str, bytes]) -> tuple[list[Leak], set[Unread]]:
    """Return at most one leak for each file and source, and the files that cannot be read; copies are left out."""
    pieces = (piece for path, data in files.items() if _original(path) not in files for piece in read(path, data))
    found: dict[tuple[str, str], Secret] = {}
    unread: set[Unread] = set()
    for piece in pieces:
        if isinstance(piece, Unread):
            unread.add(piece)
            continue
        for secret in search.found_in(piece):
            if piece.name not in secret.allowed:
                place = piece.name, secret.source
                found[place] = min(found.get(place, secret), secret, key=lambda each: (each.what, each.words))
    return [_leak(path, secret) for (path, _), secret in found.items()], unread


def _unknown_file(path: str) -> Leak:
    hint = "Remove it, or the page that should have made it."
    return Leak(path, "", "unknown-file", "no build made this file", hint)


def _leak(path: str, secret: Secret) -> Leak:
    quote = secret.words if len(secret.words) <= _LONGEST_QUOTE else f"{secret.words[: _LONGEST_QUOTE - 1]}…"
    if secret.source == THIS_MACHINE:
        message, hint = f'"{quote}" identifies the machine that built it', "Remove it from the sources."
    else:
        message = f'"{quote}" is {secret.what} of {secret.source}, {secret.reason}'
        hint = secret.cure or (_RENAME if len(secret.words.split()) == 1 else _PUBLISH)
    return Leak(path, secret.source, "leak", message, hint)


def _original(path: str) -> str:
    """Return the path of the original of the compressed copy `path`; empty if it is none."""
    return next((path.removesuffix(end) for end in PACKED if path.endswith(end)), "")
