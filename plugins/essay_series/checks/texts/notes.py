"""Checks of footnotes: each is written once, and readers come to it and back."""

from __future__ import annotations

from collections.abc import Iterator

from ...names import nearest
from ...sources.manuscript import Manuscript
from ..problem import Flaw, check_when_closed, did_you_mean


@check_when_closed
def check_unanswered_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """A footnote's mark has no footnote, so the mark itself would be printed.

    Bad: ``as he wrote[^source].`` and no line ``[^source]: …``.
    Good: both of them.
    """
    for path, found in manuscript.notes.items():
        for mark in found.undefined():
            near = nearest(mark.label, {note.label for note in found.definitions} - found.reachable)
            hint = did_you_mean(near and f"[^{near}]", f'Add a line "[^{mark.label}]: …" at the end.')
            yield Flaw(path, mark.line, mark.column, f'no footnote is called "{mark.label}"', hint)


@check_when_closed
def check_unused_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """Nothing in the text refers to a footnote, so that its way back leads nowhere.

    Bad: a line ``[^source]: …`` and no ``[^source]`` in the text.
    Good: both of them.
    """
    for path, found in manuscript.notes.items():
        for note in found.unused():
            hint = f'Write "[^{note.label}]" where it belongs, or take the note out.'
            yield Flaw(path, note.line, note.column, f'nothing refers to the note "{note.label}"', hint)


@check_when_closed
def check_repeated_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two footnotes have one label, and readers would find the second alone.

    Bad: ``[^1]: Clausewitz.`` and ``[^1]: Moltke.``.
    Good: a label for each.
    """
    for path, found in manuscript.notes.items():
        for note, first in found.repeated():
            message = f'the note "{note.label}" is written in line {first.line} already'
            yield Flaw(path, note.line, note.column, message, "Give each a label of its own.")


@check_when_closed
def check_unusable_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """The label of a footnote becomes part of an address, which holds no blank.

    Bad: ``[^On War]: …``.
    Good: ``[^on-war]: …``.
    """
    for path, found in manuscript.notes.items():
        for note in found.definitions:
            if len(note.label.split()) != 1 or note.label != note.label.strip():
                hint = f'Write "[^{"-".join(note.label.split())}]", here and in the text.'
                yield Flaw(path, note.line, note.column, "a note's label holds a blank", hint)
