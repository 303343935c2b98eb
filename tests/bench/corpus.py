"""A generated corpus of essays for measurements, the same on every machine.

An essay has 480 to 1270 words and a few more, with everything that an author's Markdown contains: headings, lists,
quotations, a note, links inside and outside, emphasis, code spans, quotes, dashes, ellipses, ampersands and acronyms.
A link to another essay is ``(essay:SLUG)`` in a body, which each contender replaces.

"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

SEED = 2010
FIRST_DAY = date(2010, 1, 1)
YEARS = 15
_COMMON = (
    "the of and to in a is that it was for on are as with his they at be this from have or by one had not but "
    "what all were when we there can an your which their said if do will each about how up out them then she many "
    "some so these would other into has more her two like him see time could "
)
COMMON = _COMMON.split()
ACRONYMS = ("NASA", "RFC", "HTML", "NATO", "USMC", "UN", "API")
CONTRACTIONS = ("don't", "it's", "we'll", "they're", "isn't", "that's")
TAGS = tuple(f"practice-{number:02}" for number in range(1, 21))


@dataclass(frozen=True, slots=True)
class Essay:
    """An essay of the corpus."""

    slug: str
    title: str
    day: date
    tags: tuple[str, ...]
    series: str
    """The title of its series, whose slug is the same in lower case, with hyphens."""
    part: int
    """Its position in the series, from 1."""
    summary: str
    body: str


def corpus_of(count: int, words: tuple[int, int] = (480, 1270), seed: int = SEED) -> Iterator[Essay]:
    """Yield `count` essays, each of a random length in the range `words`."""
    rng = random.Random(f"{seed} {count}")  # noqa: S311 - no secret is drawn
    vocabulary = [_word(rng) for _ in range(4000)]
    writer = Writer(rng, vocabulary)
    series, part, parts = "", 0, 0
    for number in range(count):
        if part == parts:
            series, part, parts = f"Series {number:05} {writer.phrase(2)}", 0, rng.randint(5, 12)
        part += 1
        yield Essay(
            slug=f"essay-{number:05}",
            title=writer.phrase(rng.randint(3, 7)).capitalize(),
            day=FIRST_DAY + timedelta(days=number * YEARS * 365 // count),
            tags=tuple(rng.sample(TAGS, 3)),
            series=series,
            part=part,
            summary=writer.phrase(20).capitalize() + ".",
            body=writer.essay(rng.randint(*words), f"essay-{rng.randrange(number or 1):05}"),
        )


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes random Markdown."""

    rng: random.Random
    vocabulary: list[str]

    def phrase(self, count: int) -> str:
        """Return `count` words without punctuation."""
        return " ".join(self._words(count))

    def essay(self, words: int, linked: str) -> str:
        """Return an essay of at least `words` words that links to the essay `linked`."""
        blocks = [self._paragraph(), self._paragraph(f" See [an earlier essay](essay:{linked}) for more.[^note]")]
        first = True
        while sum(len(block.split()) for block in blocks) < words:
            blocks += self._section(first=first)
            first = False
        return "\n\n".join([*blocks, self._paragraph(), f"[^note]: {self._sentence()}"]) + "\n"

    def _section(self, *, first: bool) -> Iterator[str]:
        yield f"## {self.phrase(self.rng.randint(2, 5)).capitalize()}"
        yield from (self._paragraph() for _ in range(self.rng.randint(2, 3)))
        if first or self._happens(20):
            yield f"> {self._sentence()}\n> {self._sentence()}"
        if first or self._happens(30):
            yield "\n".join(f"- {self._sentence()}" for _ in range(self.rng.randint(3, 6)))
        if self._happens(30):
            yield f"### {self.phrase(3).capitalize()}"
            yield self._paragraph()
            yield "\n".join(f"{n}. {self._sentence()}" for n in range(1, self.rng.randint(3, 5) + 1))

    def _paragraph(self, end: str = "") -> str:
        return " ".join(self._sentence() for _ in range(self.rng.randint(3, 6))) + end

    def _sentence(self) -> str:
        words = self._words(self.rng.randint(8, 24))
        words[0] = words[0].capitalize()
        if len(words) > 12:
            words[len(words) // 2] += ","
        for percent, count, mark in self._marks():
            if self._happens(percent):
                place = self.rng.randrange(1, len(words) - count)
                marked = slice(place, place + count)
                words[marked] = [mark(" ".join(words[marked]))]
        return " ".join(words) + self.rng.choice((".", ".", ".", ".", "...", "?", "!"))

    def _marks(self) -> tuple[tuple[int, int, Callable[[str], str]], ...]:
        """Return percentage, number of words and replacement of each markup that a sentence may have."""
        return (
            (6, 2, lambda words: f"[{words}](https://example.org/{self.phrase(1)}/)"),
            (12, 2, "*{}*".format),
            (7, 1, "**{}**".format),
            (5, 1, lambda _: f"`{self.phrase(1)}_{self.phrase(1)}`"),
            (6, 1, lambda _: self.rng.choice(ACRONYMS)),
            (5, 1, lambda _: "&"),
            (10, 3, '"{}"'.format),
            (15, 1, lambda _: self.rng.choice(CONTRACTIONS)),
            (7, 1, "{} --".format),
        )

    def _words(self, count: int) -> list[str]:
        return [self.rng.choice(COMMON if self._happens(45) else self.vocabulary) for _ in range(count)]

    def _happens(self, percent: int) -> bool:
        return self.rng.random() * 100 < percent


def _word(rng: random.Random) -> str:
    syllables = (rng.choice("bcdfglmnprstv") + rng.choice("aeiou") for _ in range(rng.randint(1, 3)))
    return "".join(syllables) + rng.choice(("n", "r", "s", "ing", "ed", "ly", "tion", "ment", "ness"))
