"""Checks of one file by itself: its bytes, its header and each value."""

from __future__ import annotations

from collections.abc import Iterator

from ..declare import date_from, is_iso_date, planned_from, side_from, whole_number
from ..frontmatter import KEYS, Kind, Source
from ..manuscript import Manuscript
from ..model import DRAFT, PUBLISHED, SIDES, SKIP, STATUSES
from ..names import nearest
from .problem import Found, at_value, check, check_when_closed, did_you_mean, one_of

LONGEST_QUOTE = 40
DATE_HINT = 'Write it as 2009-04-01, or as "2009-04-01 18:30".'


@check
def check_not_utf8(manuscript: Manuscript) -> Iterator[Found]:
    """A source is not UTF-8, so letters beyond ASCII would come out wrong, or Pelican would drop it.

    Bad: a file saved as Latin-1 or UTF-16.
    Good: the same file saved as UTF-8, with or without a byte order mark.
    """
    for source in manuscript.sources:
        if source.bad_byte:
            line, column = source.bad_byte
            yield Found(source.path, line, column, "this byte is not UTF-8", "Save the file with the encoding UTF-8.")


@check
def check_empty_file(manuscript: Manuscript) -> Iterator[Found]:
    """A source holds nothing at all.

    Bad: a file of no bytes, or of blank lines alone.
    Good: a file with at least a title and a date.
    """
    for source in manuscript.sources:
        if _is_empty(source):
            yield Found(
                source.path,
                1,
                1,
                "the file is empty",
                'Start it with "Title: …" and "Date: …", or remove it.',
            )


@check_when_closed
def check_unread_header(manuscript: Manuscript) -> Iterator[Found]:
    """A line among the header's is none, so it and all below it would be printed as text.

    Bad: ``Date 2009-04-01`` (no colon), text right under the header, or a blank line above it.
    Good: ``Date: 2009-04-01``, and one blank line between header and text.
    """
    for source in manuscript.sources:
        line = source.lines[source.body_line - 1] if source.body_line <= len(source.lines) else ""
        if source.closed or source.fenced or _is_empty(source):
            continue
        if source.fields:
            yield Found(
                source.path,
                source.body_line,
                1,
                f'"{_short(line)}" ends the header without being "Key: value"',
                "Add the missing colon, or a blank line above the text.",
            )
        else:
            yield Found(source.path, 1, 1, "the file starts without a header", 'Start line 1 with "Title: …".')


@check
def check_yaml_header(manuscript: Manuscript) -> Iterator[Found]:
    """A header between ``---`` lines holds YAML that is not plain ``Key: value``, or is never closed.

    Bad: a list below ``tags:``, a quoted value, a missing second ``---``.
    Good: ``tags: let-go, guard-the-edges`` and ``title: Letting go``, one a line.
    """
    for source in manuscript.sources:
        if not source.fenced:
            continue
        if not source.closed:
            line = source.lines[source.body_line - 1 : source.body_line]
            yield Found(
                source.path,
                min(source.body_line, len(source.lines)),
                1,
                f'the header that "---" opens cannot be read from "{_short("".join(line))}" on',
                'Write each key as "Key: value" on one line, lists with commas, and end with "---".',
            )
        for field in source.fields.values():
            text = field.text
            if (len(text) > 1 and text[0] == text[-1] and text[0] in "\"'[") or text.startswith("["):
                yield at_value(
                    source,
                    field.name.lower(),
                    f"{text[0]} around a value would be printed with it",
                    "Write the value without quotes or brackets, a list with commas.",
                )


@check
def check_missing_title(manuscript: Manuscript) -> Iterator[Found]:
    """A source has no title, or an empty one; Pelican would drop it from the site.

    Bad: no ``Title:`` line, or ``Title:`` with nothing behind it.
    Good: ``Title: Letting go of the controls``.
    """
    for source in manuscript.sources:
        misspelt = manuscript.closed and _misspelt(source, "title")
        if not (source.text("title") or misspelt or _is_empty(source) or _skipped(source)):
            yield at_value(source, "title", "the title is missing", 'Add a line "Title: …".')


@check
def check_missing_date(manuscript: Manuscript) -> Iterator[Found]:
    """An essay that is not a draft has no date, so it has no place in any order.

    Bad: a published essay without a ``Date:`` line.
    Good: ``Date: 2009-04-01``, or ``Status: draft`` until the date is known.
    """
    if not manuscript.config.needs_date:
        return
    for source in _essays(manuscript):
        essay = manuscript.essays[source.path]
        has_one = source.text("date") or manuscript.config.inherited(source.path).get("date")
        misspelt = manuscript.closed and _misspelt(source, "date")
        if not (has_one or misspelt or essay.status == DRAFT or _is_empty(source)):
            yield at_value(source, "date", "the date is missing", 'Add "Date: 2009-04-01", or "Status: draft".')


@check_when_closed
def check_empty_value(manuscript: Manuscript) -> Iterator[Found]:
    """A key is written and has no value, which is most often a thought that was not finished.

    Bad: ``Side:`` with nothing behind it.
    Good: ``Side: cost``, or no such line.
    """
    for source in manuscript.sources:
        for key, field in source.fields.items():
            if not any(value.text.strip() for value in field.values) and key not in ("title", "date"):
                yield at_value(source, key, f'"{field.name}" has no value', "Give it one, or remove the line.")


@check
def check_unreadable_date(manuscript: Manuscript) -> Iterator[Found]:
    """A date is none, or can be read in more than one way; Pelican would drop the essay or guess.

    Bad: ``Date: 2009-13-45``, ``Date: April 2009``.
    Good: ``Date: 2009-04-01``, ``Date: 2009-04-01 18:30 +02:00``.
    """
    for source in manuscript.sources:
        for key in ("date", "modified"):
            text = source.text(key)
            readable = is_iso_date(text) or (not manuscript.closed and date_from(text, manuscript.config) is not None)
            if text and not readable:
                yield at_value(source, key, f'"{text}" is not a date', DATE_HINT)


@check_when_closed
def check_unknown_key(manuscript: Manuscript) -> Iterator[Found]:
    """A key is not in the vocabulary of such a file, so nothing would come of it.

    Bad: ``Serie: micro-revolutions``.
    Good: ``Series: micro-revolutions``.
    """
    for source in manuscript.sources:
        known = [key.name for key in KEYS if source.kind in key.kinds]
        for name in _unknown_keys(source):
            field = source.fields[name.lower()]
            yield Found(
                source.path,
                field.line,
                field.column,
                f'"{name}" is not a key of {_a(source.kind)}',
                did_you_mean(nearest(name, known), f"The keys are {one_of(known)}."),
            )


@check
def check_repeated_key(manuscript: Manuscript) -> Iterator[Found]:
    """A key stands twice in one header, and only one of the two would count.

    Bad: two ``Tags:`` lines.
    Good: ``Tags: let-go, guard-the-edges``.
    """
    for source in manuscript.sources:
        for field in source.repeated:
            first = source.fields[field.name.lower()].line
            yield Found(
                source.path,
                field.line,
                field.column,
                f'"{field.name}" is written a second time',
                f"Keep one of the two; the first is on line {first}.",
            )


@check
def check_unknown_status(manuscript: Manuscript) -> Iterator[Found]:
    """A status is none of Pelican's, so the essay would be dropped.

    Bad: ``Status: drafts``.
    Good: ``Status: draft``.
    """
    for source in manuscript.sources:
        text = source.text("status")
        allowed = STATUSES if source.kind in ("essay", "page") else (PUBLISHED, DRAFT)
        if text and text.lower() not in allowed:
            yield at_value(
                source,
                "status",
                f'"{text}" is not a status',
                did_you_mean(nearest(text, allowed), f"Use one of {one_of(allowed)}."),
            )


@check
def check_unknown_side(manuscript: Manuscript) -> Iterator[Found]:
    """A side is neither of the two.

    Bad: ``Side: costs``.
    Good: ``Side: cost`` or ``Side: benefit``; an opening or closing essay has no such line.
    """
    for source in _essays(manuscript):
        text = source.text("side")
        if text and not side_from(text):
            yield at_value(
                source,
                "side",
                f'"{text}" is not a side',
                did_you_mean(nearest(text, SIDES), "Use cost or benefit, or leave the line out."),
            )


@check
def check_unreadable_number(manuscript: Manuscript) -> Iterator[Found]:
    """A number to sort by is not a whole number.

    Bad: ``Part: two``, ``Part: 2.5``.
    Good: ``Part: 20``; gaps are welcome, so that a part can be put in between.
    """
    for source in manuscript.sources:
        for key in ("part", "series_index", "order"):
            text = source.text(key)
            if text and whole_number(text) is None:
                yield at_value(source, key, f'"{text}" is not a whole number', "Write digits only, such as 20.")


@check
def check_unreadable_planned(manuscript: Manuscript) -> Iterator[Found]:
    """A planned part is not written as title, side and date.

    Bad: ``Planned: The last part | soon``.
    Good: ``Planned: The last part | benefit | 2009-04-15``; side and date may be left out.
    """
    for source in manuscript.sources:
        field = source.fields.get("planned")
        if source.kind != "series" or field is None:
            continue
        for value in field.values:
            piece = planned_from(value.text)
            if value.text.strip() and isinstance(piece, str):
                yield Found(
                    source.path,
                    value.line,
                    value.column + max(value.text.find(piece), 0),
                    f'"{_short(piece)}" is neither a side nor a date',
                    'Write "Planned: title | cost | 2009-04-15"; side and date may be left out.',
                )


def _essays(manuscript: Manuscript) -> Iterator[Source]:
    return (manuscript.by_path[path] for path in manuscript.essays)


def _unknown_keys(source: Source) -> list[str]:
    known = {key.name.lower() for key in KEYS if source.kind in key.kinds}
    return [field.name for key, field in source.fields.items() if key not in known]


def _misspelt(source: Source, key: str) -> bool:
    """Tell whether an unknown key was meant for `key`; it is told as such, and nothing is missing besides."""
    return nearest(key, _unknown_keys(source)) is not None


def _is_empty(source: Source) -> bool:
    return not any(line.strip() for line in source.lines)


def _skipped(source: Source) -> bool:
    return source.text("status").lower() == SKIP


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _a(kind: Kind) -> str:
    names = {
        "essay": "an essay",
        "series": "a series",
        "play": "a play",
        "playbook": "the playbook's introduction",
        "page": "a page",
    }
    return names[kind]
