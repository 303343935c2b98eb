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
    what: str
    """What the text is in the source, such as "the title"."""
    words: str
    """The text as its author wrote it."""
    reason: str = ""
    """Why it is secret, as the end of a sentence."""
    cure: str = ""
    """What the author can do about it."""

    def __str__(self) -> str:
        return f"{self.path}: {self.message} [{self.code}]. {self.hint}"

    @property
    def code(self) -> str:
        """Its code among the findings of ``make check``."""
        return "leak" if self.source else "unknown-file"

    @property
    def message(self) -> str:
        """What is wrong with the file."""
        if not self.source:
            return "no build made this file"
        quote = self.words if len(self.words) <= _LONGEST_QUOTE else f"{self.words[: _LONGEST_QUOTE - 1]}…"
        if self.source == THIS_MACHINE:
            return f'"{quote}" identifies the machine that built it'
        return f'"{quote}" is {self.what} of {self.source}, {self.reason}'

    @property
    def hint(self) -> str:
        """What the author can do about it, as a sentence."""
        if not self.source:
            return "Remove it, or the page that should have made it."
        return "Remove it from the sources." if self.source == THIS_MACHINE else self.cure


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
    stray = set(files) - set(made if made is not None else files)
    found = {Leak(path, "", "", "") for path in stray if _original(path) not in files or _original(path) in stray}
    unread: set[Unread] = set()
    for path, data in files.items():
        for piece in read(path, data) if _original(path) not in files else ():
            if isinstance(piece, Unread):
                unread.add(piece)
                continue
            found |= {_leak(piece.name, each) for each in search.found_in(piece) if piece.name not in each.allowed}
    return Report(tuple(sorted(_one_each(found))), tuple(sorted(unread)))


def _leak(path: str, secret: Secret) -> Leak:
    cure = secret.cure or (_RENAME if len(secret.words.split()) == 1 else _PUBLISH)
    return Leak(path, secret.source, secret.what, secret.words, secret.reason, cure)


def _original(path: str) -> str:
    """Return the path of the original of the compressed copy `path`; empty if it is none."""
    return next((path.removesuffix(end) for end in PACKED if path.endswith(end)), "")


def _one_each(found: set[Leak]) -> Iterable[Leak]:
    return {(leak.path, leak.source): leak for leak in sorted(found, reverse=True)}.values()
