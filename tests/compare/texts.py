"""The sources of the generated site: their files, and sentences without meaning."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bench.corpus import COMMON, Writer

Header = tuple[tuple[str, str], ...]
_SYLLABLES = (("mo", "ta", "ri", "so"), ("lun", "ver", "kas", "mil"), ("er", "ing", "tion", "s", "ly"))


@dataclass(frozen=True, slots=True)
class Text:
    """A source file."""

    path: str
    """The path below the content folder."""
    kind: str
    """essay, series, play, playbook or page."""
    header: Header
    body: str

    def written(self, known: Collection[str] | None = None) -> bytes:
        """Return the file's bytes, without the keys that are not in `known`, if given."""
        lines = [f"{key}: {value}\n" for key, value in self.header if known is None or key in known]
        return f"{''.join(lines)}\n{self.body}\n".encode()


class Prose:
    """A fixed sequence of sentences."""

    def __init__(self) -> None:
        self._random = random.Random(2011)  # noqa: S311 - no unpublished_text is drawn
        one, two, three = _SYLLABLES
        self._words = [f"{a}{b}{c}" for a in one for b in two for c in three]

    def sentence(self, words: int) -> str:
        """Return the next sentence, of `words` words."""
        return f"{Writer(self._random, self._words).phrase(words).capitalize()}."

    def paragraphs(self, count: int) -> list[str]:
        """Return `count` paragraphs of three sentences each."""
        return [" ".join(self.sentence(12) for _ in range(3)) for _ in range(count)]


def unpublished_text(name: str) -> str:
    """Return a paragraph whose sentences are in no other text, for texts that must not be published."""
    return f"{name} {' '.join(f'{word}{name}' for word in COMMON[:9])}."


def joined(pieces: Iterable[str]) -> str:
    """Return `pieces`, separated by blank lines."""
    return "\n\n".join(pieces)
