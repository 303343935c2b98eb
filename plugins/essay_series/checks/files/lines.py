"""Checks of planned parts, corrections and cases: lines of several pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ...claims import Correction
from ...model import PUBLISHED
from ...names import did_you_mean
from ...sources.declare import case_from, correction_from, planned_from, sides_of
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ..problem import Flaw, at, check, check_when_closed, essays, short


@check
def check_unreadable_planned(manuscript: Manuscript) -> Iterator[Flaw]:
    """A planned part is not written as title, side and date.

    Bad: ``Planned: The last part | soon``.
    Good: ``Planned: The last part | benefit | 2009-04-15``; side and date may be left out.
    """
    hint = 'Write "Planned: title | cost | 2009-04-15"; side and date are optional.'
    for source in manuscript.sources:
        if source.kind == "series":
            read = partial(planned_from, names=sides_of(source))
            yield from _unreadable(source, "planned", read, "is neither a side nor a date", hint)


@check
def check_unreadable_correction(manuscript: Manuscript) -> Iterator[Flaw]:
    """A correction is not written as a day, what was wrong, and what is right.

    Bad: ``Correction: half a year | four months``.
    Good: ``Correction: 2009-05-02 | half a year | four months``.
    """
    hint = 'Write "Correction: 2009-05-02 | what was wrong | what is right".'
    for source, _ in essays(manuscript):
        yield from _unreadable(source, "correction", correction_from, "cannot be read", hint)


@check
def check_unreadable_case(manuscript: Manuscript) -> Iterator[Flaw]:
    """A case is not written as a name and a year, and optionally the label of the footnote with its source.

    Bad: ``Case: The first Earth Day``.
    Good: ``Case: The first Earth Day | 1970 | nelson``.
    """
    hint = 'Write "Case: name | 1970 | label of the footnote with its source"; the label is optional.'
    for source, _ in essays(manuscript):
        yield from _unreadable(source, "case", case_from, "cannot be read", hint)


@check
def check_case_without_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """A case names a footnote that the text does not have, so its source could not be shown.

    Bad: ``Case: The first Earth Day | 1970 | nelsen`` and the note ``[^nelson]: …``.
    Good: ``Case: The first Earth Day | 1970 | nelson``.
    """
    for source, essay in essays(manuscript):
        notes = manuscript.notes.get(source.path)
        labels = {note.label for note in notes.definitions} if notes else set()
        for case in essay.cases if notes else ():
            if case.note and case.note not in labels:
                value = next(each for each in source.values("case") if case_from(each.text) == case)
                hint = did_you_mean(case.note, labels, f'Add a line "[^{case.note}]: …" at the end.')
                column = value.column + value.text.rfind(case.note)
                yield Flaw(source.path, value.line, column, f'no footnote is called "{short(case.note)}"', hint)


@check_when_closed
def check_correction_of_another_day(manuscript: Manuscript) -> Iterator[Flaw]:
    """A correction is dated before the publication of the essay, or in the future.

    Bad: ``Correction: 2009-03-31 | …`` beside ``Date: 2009-04-01``.
    Good: the day on which the text was corrected; changes before its publication are not corrections.
    """
    now, hint = manuscript.config.now, "Write the day on which you corrected the text."
    for source, essay in essays(manuscript):
        if essay.status != PUBLISHED or not essay.date:
            continue
        first = essay.date.date()
        for value in source.values("correction"):
            correction = correction_from(value.text)
            if not isinstance(correction, Correction):
                continue
            if correction.day < first:
                yield at(source.path, value, f"the correction is dated before the essay, {first.isoformat()}", hint)
            elif now and correction.day > now.date():
                message = f"the correction is dated {correction.day.isoformat()}, in the future"
                yield at(source.path, value, message, hint)


def _unreadable(source: Source, key: str, read: Callable[[str], object], what: str, hint: str) -> Iterator[Flaw]:
    """Yield a flaw for each line of `key` of which `read` returns a piece that it cannot read, as a string."""
    for value in source.values(key):
        piece = read(value.text)
        if value.text.strip() and isinstance(piece, str):
            column = value.column + max(value.text.find(piece), 0)
            yield Flaw(source.path, value.line, column, f'"{short(piece)}" {what}', hint)
