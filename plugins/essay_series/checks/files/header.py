"""Checks of one file by itself: its bytes, and whether its header has the keys that it needs and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...htmltext import texts_in
from ...model import DRAFT, SKIP
from ...names import did_you_mean, nearest, one_of
from ...sources.frontmatter import Source
from ...sources.keys import KEYS, Kind, keys_of
from ...sources.manuscript import Manuscript
from ...sources.masked import without_code
from ..problem import Flaw, at, at_value, check, check_when_closed, essays, short

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LOST = "\ufffd"
"""The replacement character, which programs write for a letter that they could not read."""
_IN_QUOTES = re.compile(r"""\[.*\]|"[^"]*"|'[^']*'""")
_A: dict[Kind, str] = {
    "essay": "an essay",
    "series": "a series",
    "play": "a play",
    "playbook": "the playbook's introduction",
    "page": "a page",
}


@check
def check_not_utf8(manuscript: Manuscript) -> Iterator[Flaw]:
    """A source is not UTF-8, so letters beyond ASCII would come out wrong, or Pelican would drop it.

    Bad: a file saved as Latin-1 or UTF-16.
    Good: the same file saved as UTF-8, with or without a byte order mark.
    """
    for source in manuscript.sources:
        if source.bad_byte:
            yield Flaw(source.path, *source.bad_byte, "this byte is not valid UTF-8", "Save the file as UTF-8.")


@check
def check_control_character(manuscript: Manuscript) -> Iterator[Flaw]:
    """A source contains a character that no page or feed may contain, usually from a faulty copy and paste.

    Bad: a form feed or an escape in the text, or the replacement character for a letter lost in a conversion.
    Good: the intended letter; in code, the replacement character too.
    """
    for source in (each for each in manuscript.unchecked if not each.bad_byte):
        for number, (line, shown) in enumerate(zip(source.lines, _shown(source, manuscript), strict=True), start=1):
            found = _CONTROL.search(line)
            column = found.start() if found else shown.find(LOST)
            if column >= 0:
                message = f"the character U+{ord(line[column]):04X} cannot be published"
                yield Flaw(source.path, number, column + 1, message, "Remove it, or write the letter you meant.")


def _shown(source: Source, manuscript: Manuscript) -> Sequence[str]:
    """Return the lines of `source` without the replacement characters that its author shows as code."""
    if LOST not in source.full_text:
        return source.lines
    header, text = source.lines[: source.body_line - 1], without_code(source.body)
    if LOST in text and not any(LOST in each for each in texts_in(manuscript.config.to_html(source.body))):
        text = text.replace(LOST, " ")
    return (*header, *text.split("\n"))[: len(source.lines)]  # a header without a body has no line for it


@check
def check_empty_file(manuscript: Manuscript) -> Iterator[Flaw]:
    """A source is empty.

    Bad: a file of no bytes, or of blank lines alone.
    Good: a file with at least a title and a date.
    """
    for source in filter(_is_empty, manuscript.sources):
        yield Flaw(source.path, 1, 1, "the file is empty", 'Add "Title: …" and "Date: …", or delete the file.')


@check_when_closed
def check_unread_header(manuscript: Manuscript) -> Iterator[Flaw]:
    """A line of the header is not ``Key: value``, so it and everything below it would be printed as text.

    Bad: ``Date 2009-04-01`` (no colon), text right under the header, or a blank line above it.
    Good: ``Date: 2009-04-01``, and one blank line between header and text.
    """
    for source in manuscript.sources:
        if _has_no_header(source):
            yield Flaw(source.path, 1, 1, "the file has no header", 'Start line 1 with "Title: …".')
        elif not (source.closed or source.fenced or _is_unreadable(source)):
            message = f'"{short(source.lines[source.body_line - 1])}" in the header is not "Key: value"'
            hint = "Add the missing colon, or a blank line above the text."
            yield Flaw(source.path, source.body_line, 1, message, hint)


@check
def check_yaml_header(manuscript: Manuscript) -> Iterator[Flaw]:
    """A header between ``---`` lines contains YAML that is not plain ``Key: value``, or is never closed.

    Bad: a list below ``tags:``, a quoted value, a missing second ``---``.
    Good: ``tags: let-go, guard-the-edges`` and ``title: Letting go``, one per line.
    """
    hint = "Write the value without quotes or brackets, and separate the items of a list by commas."
    for source in (each for each in manuscript.sources if each.fenced):
        if not source.closed:
            yield _unclosed(source)
        for key, field in source.fields.items():
            if _IN_QUOTES.fullmatch(field.text):
                yield at_value(source, key, f"the {field.text[0]} around the value would be printed with it", hint)


def _unclosed(source: Source) -> Flaw:
    rest = source.lines[source.body_line - 1 :]
    if not any(line.strip() for line in rest):
        return Flaw(source.path, 1, 1, 'the header that starts with "---" has no end', 'End it with a second "---".')
    message = f'the header that starts with "---" cannot be read from "{short(rest[0])}" on'
    hint = 'Write each key as "Key: value" on one line, lists with commas, and end the header with "---".'
    return Flaw(source.path, source.body_line, 1, message, hint)


@check
def check_missing_title(manuscript: Manuscript) -> Iterator[Flaw]:
    """A source has no title, or an empty one; Pelican would drop it from the site.

    Bad: no ``Title:`` line, or ``Title:`` without a value.
    Good: ``Title: Letting go of the controls``.
    """
    for source in manuscript.sources:
        has_one = manuscript.text(source, "title") or _skipped(manuscript, source)
        if not (has_one or _is_explained(manuscript, source, "title")):
            yield at_value(source, "title", "the title is missing", 'Add a line "Title: …".')


@check
def check_missing_date(manuscript: Manuscript) -> Iterator[Flaw]:
    """An essay that is not a draft has no date, so it has no place in any order.

    Bad: a published essay without a ``Date:`` line.
    Good: ``Date: 2009-04-01``, or ``Status: draft`` until the date is known.
    """
    for source, essay in essays(manuscript) if manuscript.config.needs_date else ():
        has_one = source.text("date") or manuscript.config.inherited(source.path).get("date")
        if not (has_one or essay.status == DRAFT or _is_explained(manuscript, source, "date")):
            yield at_value(source, "date", "the date is missing", 'Add "Date: 2009-04-01", or "Status: draft".')


@check_when_closed
def check_empty_value(manuscript: Manuscript) -> Iterator[Flaw]:
    """A key has no value, so it was probably left unfinished.

    Bad: ``Side:`` without a value.
    Good: ``Side: cost``, or no such line.
    """
    for source in manuscript.sources:
        for key, field in source.fields.items() if source.closed and source.html is None else ():
            if not any(value.text.strip() for value in field.values) and not _is_required(manuscript, source, key):
                yield at_value(source, key, f'"{field.name}" has no value', "Add one, or remove the line.")


@check_when_closed
def check_unknown_key(manuscript: Manuscript) -> Iterator[Flaw]:
    """A key is unknown in this kind of file, so it would have no effect.

    Bad: ``Serie: micro-revolutions``.
    Good: ``Series: micro-revolutions``.
    """
    for source in manuscript.sources:
        known = [key.name for key in keys_of(source.kind)]
        for name in _unknown_keys(source):
            kinds = next((key.kinds for key in KEYS if key.name.lower() == name.lower()), None)
            hint = did_you_mean(name, known, f"The keys are {one_of(known)}.")
            hint = f"It is a key of {_A[kinds[0]]}; remove it here." if kinds else hint
            yield at(source.path, source.fields[name.lower()], f'"{name}" is not a key of {_A[source.kind]}', hint)


@check_when_closed
def check_value_on_two_lines(manuscript: Manuscript) -> Iterator[Flaw]:
    """A value continues on a second line, but only the first line would count.

    Bad: ``Entry: You no longer decide`` with ``    how the work is done.`` under it.
    Good: the whole value on one line; only ``Planned``, ``Correction`` and ``Case`` may have several.
    """
    repeatable = {key.name.lower() for key in KEYS if key.repeatable}
    for source in manuscript.sources:
        for key, field in source.fields.items():
            if len(field.values) > 1 and key not in repeatable:
                message = f'the value of "{field.name}" continues on a second line'
                yield at(source.path, field.values[1], message, "Write it on one line.")


@check
def check_repeated_key(manuscript: Manuscript) -> Iterator[Flaw]:
    """A key is set twice in one header, but only one of the two would count.

    Bad: two ``Tags:`` lines.
    Good: ``Tags: let-go, guard-the-edges``.
    """
    for source in manuscript.sources:
        for field in source.repeated:
            hint = f"Keep one of them; the first is on line {source.fields[field.name.lower()].line}."
            yield at(source.path, field, f'"{field.name}" is set twice', hint)


def unpaired_keys(manuscript: Manuscript, one: str, other: str, hint: str) -> Iterator[Flaw]:
    """Yield a flaw for each essay that has only one of two keys which need each other."""
    for source, _ in essays(manuscript):
        for key, missing in ((one, other), (other, one)):
            if source.text(key.lower()) and lacks(manuscript, source, missing):
                yield at_value(source, key.lower(), f'"{key}" needs "{missing}"', hint)


def lacks(manuscript: Manuscript, source: Source, key: str) -> bool:
    """Tell whether `source` does not set `key`, not even with a spelling that `check_unknown_key` reports."""
    return not (source.text(key.lower()) or (manuscript.closed and _is_misspelt(source, key)))


def _unknown_keys(source: Source) -> list[str]:
    """Return the keys that are not in `KEYS`; files in other languages than Markdown may have any."""
    known = {key.name.lower() for key in keys_of(source.kind)} if source.html is None else source.fields.keys()
    return [field.name for key, field in source.fields.items() if key not in known]


def _is_misspelt(source: Source, key: str) -> bool:
    known = [each.name for each in keys_of(source.kind)]
    return any((nearest(name, known) or "").lower() == key.lower() for name in _unknown_keys(source))


def _has_no_header(source: Source) -> bool:
    return source.html is None and not (source.fields or source.fenced or _is_unreadable(source))


def _is_explained(manuscript: Manuscript, source: Source, key: str) -> bool:
    """Tell whether another problem explains why `key` is missing."""
    if _is_unreadable(source):
        return True
    below = source.lines[source.body_line - 1 :]
    cut_off = not source.closed and any(line.lower().startswith(key) for line in below)
    if source.fenced and cut_off:
        return True
    return manuscript.closed and (cut_off or _is_misspelt(source, key) or _has_no_header(source))


def _is_empty(source: Source) -> bool:
    return not any(line.strip() for line in source.lines)


def _is_unreadable(source: Source) -> bool:
    """Tell whether the file is empty, or in an encoding in which no key can be read."""
    return _is_empty(source) or bool(source.bad_byte and not source.fields)


def _is_required(manuscript: Manuscript, source: Source, key: str) -> bool:
    """Tell whether `source` must have a value for `key`, so that an empty one is reported as missing."""
    if manuscript.text(source, key):
        return False
    if key == "title":
        return not _skipped(manuscript, source)
    return key == "date" and manuscript.text(source, "status").lower() not in (DRAFT, SKIP)


def _skipped(manuscript: Manuscript, source: Source) -> bool:
    return manuscript.text(source, "status").lower() == SKIP
