"""The gate of a publication: it stops unpublished text, and files that no build made.

`withheld` says what the unpublished sources hold and what the published ones tell, `phrases` looks for the first less
the second, `readings` undoes what typesetting and code do to words, `files` opens what is packed, and `machine` knows
what gives a building machine away.
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
from .withheld import secret_addresses, secrets, told

__all__ = ["Leak", "Machine", "Report", "Unread", "examined"]

_LONGEST = 60
_PUBLISH = "Take it out there, or publish that file too."
_RENAME = "Take it out there, publish that file too, or give it a name that means nothing else."


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """That a file of the built site holds what it must not."""

    path: str
    """The file, below the built folder; ``book.epub!text.xhtml`` is a file in a file."""
    source: str
    """The unpublished source below the content folder, or what else is told; empty for a file that no build made."""
    what: str
    """What the words are to the source."""
    words: str
    reason: str = ""
    """Why they must not be read, as the end of a sentence."""
    cure: str = ""
    """What their author can do about it."""

    def __str__(self) -> str:
        if not self.source:
            return (
                f"{self.path}: no build made this file [unknown-file]. Remove it, or the page that should have made it."
            )
        shown = self.words if len(self.words) <= _LONGEST else f"{self.words[: _LONGEST - 1]}…"
        if self.source == THIS_MACHINE:
            return f'{self.path}: "{shown}" tells of the machine that built it [leak]. Take it out of the sources.'
        return f'{self.path}: "{shown}" is {self.what} of {self.source}, {self.reason} [leak]. {self.cure}'


@dataclass(frozen=True, slots=True)
class Report:
    """What a built site holds that it must not, and what could not be looked into."""

    leaks: tuple[Leak, ...]
    """One for each file and source, in the order of the files."""
    unread: tuple[Unread, ...]


def examined(
    manuscript: Manuscript,
    files: Mapping[str, bytes],
    *,
    made: Iterable[str] | None = None,
    known: Iterable[str] = (),
    machine: Machine | None = None,
) -> Report:
    """Return what is wrong with a site that was built.

    Args:
        manuscript: all sources, as the site was built from them.
        files: what was built, by path.
        made: the paths that the build made; None leaves it open.
        known: what theme and settings say by themselves, and is no secret.
        machine: what to keep of the machine that builds.

    """
    said = [*told(manuscript), *known]
    looked_for = phrases(secrets(manuscript))
    looked_for.forget(said)
    search = Search(looked_for, secret_addresses(manuscript), traces(machine or Machine(), said))
    stray = set(files) - set(made if made is not None else files)
    found = {Leak(path, "", "", "") for path in stray if _original(path) not in files or _original(path) in stray}
    unread: set[Unread] = set()
    for path, data in files.items():
        for piece in read(path, data) if _original(path) not in files else ():
            if isinstance(piece, Unread):
                unread.add(piece)
                continue
            secret = search.found_in(piece)
            found |= {_leak(piece.name, each) for each in secret if piece.name not in each.allowed}
    return Report(tuple(sorted(_one_each(found))), tuple(sorted(unread)))


def _leak(path: str, secret: Secret) -> Leak:
    cure = secret.cure or (_RENAME if len(secret.words.split()) == 1 else _PUBLISH)
    return Leak(path, secret.source, secret.what, secret.words, secret.reason, cure)


def _original(path: str) -> str:
    """Return the file that the packed file `path` was made of; empty for others."""
    return next((path.removesuffix(end) for end in PACKED if path.endswith(end)), "")


def _one_each(found: set[Leak]) -> Iterable[Leak]:
    return {(leak.path, leak.source): leak for leak in sorted(found, reverse=True)}.values()
