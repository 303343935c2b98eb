"""Phrases that must not be read, looked up in time that depends on the text and not on their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from sys import intern

from ...values import dataclass
from .readings import Run, chunks, pieces, runs, words

Words = tuple[str, ...]
LENGTH = 6
"""So many words in a row are somebody's sentence."""
LONG = 8
"""So many letters stand nowhere by chance, not even in a font or in what is compressed."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Something of an unpublished source."""

    source: str
    """Path of the source below the content folder."""
    what: str
    """What the words are to the source: its title, its slug, …"""
    words: str
    """The words as their author wrote them."""
    allowed: frozenset[str] = frozenset()
    """The output paths at which they may stand: a hidden essay's own page."""
    reason: str = "which is not published"
    """Why it must not be read, as the end of a sentence."""
    cure: str = ""
    """What its author can do, where that is not to publish the source."""


@dataclass(frozen=True)
class Phrases:
    """Secrets by their words. Those of one word are found only where they stand by themselves."""

    by_length: Mapping[int, dict[Words, Secret]] = field(default_factory=dict)
    alone: dict[Words, Secret] = field(default_factory=dict)

    def sure(self) -> Phrases:
        """Return those that are so long that no bytes look like them by chance."""
        by_length = {
            length: {spoken: secret for spoken, secret in phrases.items() if _is_long(spoken)}
            for length, phrases in self.by_length.items()
        }
        return Phrases(by_length, {spoken: secret for spoken, secret in self.alone.items() if _is_long(spoken)})

    def found_in(self, chunk: str) -> set[tuple[int, Words]]:
        """Return the length (0 for one that stands alone) and the words of every phrase that `chunk` holds."""
        found: set[tuple[int, Words]] = set()
        for run in runs(chunk):
            found |= self._found_in(run)
        return found

    def _found_in(self, run: Run) -> set[tuple[int, Words]]:
        spoken = words(run.text)
        found: set[tuple[int, Words]] = set()
        for length, phrases in self.by_length.items():
            if not phrases.keys().isdisjoint(windows(spoken, length)):
                found |= {(length, each) for each in windows(spoken, length) if each in phrases}
        if self.alone and run.said:
            found |= {(0, piece) for piece in pieces(run.text) if piece in self.alone}
        return found

    def secret(self, length: int, phrase: Words) -> Secret:
        """Return the secret that `found_in` found."""
        return self.by_length[length][phrase] if length else self.alone[phrase]

    def forget(self, texts: Iterable[str]) -> None:
        """Leave out every phrase that stands in `texts`, since it is no secret."""
        for text in texts:
            for chunk in chunks(text):
                for length, phrase in self.found_in(chunk):
                    (self.by_length[length] if length else self.alone).pop(phrase, None)


def phrases(secrets: Iterable[Secret]) -> Phrases:
    """Return `secrets` by their words. Of one whose words are given twice, the first counts.

    A long one is kept in pieces of six words, from its start, and its last six: a text with all of it,
    or eleven words in a row of it, is found.
    """
    found = Phrases({}, {})
    for secret in secrets:
        spoken = tuple(map(intern, words(secret.words)))
        telling = sum(not word.isdecimal() for word in spoken)
        if telling == 1:
            found.alone.setdefault(spoken, secret)
        for piece in _pieces(spoken) if telling > 1 else ():
            found.by_length.setdefault(len(piece), {}).setdefault(piece, secret)  # type: ignore[attr-defined]
    return found


def _is_long(spoken: Words) -> bool:
    return sum(map(len, spoken)) >= LONG


def windows(spoken: Words, length: int) -> Iterator[Words]:
    """Yield every run of `length` words in `spoken`."""
    return zip(*(spoken[start:] for start in range(length)), strict=False)


def _pieces(spoken: Words) -> Iterator[Words]:
    if len(spoken) <= LENGTH:
        yield spoken
        return
    yield from (spoken[start : start + LENGTH] for start in range(0, len(spoken) - LENGTH + 1, LENGTH))
    yield spoken[-LENGTH:]
