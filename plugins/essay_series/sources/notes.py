"""Finds the footnotes of a Markdown source: where they are defined, and where the text refers to them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ..htmltext import Places
from ..values import dataclass
from .masked import without_code

_NOTE = re.compile(r"\[(?<!(?<!\\)\\\[)\^(?P<label>[^\[\]\n]+)\](?P<colon>:?)")
_OWN_LINES = re.compile(r"[^\n]*(?:\n(?!\[\^)[^\S\n]*\S[^\n]*|(?:\n[ \t]*)+\n(?: {4}|\t)[^\n]*)*")
"""The lines of a footnote: up to a blank line, and all indented lines after it."""


@dataclass(frozen=True, slots=True)
class Note:
    """The definition of a footnote, or a reference to one; lines and columns count from 1."""

    label: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of one text."""

    references: tuple[Note, ...]
    """Every reference to a footnote."""
    definitions: tuple[Note, ...]
    """Every definition of a footnote."""
    reachable: frozenset[str]
    """The labels that the text refers to, directly or through other footnotes."""

    def undefined(self) -> Iterator[Note]:
        """Yield the references to footnotes that are not defined."""
        labels = {note.label for note in self.definitions}
        return (each for each in self.references if each.label not in labels)

    def unused(self) -> Iterator[Note]:
        """Yield the footnotes that readers cannot get to, since the text does not refer to them."""
        return (note for note in self.definitions if note.label not in self.reachable)

    def repeated(self) -> Iterator[tuple[Note, Note]]:
        """Yield each footnote whose label was defined before, with the first definition."""
        first: dict[str, Note] = {}
        for note in self.definitions:
            if first.setdefault(note.label, note) is not note:
                yield note, first[note.label]


def notes(text: str, first_line: int = 1) -> Notes:
    """Return the footnotes of the Markdown `text`; `first_line` is the number of its first line in the file."""
    if "[^" not in text:
        return Notes((), (), frozenset())
    masked = without_code(text)
    place = Places(text, first_line)
    found = list(_NOTE.finditer(masked))
    definitions = [match for match in found if match["colon"] and _begins_line(masked, match.start())]
    references = [match for match in found if match not in definitions]
    return Notes(
        tuple(Note(each["label"], *place(each.start())) for each in references),
        tuple(Note(each["label"], *place(each.start())) for each in definitions),
        _reachable(masked, references, definitions),
    )


def _reachable(text: str, references: list[re.Match[str]], definitions: list[re.Match[str]]) -> frozenset[str]:
    """Return the labels that the text refers to, directly or through other footnotes."""
    starts = [each.start() for each in definitions]
    ends = [own.end() if (own := _OWN_LINES.match(text, each.end())) else each.end() for each in definitions]
    referred: dict[str, set[str]] = {}  # by the label of the footnote with the reference, "" for the text itself
    for reference in references:
        number = bisect_right(starts, reference.start()) - 1
        inside = number >= 0 and reference.start() < ends[number]
        referred.setdefault(definitions[number]["label"] if inside else "", set()).add(reference["label"])
    found, todo = set[str](), list(referred.get("", ()))
    while todo:
        label = todo.pop()
        if label not in found:
            found.add(label)
            todo += referred.get(label, ())
    return frozenset(found)


def _begins_line(text: str, offset: int) -> bool:
    """Tell whether only markers of quotations and list items precede `offset` in its line."""
    return not text[text.rfind("\n", 0, offset) + 1 : offset].strip(" \t>*+-")
