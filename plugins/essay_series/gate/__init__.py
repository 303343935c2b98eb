"""The gate of a publication: nothing passes that readers must not find, and no file that nobody made on purpose.

`withheld` says what the unpublished sources hold and what the published ones tell, `phrases` looks for the first less
the second, `readings` undoes what typesetting and code do to words, `files` opens what is packed, and `machine` knows
what gives a building machine away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from ..manuscript import Manuscript
from .files import PACKED, texts
from .machine import Machine, Traces, traces
from .phrases import Phrases, Secret, phrases
from .readings import chunks, decoded
from .withheld import secret_addresses, secrets, told

__all__ = ["Leak", "Machine", "leaks"]

_PATH = re.compile(r"[\w%.~+/-]+")
_LONGEST = 60
_MACHINE = "this machine"


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """That a file of the built site holds what it must not."""

    path: str
    """The file, below the built folder; ``book.epub!text.xhtml`` is a file in a file."""
    source: str
    """The unpublished source below the content folder, or what else is told; empty for a file that nobody made."""
    what: str
    """What the words are to the source."""
    words: str
    key: str = ""
    """The key of front matter that is not declared public, where the source itself is published."""

    def __str__(self) -> str:
        if not self.source:
            return f"{self.path}: nobody made this file [stray-file]. Remove it, or the page that should have made it."
        shown = self.words if len(self.words) <= _LONGEST else f"{self.words[: _LONGEST - 1]}…"
        if self.source == _MACHINE:
            return f'{self.path}: "{shown}" tells of the machine that built it [leak]. Take it out of the sources.'
        if self.key:
            cure = f'Take it out there, or declare the key public: PUBLIC_KEYS = ["{self.key}"].'
            return f'{self.path}: "{shown}" is {self.what} of {self.source}, a key that is not public [leak]. {cure}'
        cure = "Take it out there, or publish that file too."
        return f'{self.path}: "{shown}" is {self.what} of {self.source}, which is not published [leak]. {cure}'


def leaks(
    manuscript: Manuscript,
    files: Mapping[str, bytes],
    *,
    made: Iterable[str] | None = None,
    known: Iterable[str] = (),
    machine: Machine | None = None,
) -> list[Leak]:
    """Return every leak of a site, one for each file and source, in the order of the files.

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
    gate = _Gate(looked_for, secret_addresses(manuscript), traces(machine or Machine(), said))
    stray = set(files) - set(made if made is not None else files)
    found = {Leak(path, "", "", "") for path in stray if _original(path) not in files or _original(path) in stray}
    for path, data in files.items():
        if _original(path) not in files:
            found |= set(gate.leaks_of(path, data))
    return sorted(_one_each(found))


def _original(path: str) -> str:
    """Return the file that the packed file `path` was made of; empty for others."""
    return next((path.removesuffix(end) for end in PACKED if path.endswith(end)), "")


def _one_each(found: set[Leak]) -> Iterable[Leak]:
    return {(leak.path, leak.source): leak for leak in sorted(found, reverse=True)}.values()


@dataclass(frozen=True)
class _Gate:
    phrases: Phrases
    addresses: Mapping[str, Secret]
    traces: Traces
    seen: dict[str, frozenset[Secret]] = field(default_factory=dict)
    """What was found in each chunk: most stand in many files."""

    @cached_property
    def deepest(self) -> int:
        """How many folders deep the deepest secret address lies."""
        return max(address.count("/") + 1 for address in self.addresses)

    def leaks_of(self, path: str, data: bytes) -> Iterator[Leak]:
        for name, text in texts(path, data):
            found = self._secrets_in(_as_text(name))
            for chunk in chunks(text):
                found |= self._remember(chunk)
            yield from (Leak(name, s.source, s.what, s.words, s.key) for s in found if name not in s.allowed)

    def _remember(self, chunk: str) -> frozenset[Secret]:
        found = self.seen.get(chunk)
        return found if found is not None else self.seen.setdefault(chunk, self._secrets_in(chunk))

    def _secrets_in(self, chunk: str) -> frozenset[Secret]:
        plain = decoded(decoded(chunk))
        spoken = {self.phrases.secret(*each) for each in self.phrases.found_in(chunk)}
        return frozenset((*spoken, *self._addressed_in(plain), *self._traced_in(plain)))

    def _traced_in(self, text: str) -> Iterator[Secret]:
        if trace := self.traces.found_in(text):
            yield Secret(_MACHINE, "a trace", trace)

    def _addressed_in(self, text: str) -> Iterator[Secret]:
        paths = (match[0] for match in _PATH.finditer(text) if "/" in match[0]) if self.addresses else ()
        for path in paths:
            parts = [part for part in path.removesuffix("index.html").split("/") if part][-self.deepest :]
            tails = ("/".join(parts[start:]) for start in range(len(parts)))
            yield from (self.addresses[tail] for tail in tails if tail in self.addresses)


def _as_text(name: str) -> str:
    """Return the path `name` as an address that leads to it."""
    return f'<a href="{escape(name)}"></a>'
