"""Checks of corrections and of cases: lines of several pieces, each with a date or a year."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..claims import Correction
from ..model import PUBLISHED
from ..names import nearest
from ..sources.declare import case_from, correction_from
from ..sources.manuscript import Manuscript
from .problem import Flaw, check, check_when_closed, did_you_mean, short

_CORRECTION = 'Write "Correction: 2009-05-02 | what was wrong | what is right".'
_CASE = 'Write "Case: name | 1970 | label of the note with its source"; the label may be left out.'


@check
def check_unreadable_correction(manuscript: Manuscript) -> Iterator[Flaw]:
    """A correction is not written as a day, what was wrong, and what is right.

    Bad: ``Correction: half a year | four months``.
    Good: ``Correction: 2009-05-02 | half a year | four months``.
    """
    yield from _unreadable(manuscript, "correction", correction_from, _CORRECTION)


@check
def check_unreadable_case(manuscript: Manuscript) -> Iterator[Flaw]:
    """A case is not written as a name and a year, with the label of a note behind them if there is one.

    Bad: ``Case: The first Earth Day``.
    Good: ``Case: The first Earth Day | 1970 | nelson``.
    """
    yield from _unreadable(manuscript, "case", case_from, _CASE)


@check
def check_case_without_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """A case names a footnote that the text does not have, so that its source could not be shown.

    Bad: ``Case: The first Earth Day | 1970 | nelsen`` and the note ``[^nelson]: …``.
    Good: ``Case: The first Earth Day | 1970 | nelson``.
    """
    for path, found in manuscript.notes.items():
        essay = manuscript.essays.get(path)
        labels = {note.label for note in found.written}
        for case in essay.cases if essay else ():
            if case.note and case.note not in labels:
                source = manuscript.by_path[path]
                value = next(each for each in source.fields["case"].values if case_from(each.text) == case)
                hint = did_you_mean(nearest(case.note, labels), f'Add a line "[^{case.note}]: …" at the end.')
                column = value.column + value.text.rfind(case.note)
                yield Flaw(path, value.line, column, f'no footnote is called "{short(case.note)}"', hint)


@check_when_closed
def check_correction_of_another_day(manuscript: Manuscript) -> Iterator[Flaw]:
    """A correction is dated before the publication of what it corrects, or later than now.

    Bad: ``Correction: 2009-03-31 | …`` beside ``Date: 2009-04-01``.
    Good: the day on which the text was corrected; before its publication a text may be changed without a word.
    """
    now = manuscript.config.now
    for path, essay in manuscript.essays.items():
        if essay.status != PUBLISHED or not essay.date or path not in manuscript.by_path:
            continue
        field = manuscript.by_path[path].fields.get("correction")
        for value in field.values if field else ():
            correction = correction_from(value.text)
            if not isinstance(correction, Correction):
                continue
            if correction.day < essay.date.date():
                told = f"the correction is dated before the essay, {essay.date.date().isoformat()}"
            elif now and correction.day > now.date():
                told = f"the correction is dated {correction.day.isoformat()}, which is still to come"
            else:
                continue
            yield Flaw(path, value.line, value.column, told, "Write the day on which the text was corrected.")


def _unreadable(manuscript: Manuscript, key: str, read: Callable[[str], object], hint: str) -> Iterator[Flaw]:
    for path in manuscript.essays:
        field = manuscript.by_path[path].fields.get(key) if path in manuscript.by_path else None
        for value in field.values if field else ():
            piece = read(value.text)
            if value.text.strip() and isinstance(piece, str):
                column = value.column + max(value.text.find(piece), 0)
                yield Flaw(path, value.line, column, f'"{short(piece)}" cannot be read', hint)
