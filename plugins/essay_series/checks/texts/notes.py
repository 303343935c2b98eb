"""Checks of footnotes: each is defined once and referred to."""

from __future__ import annotations

from collections.abc import Iterator

from ...names import did_you_mean
from ...sources.manuscript import Manuscript
from ..problem import Flaw, at, check_when_closed


@check_when_closed
def check_unanswered_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """The mark of a footnote has no footnote, so the mark itself would be printed.

    Bad: ``as he wrote[^source].`` and no line ``[^source]: …``.
    Good: both of them.
    """
    for path, found in manuscript.notes.items():
        for mark in found.undefined():
            unused = {note.label for note in found.definitions} - found.reachable
            hint = did_you_mean(mark.label, unused, f'Add a line "[^{mark.label}]: …" at the end.', "[^{}]")
            yield at(path, mark, f'no footnote is called "{mark.label}"', hint)


@check_when_closed
def check_unused_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """Nothing in the text refers to a footnote, so its link back leads nowhere.

    Bad: a line ``[^source]: …`` and no ``[^source]`` in the text.
    Good: both of them.
    """
    for path, found in manuscript.notes.items():
        for note in found.unused():
            hint = f'Write "[^{note.label}]" where it belongs, or remove the footnote.'
            yield at(path, note, f'nothing refers to the footnote "{note.label}"', hint)


@check_when_closed
def check_repeated_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """Two footnotes have the same label, so only the second would be shown.

    Bad: ``[^1]: Clausewitz.`` and ``[^1]: Moltke.``.
    Good: a different label for each.
    """
    for path, found in manuscript.notes.items():
        for note, first in found.repeated():
            message = f'the footnote "{note.label}" is already on line {first.line}'
            yield at(path, note, message, "Give each footnote a different label.")


@check_when_closed
def check_unusable_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """The label of a footnote contains a space, but it becomes part of an address.

    Bad: ``[^On War]: …``.
    Good: ``[^on-war]: …``.
    """
    for path, found in manuscript.notes.items():
        for note in found.definitions:
            if len(note.label.split()) != 1 or note.label != note.label.strip():
                hint = f'Write "[^{"-".join(note.label.split())}]", here and in the text.'
                yield at(path, note, "the label of this footnote contains a space", hint)
