"""An index of secret phrases; a search takes time in proportion to the text and not to their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from sys import intern

from ...values import dataclass
from .normalize import Run, chunks, pieces, runs, words_of

Words = tuple[str, ...]
LENGTH = 6
"""So many words in a row do not match by chance."""
LONG = 8
"""So many letters do not match by chance, not even in fonts or compressed data."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A text of an unpublished source."""

    source: str
    """The path of the source below the content folder."""
    what: str
    """The role of the text in the source, such as "the title"."""
    words: str
    """The text as its author wrote it."""
    allowed: frozenset[str] = frozenset()
    """The output paths that may contain it: those of a hidden essay's own pages."""
    reason: str = "which is not published"
    """Why it is secret, as the end of a sentence."""
    cure: str = ""
    """The cure; empty for the usual one."""


@dataclass(frozen=True)
class Phrases:
    """Secrets by their normalized words, in a table for each number of words.

    Table 0 is for single words, which match only between punctuation marks or tags.
    """

    tables: dict[int, dict[Words, Secret]] = field(default_factory=dict)

    def long_only(self) -> Phrases:
        """Return the phrases that are too long to match by chance."""
        tables = self.tables.items()
        return Phrases({length: {p: s for p, s in found.items() if _is_long(p)} for length, found in tables})

    def found_in(self, chunk: str) -> set[tuple[int, Words]]:
        """Return the table and the words of every phrase in `chunk`."""
        return {match for run in runs(chunk) for match in self._found_in(run)}

    def _found_in(self, run: Run) -> Iterator[tuple[int, Words]]:
        words = words_of(run.text)
        for length, phrases in self.tables.items():
            if length or run.is_prose:
                candidates = windows(words, length) if length else pieces(run.text)
                yield from ((length, each) for each in phrases.keys() & candidates)

    def secret(self, length: int, phrase: Words) -> Secret:
        """Return the secret of a match of `found_in`."""
        return self.tables[length][phrase]

    def remove(self, texts: Iterable[str]) -> None:
        """Remove every phrase that is in one of `texts`."""
        for text in texts:
            for chunk in chunks(text):
                for length, phrase in self.found_in(chunk):
                    del self.tables[length][phrase]


def phrases(secrets: Iterable[Secret]) -> Phrases:
    """Return the index of `secrets`; of two with the same words the first counts.

    A long one is split into pieces of six words, and its last six: all of it is found, and so are any eleven words in
    a row of it.
    """
    found = Phrases()
    for secret in secrets:
        words = tuple(map(intern, words_of(secret.words)))
        not_numbers = sum(not word.isdecimal() for word in words)
        if not_numbers == 1:
            found.tables.setdefault(0, {}).setdefault(words, secret)
        for piece in _pieces(words) if not_numbers > 1 else ():
            found.tables.setdefault(len(piece), {}).setdefault(piece, secret)
    return found


def _is_long(words: Words) -> bool:
    return sum(map(len, words)) >= LONG


def windows(words: Words, length: int) -> Iterator[Words]:
    """Yield every `length` consecutive words of `words`."""
    return zip(*(words[start:] for start in range(length)), strict=False)


def _pieces(words: Words) -> Iterator[Words]:
    if len(words) <= LENGTH:
        yield words
        return
    yield from (words[start : start + LENGTH] for start in range(0, len(words) - LENGTH + 1, LENGTH))
    yield words[-LENGTH:]
