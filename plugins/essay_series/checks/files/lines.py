"""Checks of planned parts, corrections and cases: lines of several pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ...claims import Correction
from ...model import PUBLISHED
from ...names import nearest
from ...sources.declare import case_from, correction_from, planned_from, sides_of
from ...sources.frontmatter import Source
from ...sources.manuscript import Manuscript
from ..problem import Flaw, check, check_when_closed, did_you_mean, short

_PLANNED = 'Write "Planned: title | cost | 2009-04-15"; side and date may be left out.'
_CORRECTION = 'Write "Correction: 2009-05-02 | what was wrong | what is right".'
_CASE = 'Write "Case: name | 1970 | label of the note with its source"; the label may be left out.'


@check
def check_unreadable_planned(manuscript: Manuscript) -> Iterator[Flaw]:
    """A planned part is not written as title, side and date.

    Bad: ``Planned: The last part | soon``.
    Good: ``Planned: The last part | benefit | 2009-04-15``; side and date may be left out.
    """
    for source in manuscript.sources:
        if source.kind == "series":
            read = partial(planned_from, names=sides_of(source))
            yield from _unreadable(source, "planned", read, "is neither a side nor a date", _PLANNED)


@check
def check_unreadable_correction(manuscript: Manuscript) -> Iterator[Flaw]:
    """A correction is not written as a day, what was wrong, and what is right.

    Bad: ``Correction: half a year | four months``.
    Good: ``Correction: 2009-05-02 | half a year | four months``.
    """
    for source in _essays(manuscript):
        yield from _unreadable(source, "correction", correction_from, "cannot be read", _CORRECTION)


@check
def check_unreadable_case(manuscript: Manuscript) -> Iterator[Flaw]:
    """A case is not written as a name and a year, with the label of a note behind them if there is one.

    Bad: ``Case: The first Earth Day``.
    Good: ``Case: The first Earth Day | 1970 | nelson``.
    """
    for source in _essays(manuscript):
        yield from _unreadable(source, "case", case_from, "cannot be read", _CASE)


@check
def check_case_without_note(manuscript: Manuscript) -> Iterator[Flaw]:
    """A case names a footnote that the text does not have, so that its source could not be shown.

    Bad: ``Case: The first Earth Day | 1970 | nelsen`` and the note ``[^nelson]: …``.
    Good: ``Case: The first Earth Day | 1970 | nelson``.
    """
    for path, found in manuscript.notes.items():
        essay = manuscript.essays.get(path)
        labels = {note.label for note in found.definitions}
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


def _essays(manuscript: Manuscript) -> Iterator[Source]:
    return (manuscript.by_path[path] for path in manuscript.essays if path in manuscript.by_path)


def _unreadable(source: Source, key: str, read: Callable[[str], object], what: str, hint: str) -> Iterator[Flaw]:
    """Yield each line of `key` of which `read` returns the piece that it cannot read."""
    field = source.fields.get(key)
    for value in field.values if field else ():
        piece = read(value.text)
        if value.text.strip() and isinstance(piece, str):
            column = value.column + max(value.text.find(piece), 0)
            yield Flaw(source.path, value.line, column, f'"{short(piece)}" {what}', hint)
