"""Footnotes in a Markdown source: where each is written, and where the text refers to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping

from ..htmltext import Places
from ..values import dataclass
from .masked import without_code

_NOTE = re.compile(r"\[(?<!(?<!\\)\\\[)\^(?P<label>[^\[\]\n]+)\](?P<colon>:?)")
_OWN_LINES = re.compile(r"[^\n]*(?:\n(?!\[\^)[^\S\n]*\S[^\n]*|(?:\n[ \t]*)+\n(?: {4}|\t)[^\n]*)*")
"""The lines of a note: up to a blank one, and all behind it that are indented."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, or a mark that refers to one; lines and columns count from 1."""

    label: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of one text."""

    marks: tuple[Note, ...]
    """Every place that refers to a note."""
    written: tuple[Note, ...]
    """Every place where a note is written."""
    read: frozenset[str]
    """The labels to which the text refers, or a note to which the text refers."""

    def unanswered(self) -> Iterator[Note]:
        """Yield the marks that no note answers."""
        labels = {note.label for note in self.written}
        return (mark for mark in self.marks if mark.label not in labels)

    def unused(self) -> Iterator[Note]:
        """Yield the notes that no reader comes to."""
        return (note for note in self.written if note.label not in self.read)

    def repeated(self) -> Iterator[tuple[Note, Note]]:
        """Yield each note whose label an earlier one has, and that one."""
        first: dict[str, Note] = {}
        for note in self.written:
            if first.setdefault(note.label, note) is not note:
                yield note, first[note.label]


def notes(text: str, first_line: int = 1) -> Notes:
    """Return the footnotes of the Markdown `text`, whose first line has the number `first_line`."""
    if "[^" not in text:
        return Notes((), (), frozenset())
    masked = without_code(text)
    place = Places(text, first_line)
    found = list(_NOTE.finditer(masked))
    written = [match for match in found if match["colon"] and _begins_line(masked, match.start())]
    marks = [match for match in found if match not in written]
    return Notes(
        tuple(Note(each["label"], *place(each.start())) for each in marks),
        tuple(Note(each["label"], *place(each.start())) for each in written),
        _read(masked, marks, written),
    )


def _read(text: str, marks: list[re.Match[str]], written: list[re.Match[str]]) -> frozenset[str]:
    """Return the labels to which the text refers, or a note to which it refers."""
    starts = [each.start() for each in written]
    ends = [own.end() if (own := _OWN_LINES.match(text, each.end())) else each.end() for each in written]
    told: dict[str, set[str]] = {}
    for mark in marks:
        number = bisect_right(starts, mark.start()) - 1
        inside = number >= 0 and mark.start() < ends[number]
        told.setdefault(written[number]["label"] if inside else "", set()).add(mark["label"])
    return frozenset(_reached(told.get("", ()), told))


def _reached(labels: Collection[str], told: Mapping[str, Collection[str]]) -> set[str]:
    found, todo = set[str](), list(labels)
    while todo:
        label = todo.pop()
        if label not in found:
            found.add(label)
            todo += told.get(label, ())
    return found


def _begins_line(text: str, offset: int) -> bool:
    """Tell whether nothing but the marks of quotations and lists stands before `offset` in its line."""
    return not text[text.rfind("\n", 0, offset) + 1 : offset].strip(" \t>*+-")
