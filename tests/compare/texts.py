"""What the generated site's sources are made of: a source, and sentences that mean nothing."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bench.corpus import COMMON, Writer

Header = tuple[tuple[str, str], ...]
_SYLLABLES = (("mo", "ta", "ri", "so"), ("lun", "ver", "kas", "mil"), ("er", "ing", "tion", "s", "ly"))


@dataclass(frozen=True, slots=True)
class Text:
    """A source."""

    path: str
    """Below the content folder."""
    kind: str
    """As front matter knows it: essay, series, play, playbook or page."""
    header: Header
    body: str

    def written(self, known: Collection[str] | None = None) -> bytes:
        """Return the file's bytes, without the keys that are not `known`, if that is given."""
        lines = [f"{key}: {value}\n" for key, value in self.header if known is None or key in known]
        return f"{''.join(lines)}\n{self.body}\n".encode()


class Prose:
    """Sentences, one after the other, always the same ones."""

    def __init__(self) -> None:
        self._chance = random.Random(2011)  # noqa: S311 - no secret is drawn
        one, two, three = _SYLLABLES
        self._words = [f"{a}{b}{c}" for a in one for b in two for c in three]

    def sentence(self, words: int) -> str:
        """Return a sentence of so many `words`."""
        return f"{Writer(self._chance, self._words).phrase(words).capitalize()}."

    def paragraphs(self, count: int) -> list[str]:
        """Return so many paragraphs of three sentences each."""
        return [" ".join(self.sentence(12) for _ in range(3)) for _ in range(count)]


def secret(name: str) -> str:
    """Return a paragraph of which no sentence stands in another text, for what is not to be read by anybody."""
    return f"{name} {' '.join(f'{word}{name}' for word in COMMON[:9])}."


def joined(pieces: Iterable[str]) -> str:
    """Return `pieces` with a blank line between each two."""
    return "\n\n".join(pieces)
