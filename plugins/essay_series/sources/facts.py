"""Finds the facts in a text (numbers, names, quotations) and tells which of them an edit changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..names import fold
from ..values import dataclass
from .prose import NOTE, TARGET, blank_match, prose

_NUMBER_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty"),
    *("sixty", "seventy", "eighty", "ninety", "dozen", "half", "hundred", "thousand", "million", "billion"),
)
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_NUMBER = re.compile(rf"\d[\d.,:]*\d|\d|\b(?:{'|'.join(_NUMBER_WORDS)})s?\b", re.IGNORECASE)
_QUOTATION = re.compile(r'"(?P<straight>[^"\n]{3,})"|“(?P<curled>[^”\n]{3,})”')
_BEGINS_SENTENCE = re.compile(rf"(?:^|[.!?:]['\"”{_APOSTROPHE})]*\s|\n)\W*$")
_CAPITALIZED = re.compile(rf"\b[^\W\d_a-z][\w'{_APOSTROPHE}-]+")


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, a name or a quotation."""

    words: str
    start: int
    """Its offset in the text."""


def facts(text: str) -> Iterator[Fact]:
    """Yield the facts in the Markdown `text` and its footnotes; a capitalized word within a sentence is a name."""
    plain = prose(text)
    for note in NOTE.finditer(text):  # `prose` blanks footnotes, but the sources they name are facts
        plain = plain[: note.start()] + TARGET.sub(blank_match, note[0]) + plain[note.end() :]
    quoted = list(_QUOTATION.finditer(plain))
    yield from (Fact(match[match.lastgroup or 0], match.start()) for match in quoted)
    yield from (Fact(match[0].lower(), match.start()) for match in _NUMBER.finditer(plain))
    for match in _CAPITALIZED.finditer(plain):
        if match[0][0].isupper() and not _BEGINS_SENTENCE.search(plain, max(0, match.start() - 20), match.start()):
            yield Fact(match[0], match.start())


def changed_facts(before: str, after: str) -> tuple[list[str], list[Fact]]:
    """Return the facts that an edit removed and those that it added, each in the order of the text."""
    old, new = ({fold(fact.words): fact for fact in reversed(list(facts(text)))} for text in (before, after))
    removed = [old[key].words for key in sorted(old.keys() - new.keys(), key=lambda key: old[key].start)]
    added = sorted((new[key] for key in new.keys() - old.keys()), key=lambda fact: fact.start)
    return removed, added
